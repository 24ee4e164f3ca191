#include "Homecoming.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;
using State = Reach::State;

constexpr auto kAgainWhileClosed = 2min;
constexpr auto kAgainWhileOpen = 10min;

constexpr std::array<std::string_view, 4> kStates{"asking", "open", "untested", "closed"};
constexpr std::array<std::string_view, 9> kWhys{"none",    "no-router", "silent",         "denied", "full",
                                                "no-line", "unfit",     "behind-another", "blocked"};

Reach::Why whyOf(net::PortMapping::Why why)
{
  switch (why) {
  case net::PortMapping::Why::silent:
    return Reach::Why::silent;
  case net::PortMapping::Why::denied:
    return Reach::Why::denied;
  case net::PortMapping::Why::full:
    return Reach::Why::full;
  case net::PortMapping::Why::noLine:
    return Reach::Why::noLine;
  case net::PortMapping::Why::unfit:
    return Reach::Why::unfit;
  }
  return Reach::Why::unfit;
}

} // namespace

std::string_view nameOf(Reach::State state)
{
  return kStates.at(static_cast<std::size_t>(state));
}

std::string_view nameOf(Reach::Why why)
{
  return kWhys.at(static_cast<std::size_t>(why));
}

room::Invitation forElsewhere(room::Invitation invitation, const Reach& reach)
{
  if (!reach.outside) return invitation;
  invitation.host = reach.outside->address.text();
  invitation.port = reach.outside->port;
  return invitation;
}

Homecoming::Homecoming(const Ports& here, bool isTested)
  : here_{here}
  , isTested_{isTested}
{
  reach_.tcp = here.tcp;
  reach_.udp = here.udp;
}

/// Another network is another story; the same one goes on.
Homecoming::Actions Homecoming::look(const std::optional<discovery::Gateway>& gateway, HostTime now)
{
  if (hasLooked_ && gateway == gateway_) return {};
  hasLooked_ = true;
  gateway_ = gateway;
  byRouter_.reset();
  byUpnp_.reset();
  opened_.reset();
  knocked_.reset();
  asked_.reset();
  isUpnpAsked_ = false;
  reach_.own = gateway ? std::optional{gateway->own} : std::nullopt;
  Actions out;
  const bool isOutside = gateway && !net::isBehindAnotherRouter(gateway->own);
  if (isOutside) opened_ = Opened{gateway->own, {here_.tcp, here_.udp}}; // no router has to do anything
  if (gateway && !isOutside) out.emplace_back(AskRouter{*gateway});
  for (auto& action : decide(now)) out.push_back(std::move(action));
  return out;
}

Homecoming::Actions Homecoming::heardRouter(const FromRouter& said, HostTime now)
{
  Actions out;
  byRouter_ = said;
  if (said) {
    opened_ = *said;
  } else if (byUpnp_ && *byUpnp_) {
    return out; // that one holds
  } else {
    opened_.reset();
    const bool mayAsk = gateway_ && !std::exchange(isUpnpAsked_, true);
    if (mayAsk) out.emplace_back(AskUpnp{*gateway_});
  }
  knocked_.reset();
  for (auto& action : decide(now)) out.push_back(std::move(action));
  return out;
}

Homecoming::Actions Homecoming::heardUpnp(const FromRouter& said, HostTime now)
{
  isUpnpAsked_ = false;
  byUpnp_ = said;
  const bool isOther = said ? opened_ != *said : !(byRouter_ && *byRouter_) && opened_.has_value();
  if (said) opened_ = *said;
  if (!said && !(byRouter_ && *byRouter_)) opened_.reset();
  if (isOther) knocked_.reset();
  return decide(now);
}

Homecoming::Actions Homecoming::knocked(const Result<room::wire::KnockReply>& reply, HostTime now)
{
  const bool isOfThese = std::exchange(asked_, std::nullopt) == tried();
  if (!isOfThese) return decide(now); // the router has given us others meanwhile
  knocked_ = reply;
  const bool isIn = reply && reply->isTcpOpen && reply->isUdpOpen;
  due_ = now + (isIn ? Micros{kAgainWhileOpen} : Micros{kAgainWhileClosed});
  return decide(now);
}

Homecoming::Actions Homecoming::advance(HostTime now)
{
  if (!due_ || now < *due_) return {};
  due_.reset();
  if (asked_ || !isTested_) return {};
  asked_ = tried();
  return {AskToKnock{*asked_}}; // what was said last counts until then
}

/// Whom to ask next, and what to think of it all meanwhile.
Homecoming::Actions Homecoming::decide(HostTime now)
{
  Actions out;
  const bool isAnswered = opened_ || !gateway_ || (byRouter_ && byUpnp_ && !isUpnpAsked_);
  if (isAnswered && isTested_ && !knocked_ && !asked_) {
    asked_ = tried();
    out.emplace_back(AskToKnock{*asked_});
    due_ = now + kAgainWhileClosed;
  }
  judge();
  return out;
}

/// Without the router's word the same ports: somebody may have opened them by hand.
Homecoming::Ports Homecoming::tried() const
{
  return opened_ ? Ports{opened_->ports.at(0), opened_->ports.at(1)} : here_;
}

bool Homecoming::isBehindAnother() const
{
  return opened_ && net::isBehindAnotherRouter(opened_->outside);
}

Reach::Why Homecoming::whyClosed() const
{
  if (!gateway_) return Reach::Why::noRouter;
  if (!byRouter_ || *byRouter_) return Reach::Why::blocked;
  const bool isSilent = byRouter_->error() == Why::silent; // then UPnP may know better
  return whyOf(isSilent && byUpnp_ && !*byUpnp_ ? byUpnp_->error() : byRouter_->error());
}

void Homecoming::open(const IpAddress& outside, const Ports& ports)
{
  reach_.outside = Endpoint{outside, ports.tcp};
  reach_.udpOutside = ports.udp;
}

void Homecoming::judge()
{
  const auto& tested = knocked_;
  reach_.testProblem = tested && !*tested ? tested->error().detail : std::string{};
  const bool isAnswered = opened_ || !gateway_ || (byRouter_ && byUpnp_ && !isUpnpAsked_);
  reach_.state = State::asking;
  reach_.why = Reach::Why::none;
  reach_.outside.reset();
  reach_.udpOutside = 0;
  if (!isAnswered || (isTested_ && !tested)) return;
  if (!tested || !*tested) return judgeUntested();
  const auto& reply = **tested;
  if (reply.isTcpOpen && reply.isUdpOpen) {
    reach_.state = State::open;
    return open(reply.seen, tried());
  }
  reach_.state = State::closed;
  const bool isOther = opened_ && opened_->outside != reply.seen; // somebody in between has another address
  reach_.why = !opened_ ? whyClosed() : isOther ? Reach::Why::behindAnother : Reach::Why::blocked;
}

void Homecoming::judgeUntested()
{
  if (opened_ && !isBehindAnother()) {
    reach_.state = State::untested;
    return open(opened_->outside, tried());
  }
  reach_.state = State::closed;
  reach_.why = opened_ ? Reach::Why::behindAnother : whyClosed();
}

} // namespace tutti::serve
