// What comes on the ports of a session.
#include <algorithm>
#include <chrono>

#include <tutti/net/ReceiveRound.hpp>

#include "SessionMachinery.hpp"

namespace tutti::room {
namespace {

using namespace std::chrono_literals;
using time::HostClock;

WallTime wallNow()
{
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

} // namespace

/// What servers say is not for the room; what peers send by them is.
void Session::Machinery::listen(OwnRelays::Port port, HostTime now)
{
  auto* socket = port == OwnRelays::Port::media ? &media_.socket() : media_.spare();
  if (socket == nullptr) return;
  net::receiveRound(*socket, [&](std::span<const net::Incoming> batch) {
    for (const auto& packet : batch) {
      const auto arrival = media_.unpacked(port, packet);
      if (arrival.from.via || !relays_.takeFromServer(port, packet)) hear(arrival, now);
    }
  });
}

/// Servers keep a relay for minutes after we are gone, unless they are told.
void Session::Machinery::leaveRelays()
{
  constexpr auto kFarewell = 300ms;
  const auto end = HostClock::now() + kFarewell;
  relays_.release(HostClock::now());
  while (!relays_.areGone() && HostClock::now() < end) {
    bell_.waitUntil(std::min(end, relays_.nextDeadline()), media_.descriptor(), media_.spareDescriptor());
    listen(OwnRelays::Port::media, HostClock::now());
    listen(OwnRelays::Port::spare, HostClock::now());
    relays_.takeFromConnections(HostClock::now(), [](const MediaPort::Arrival&) {});
    relays_.advance(HostClock::now());
  }
}

void Session::Machinery::hear(const MediaPort::Arrival& packet, HostTime now)
{
  const auto kind = net::kindOf(packet.bytes);
  if (kind == net::PacketKind::stun)
    return perform(ensemble_.hearDatagram(packet.bytes, packet.from, packet.at));
  if (kind != net::PacketKind::media) return;
  const auto peek = net::RtpPeek::at(packet.bytes);
  if (peek && !ensemble_.mayComeFrom(peek->id.slot, packet.from)) return media_.refuseStranger();
  const auto opened = media_.open(packet);
  if (!opened) return;
  if (opened->isControl) {
    const auto wall = wallNow();
    return perform(ensemble_.hearSealed(opened->id.slot, opened->packet, packet.from, packet.at, now, wall));
  }
  if (opened->isRoadNews) ensemble_.hearMedia(opened->id.slot, packet.from, packet.at);
  sink_.arrived(opened->id, opened->packet, packet.from, packet.at);
}

} // namespace tutti::room
