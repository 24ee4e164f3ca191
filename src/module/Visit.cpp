#include <tutti/module/Visit.hpp>

#include <algorithm>
#include <utility>

namespace tutti::module {
namespace {

constexpr Micros kBeat = Visit::kLease / 5;

} // namespace

Visit::Visit(HostTime now)
  : heardBy_{now + kGreeting}
  , tellAt_{now + kGreeting}
  , talk_{kTalk, now}
{}

VisitActions Visit::end(Farewell how, std::string why)
{
  state_ = State::over;
  return {Gone{how, std::move(why)}};
}

VisitActions Visit::expel(const std::string& why)
{
  const auto word = state_ == State::in ? Message{Leave{why}} : Message{Refusal{why}};
  state_ = State::over;
  return {Tell{word}, Gone{Farewell::expelled, why}};
}

VisitActions Visit::receive(std::span<const std::byte> packet, HostTime now)
{
  if (state_ == State::over) return {};
  if (!talk_.tryTake(now)) return expel("It floods Tutti with messages, so it was put out.");
  const auto message = parseMessage(packet);
  if (!message)
    return expel(message.error().kind == ErrorKind::unsupported
                   ? message.error().detail
                   : "It says what Tutti does not understand, so it was put out.");
  if (state_ == State::in) heardBy_ = now + kLease;
  return hear(*message);
}

VisitActions Visit::hear(const Message& message)
{
  if (const auto* hello = std::get_if<Hello>(&message)) return hearHello(*hello);
  if (const auto* leave = std::get_if<Leave>(&message))
    return end(Farewell::left, leave->reason.empty() ? "It has left." : leave->reason);
  if (std::holds_alternative<Heartbeat>(message) && state_ == State::in) return {};
  return expel("It speaks out of turn, so it was put out.");
}

/// Who it is does not change during a visit.
VisitActions Visit::hearHello(const Hello& hello)
{
  if (!hello_) {
    hello_ = hello;
    state_ = State::knocked;
    return {Knocked{hello}};
  }
  if (*hello_ != hello) return expel("It says that it is another one now, so it was put out.");
  if (state_ == State::in) return {AskedAgain{}};
  return {};
}

VisitActions Visit::advance(HostTime now)
{
  if (state_ == State::over) return {};
  if (now >= heardBy_)
    return state_ == State::in ? end(Farewell::stalled, "It has not answered for a second.")
                               : end(Farewell::expelled, "It came without saying who it is.");
  if (state_ != State::in || now < tellAt_) return {};
  tellAt_ = now + kBeat;
  return {Tell{Heartbeat{}}};
}

std::optional<HostTime> Visit::nextDeadline() const
{
  if (state_ == State::over) return std::nullopt;
  return state_ == State::in ? std::min(tellAt_, heardBy_) : heardBy_;
}

VisitActions Visit::admit(Welcome welcome, HostTime now)
{
  if (state_ != State::knocked && state_ != State::in) return {};
  if (state_ == State::knocked) heardBy_ = now + kLease;
  state_ = State::in;
  tellAt_ = now + kBeat;
  welcome.lease = kLease;
  return {Tell{welcome}};
}

VisitActions Visit::refuse(const std::string& reason)
{
  if (state_ == State::over) return {};
  return expel(reason);
}

VisitActions Visit::dismiss(const std::string& reason)
{
  if (state_ == State::over) return {};
  state_ = State::over;
  return {Tell{Leave{reason}}, Gone{Farewell::left, reason}};
}

VisitActions Visit::hungUp()
{
  if (state_ == State::over) return {};
  return end(Farewell::lost, "It has ended without a word.");
}

} // namespace tutti::module
