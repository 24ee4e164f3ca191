#include "Measurements.hpp"

#include <algorithm>
#include <type_traits>

namespace tutti::link {

Measurements::Actions Measurements::start(const PeerTable::Key& peer, const Endpoint& to,
                                          const NodeId& session, Purpose purpose, Measurement::Plan plan,
                                          HostTime now)
{
  Actions actions;
  if (!running_.contains(peer) && isFull()) return actions;
  running_.erase(peer);
  auto& running = running_.emplace(peer, Running{to, purpose, Measurement{session, plan, now}}).first->second;
  collect(peer, running, running.machine.start(now), actions);
  return actions;
}

bool Measurements::receive(const GatewayAddress& gateway, const Endpoint& from, const Pong& pong,
                           HostTime now, Actions& actions)
{
  const auto found = std::ranges::find_if(
    running_, [&](const auto& entry) { return entry.first.gateway == gateway && entry.second.to == from; });
  if (found == running_.end()) return false;
  collect(found->first, found->second, found->second.machine.receive(pong, now), actions);
  if (found->second.machine.isOver()) running_.erase(found);
  return true;
}

Measurements::Actions Measurements::advance(HostTime now)
{
  Actions actions;
  for (auto at = running_.begin(); at != running_.end();) {
    collect(at->first, at->second, at->second.machine.advance(now), actions);
    at = at->second.machine.isOver() ? running_.erase(at) : std::next(at);
  }
  return actions;
}

void Measurements::collect(const PeerTable::Key& peer, const Running& running,
                           const std::vector<Measurement::Action>& done, Actions& actions) const
{
  const auto outcome = [&](Outcome::Kind kind, const Estimate& estimate) {
    actions.emplace_back(Outcome{peer, running.machine.session(), running.purpose, kind, estimate});
  };
  for (const auto& action : done) {
    std::visit(
      [&](const auto& one) {
        using What = std::decay_t<decltype(one)>;
        if constexpr (std::is_same_v<What, Measurement::Ping>)
          actions.emplace_back(Ping{peer.gateway, running.to, one.datagram});
        else if constexpr (std::is_same_v<What, Measurement::Settled>)
          outcome(Outcome::Kind::settled, one.estimate);
        else if constexpr (std::is_same_v<What, Measurement::Refined>)
          outcome(Outcome::Kind::refined, one.estimate);
        else
          outcome(Outcome::Kind::failed, Estimate{});
      },
      action);
  }
}

std::optional<HostTime> Measurements::nextDeadline() const
{
  std::optional<HostTime> earliest;
  for (const auto& [peer, running] : running_)
    if (const auto due = running.machine.nextDeadline(); due && (!earliest || *due < *earliest))
      earliest = due;
  return earliest;
}

bool Measurements::isComparing(const NodeId& session) const
{
  return std::ranges::any_of(running_, [&](const auto& entry) {
    return entry.second.purpose == Purpose::compare && entry.second.machine.session() == session;
  });
}

bool Measurements::hasRoomFor(const IpAddress& address) const
{
  const auto isTo = [&](const auto& entry) { return entry.second.to.address == address; };
  return !isFull() && std::ranges::count_if(running_, isTo) < kMostOfOneAddress;
}

void Measurements::stopGateway(const GatewayAddress& gateway)
{
  std::erase_if(running_, [&](const auto& entry) { return entry.first.gateway == gateway; });
}

void Measurements::follow(const PeerTable::Key& peer)
{
  const auto found = running_.find(peer);
  if (found == running_.end()) return;
  found->second.purpose = Purpose::follow;
}

} // namespace tutti::link
