#include <tutti/module/Membership.hpp>

#include <algorithm>
#include <utility>

namespace tutti::module {
namespace {

constexpr auto kBeatsOfLease = 5; // signs of life that may be lost before it is over

} // namespace

Membership::Membership(Hello hello, HostTime now, Micros patience)
  : hello_{std::move(hello)}
  , sayAt_{now}
  , heardBy_{now + patience}
{}

MembershipActions Membership::part(ErrorKind kind, std::string why)
{
  state_ = State::over;
  return {Parted{{kind, std::move(why)}}};
}

MembershipActions Membership::receive(std::span<const std::byte> packet, HostTime now)
{
  if (state_ == State::over) return {};
  const auto message = parseMessage(packet);
  if (!message) return {};
  if (state_ == State::in) heardBy_ = std::max(heardBy_, now + lease_);
  return hear(*message, now);
}

MembershipActions Membership::hear(const Message& message, HostTime now)
{
  if (const auto* welcome = std::get_if<Welcome>(&message)) {
    const bool isOurs = welcome->shape.inputs == channelsOf(hello_.card.inputs) &&
                        welcome->shape.outputs == channelsOf(hello_.card.outputs);
    if (!isOurs) return {};
    if (state_ == State::asking) sayAt_ = now;
    state_ = State::in;
    lease_ = welcome->lease;
    heardBy_ = now + lease_;
    return {Joined{*welcome}};
  }
  if (const auto* refusal = std::get_if<Refusal>(&message)) return part(ErrorKind::refused, refusal->reason);
  if (const auto* leave = std::get_if<Leave>(&message)) return part(ErrorKind::unavailable, leave->reason);
  return {};
}

MembershipActions Membership::advance(HostTime now)
{
  if (state_ == State::over) return {};
  if (now >= heardBy_)
    return part(ErrorKind::unavailable,
                state_ == State::in ? "Tutti does not answer any more." : "No Tutti answers; is it running?");
  if (now < sayAt_) return {};
  sayAt_ = now + (state_ == State::in ? lease_ / kBeatsOfLease : kAskAgain);
  if (state_ == State::in) return {Say{Heartbeat{}}};
  return {Say{hello_}};
}

std::optional<HostTime> Membership::nextDeadline() const
{
  if (state_ == State::over) return std::nullopt;
  return std::min(sayAt_, heardBy_);
}

MembershipActions Membership::leave(std::string_view reason)
{
  if (state_ == State::over) return {};
  MembershipActions actions{Say{Leave{reasonFrom(reason)}}};
  for (auto& action : part(ErrorKind::refused, "The module has left.")) actions.push_back(std::move(action));
  return actions;
}

MembershipActions Membership::hungUp()
{
  if (state_ == State::over) return {};
  return part(ErrorKind::unavailable,
              state_ == State::in ? "Tutti is gone." : "Tutti hung up before it had answered.");
}

} // namespace tutti::module
