#include "SessionRelays.hpp"

#include <algorithm>
#include <utility>

#include <tutti/core/Log.hpp>

namespace tutti::room {

SessionRelays::SessionRelays(MediaPort& media, RelayConnections& connections, Ensemble& ensemble,
                             Perform perform, std::function<void()> askForLeave)
  : media_{media}
  , connections_{connections}
  , ensemble_{ensemble}
  , perform_{std::move(perform)}
  , askForLeave_{std::move(askForLeave)}
{}

void SessionRelays::carryOut(const OwnRelays::Actions& actions, HostTime now)
{
  for (const auto& action : actions) carryOut(action, now);
}

void SessionRelays::carryOut(const OwnRelays::Action& action, HostTime now)
{
  using R = OwnRelays;
  if (std::holds_alternative<R::AskForLeave>(action)) askForLeave_();
  if (const auto* send = std::get_if<R::Send>(&action))
    media_.sendToServer(send->port, send->bytes, send->to);
  if (const auto* connect = std::get_if<R::Connect>(&action)) connections_.connect(*connect);
  if (const auto* tell = std::get_if<R::Tell>(&action)) connections_.tell(*tell);
  if (const auto* end = std::get_if<R::Disconnect>(&action)) connections_.disconnect(end->number);
  if (const auto* use = std::get_if<R::UseCarriers>(&action)) {
    carriers_ = use->carriers;
    media_.setCarriers(use->carriers);
  }
  if (const auto* opened = std::get_if<R::Opened>(&action))
    perform_(ensemble_.relayOpened(opened->relay, now));
  if (const auto* seen = std::get_if<R::SeenByRelay>(&action)) perform_(ensemble_.seenByRelay(seen->us, now));
  if (const auto* reaches = std::get_if<R::Reaches>(&action))
    perform_(ensemble_.relayReaches(reaches->relay, reaches->peer, now));
  if (const auto* retires = std::get_if<R::Retires>(&action))
    perform_(ensemble_.relayRetires(retires->relay, now));
  if (const auto* trouble = std::get_if<R::Trouble>(&action))
    log::room().debug("relays: {}", trouble->sentence);
  if (const auto* lost = std::get_if<R::Lost>(&action)) perform_(ensemble_.relayLost(lost->relay, now));
}

bool SessionRelays::takeFromServer(OwnRelays::Port port, const net::Incoming& packet)
{
  if (!relays_.isServer(port, packet.from)) return false;
  carryOut(relays_.receive(port, packet.bytes, packet.from, packet.at), packet.at);
  return true;
}

void SessionRelays::takeFromConnections(HostTime now, const Hear& hear)
{
  for (auto& news : connections_.take()) {
    if (const auto* happened = std::get_if<RelayConnections::Happened>(&news)) {
      carryOut(relays_.hearConnection(happened->number, happened->action, now), now);
      continue;
    }
    auto& heard = std::get<RelayConnections::Heard>(news);
    const auto carrier = std::ranges::find(carriers_, heard.number, &OwnRelays::Carrier::number);
    if (carrier != carriers_.end()) hear({heard.bytes, {heard.peer, carrier->relayed}, heard.at});
  }
}

void SessionRelays::advance(HostTime now)
{
  carryOut(relays_.advance(now), now);
  // To give them what they want may bring up more that they want.
  constexpr int kRounds = 4;
  for (int round = 0; round < kRounds && (wanted_ || !suspected_.empty()); ++round) {
    if (const auto ask = std::exchange(wanted_, std::nullopt))
      carryOut(relays_.reach(ask->permitted, ask->inUse, now), now);
    for (const auto& relay : std::exchange(suspected_, {})) carryOut(relays_.suspect(relay, now), now);
  }
}

} // namespace tutti::room
