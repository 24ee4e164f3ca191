#include <tutti/endpoint/ServerSession.hpp>

#include <algorithm>
#include <fmt/format.h>
#include <type_traits>
#include <utility>

namespace tutti::endpoint {

ServerSession::ServerSession(Offer offer, const IpAddress& caller, HostTime now)
  : offer_{std::move(offer)}
  , caller_{caller}
  , greetUntil_{now + kGreeting}
  , lease_{now}
{}

SessionActions ServerSession::receive(const ControlMessage& message, HostTime now)
{
  if (state_ == State::over) return {};
  lease_.heard(now);
  return std::visit(
    [&](const auto& said) -> SessionActions {
      using Said = std::decay_t<decltype(said)>;
      if constexpr (std::is_same_v<Said, OfferAnswer>)
        return heard(said, now);
      else if constexpr (std::is_same_v<Said, Hello> || std::is_same_v<Said, Ask> ||
                         std::is_same_v<Said, Bye>)
        return heard(said);
      else if constexpr (std::is_same_v<Said, Heartbeat>)
        return state_ == State::greeting ? misplaced() : SessionActions{};
      else
        return misplaced(); // what only servers say
    },
    message);
}

SessionActions ServerSession::heard(const Hello& hello)
{
  if (state_ != State::greeting) return misplaced();
  state_ = State::offered;
  clientName_ = hello.name;
  return {Say{offer_}};
}

SessionActions ServerSession::heard(const OfferAnswer& answer, HostTime now)
{
  if (state_ != State::offered) return misplaced();
  switch (answer.verdict) {
  case Verdict::ok:
    state_ = State::resting;
    clientRate_ = answer.rate;
    offerAt_.reset();
    return {};
  case Verdict::failed:
    offerAt_ = now + kOfferAgain;
    return {};
  case Verdict::refused:
    break;
  }
  state_ = State::over;
  return {Closed{Verdict::refused, answer.reason}};
}

SessionActions ServerSession::heard(const Ask& ask)
{
  const bool isStart = ask.what == Ask::What::start;
  switch (state_) {
  case State::resting:
    if (!isStart) return {Say{Answer{ask, Verdict::ok, {}}}};
    asked_ = ask;
    state_ = State::starting;
    return {StartWanted{ask.run}};
  case State::running:
    if (isStart) return refuse(ask, "The streams run already.");
    asked_ = ask;
    state_ = State::stopping;
    return {StopWanted{}};
  case State::starting:
  case State::stopping:
    return refuse(ask, "The server is not done with what was asked before.");
  case State::greeting:
  case State::offered:
  case State::over:
    break;
  }
  return misplaced();
}

SessionActions ServerSession::heard(const Bye& bye)
{
  state_ = State::over;
  return {Closed{Verdict::ok, bye.reason}};
}

SessionActions ServerSession::misplaced()
{
  return leave("What was said does not belong here; bring both to the same version of Tutti.");
}

SessionActions ServerSession::refuse(const Ask& ask, const std::string& why) const
{
  return {Say{Answer{ask, Verdict::failed, why}}};
}

SessionActions ServerSession::answer(Verdict verdict, const std::string& reason)
{
  const bool isStarting = state_ == State::starting;
  if (!isStarting && state_ != State::stopping) return {};
  const bool runs = isStarting == (verdict == Verdict::ok);
  state_ = runs ? State::running : State::resting;
  return {Say{Answer{asked_, verdict, reason}}};
}

SessionActions ServerSession::leave(const std::string& reason)
{
  if (state_ == State::over) return {};
  state_ = State::over;
  return {Say{Bye{reason}}, Closed{Verdict::ok, reason}};
}

SessionActions ServerSession::broke(const std::string& why)
{
  if (state_ == State::over) return {};
  state_ = State::over;
  return {Closed{Verdict::failed, why}};
}

void ServerSession::heardSign(const Endpoint& from, HostTime now)
{
  if (state_ == State::over || from.address != caller_) return;
  lease_.heard(now);
  media_ = from;
}

SessionActions ServerSession::advance(HostTime now)
{
  if (state_ == State::over) return {};
  if (state_ == State::greeting) return now < greetUntil_ ? SessionActions{} : broke("It never said hello.");
  if (lease_.isOver(now)) return broke(fmt::format("'{}' has fallen silent.", clientName_));
  SessionActions actions;
  if (offerAt_ && now >= *offerAt_) {
    offerAt_.reset();
    actions.emplace_back(Say{offer_});
  }
  if (!lease_.takeBeat(now)) return actions;
  actions.emplace_back(Say{Heartbeat{}});
  if (media_) actions.emplace_back(GiveSign{*media_});
  return actions;
}

std::optional<HostTime> ServerSession::nextDeadline() const
{
  if (state_ == State::over) return std::nullopt;
  if (state_ == State::greeting) return greetUntil_;
  return offerAt_ ? std::min(*offerAt_, lease_.nextDeadline()) : lease_.nextDeadline();
}

} // namespace tutti::endpoint
