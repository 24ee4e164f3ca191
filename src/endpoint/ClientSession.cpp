#include <tutti/endpoint/ClientSession.hpp>

#include <algorithm>
#include <type_traits>
#include <utility>

namespace tutti::endpoint {

ClientSession::ClientSession(std::string name, const IpAddress& server, Judge judge, HostTime now)
  : name_{std::move(name)}
  , server_{server}
  , judge_{std::move(judge)}
  , due_{now + kGreeting}
  , lease_{now}
  , notBefore_{now}
{}

SessionActions ClientSession::receive(const ControlMessage& message, HostTime now)
{
  if (state_ == State::over) return {};
  lease_.heard(now);
  return std::visit(
    [&](const auto& said) -> SessionActions {
      using Said = std::decay_t<decltype(said)>;
      if constexpr (std::is_same_v<Said, Offer> || std::is_same_v<Said, Answer>)
        return heard(said, now);
      else if constexpr (std::is_same_v<Said, Bye>)
        return heard(said);
      else if constexpr (std::is_same_v<Said, Heartbeat>)
        return {};
      else
        return misplaced(); // what only clients say
    },
    message);
}

SessionActions ClientSession::heard(const Offer& offer, HostTime now)
{
  if (state_ != State::greeting) return misplaced();
  const auto answer = judge_(offer);
  switch (answer.verdict) {
  case Verdict::ok:
    state_ = State::inactive;
    offer_ = offer;
    break;
  case Verdict::failed:
    due_ = now + kGreeting; // it offers again
    return {Say{answer}};
  case Verdict::refused:
    state_ = State::over;
    return {Say{answer}, Closed{Verdict::refused, answer.reason}};
  }
  SessionActions actions{Say{answer}, Accepted{offer}, GiveSign{*media()}};
  pursue(actions, now);
  return actions;
}

SessionActions ClientSession::heard(const Answer& answer, HostTime now)
{
  const bool isDue = state_ == State::startPending || state_ == State::stopPending;
  if (!isDue || answer.to != asked_) return {}; // to something that was given up
  SessionActions actions;
  if (answer.verdict == Verdict::ok) {
    const bool isActive = state_ == State::startPending;
    state_ = isActive ? State::active : State::inactive;
    actions.emplace_back(isActive ? SessionAction{Started{run_}} : SessionAction{Rested{}});
  } else {
    const bool wasStart = state_ == State::startPending;
    if (answer.verdict == Verdict::refused) wantsRunning_ = !wasStart; // as it is
    state_ = wasStart ? State::inactive : State::active;
    tryAgain(now);
    if (wasStart) actions.emplace_back(Rested{answer.reason});
  }
  pursue(actions, now);
  return actions;
}

SessionActions ClientSession::heard(const Bye& bye)
{
  state_ = State::over;
  return {Closed{Verdict::ok, bye.reason}};
}

SessionActions ClientSession::misplaced()
{
  return leave("What was said does not belong here; bring both to the same version of Tutti.");
}

void ClientSession::tryAgain(HostTime now)
{
  notBefore_ = now + kAgain;
}

SessionActions ClientSession::want(Wish wish, HostTime now)
{
  wantsRunning_ = wish == Wish::run;
  SessionActions actions;
  pursue(actions, now);
  return actions;
}

/// Asks for what is wanted and not so yet.
void ClientSession::pursue(SessionActions& actions, HostTime now)
{
  const bool canStart = state_ == State::inactive && wantsRunning_;
  const bool canStop = state_ == State::active && !wantsRunning_;
  if ((!canStart && !canStop) || now < notBefore_) return;
  if (canStart) ++run_;
  asked_ = {canStart ? Ask::What::start : Ask::What::stop, run_};
  state_ = canStart ? State::startPending : State::stopPending;
  due_ = now + kAnswer;
  if (canStart) actions.emplace_back(StartBegun{run_});
  actions.emplace_back(Say{asked_});
}

SessionActions ClientSession::advance(HostTime now)
{
  if (state_ == State::over) return {};
  SessionActions actions;
  if (!std::exchange(hasGreeted_, true)) actions.emplace_back(Say{Hello{name_}});
  if (state_ != State::greeting && lease_.isOver(now)) return broke("The server has fallen silent.");
  if (state_ == State::greeting && now >= due_) return broke("The server does not answer.");
  const bool isPending = state_ == State::startPending || state_ == State::stopPending;
  if (isPending && now >= due_) return leave("The server does not answer what it is asked.");
  pursue(actions, now);
  if (!lease_.takeBeat(now)) return actions;
  actions.emplace_back(Say{Heartbeat{}});
  if (const auto to = media()) actions.emplace_back(GiveSign{*to});
  return actions;
}

std::optional<HostTime> ClientSession::nextDeadline() const
{
  if (state_ == State::over) return std::nullopt;
  if (!hasGreeted_) return notBefore_;
  if (state_ == State::greeting) return std::min(lease_.nextBeat(), due_);
  const auto deadline = lease_.nextDeadline();
  const bool waits = state_ == State::inactive ? wantsRunning_ : state_ == State::active && !wantsRunning_;
  return waits ? std::min(deadline, notBefore_) : deadline; // beats are often enough to look for answers
}

std::optional<Endpoint> ClientSession::media() const
{
  if (!offer_) return std::nullopt;
  return Endpoint{server_, offer_->mediaPort};
}

bool ClientSession::isServer(const Endpoint& from) const
{
  return media() == from;
}

SessionActions ClientSession::leave(const std::string& reason)
{
  if (state_ == State::over) return {};
  state_ = State::over;
  return {Say{Bye{reason}}, Closed{Verdict::ok, reason}};
}

SessionActions ClientSession::broke(const std::string& why)
{
  if (state_ == State::over) return {};
  state_ = State::over;
  return {Closed{Verdict::failed, why}};
}

} // namespace tutti::endpoint
