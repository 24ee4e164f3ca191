// Packets on their way by relays: what is put around them, and taken off.
#include <algorithm>

#include <tutti/core/Log.hpp>

#include "MediaPort.hpp"

namespace tutti::room {

void MediaPort::setCarriers(std::vector<OwnRelays::Carrier> carriers)
{
  hearing_ = carriers;
  const std::lock_guard lock{sending_};
  carriers_ = std::move(carriers);
}

void MediaPort::sendToRoutes(std::span<const std::byte> sealed)
{
  for (std::size_t i = 0; i < routes_.size(); ++i) add(routes_[i], sealed, wraps_[i]);
  flush();
}

void MediaPort::sendOne(const Way& way, std::span<const std::byte> packet)
{
  WrapRoom room; // NOLINT(cppcoreguidelines-pro-type-member-init): nothing of it is read that was not written
  add(way, packet, room);
  flush();
}

/// What no relay takes is lost, as on any wire.
void MediaPort::add(const Way& way, std::span<const std::byte> packet, WrapRoom& room)
{
  if (!way.via) {
    out_.push_back({packet, way.to});
    return;
  }
  const auto carrier = std::ranges::find(carriers_, *way.via, &OwnRelays::Carrier::relayed);
  if (carrier == carriers_.end()) return;
  if (carrier->isConnection) {
    connections_.trySend(carrier->number, way.to, packet);
    return;
  }
  const auto wrapped = carrier->routes.wrap(way.to, packet, room);
  if (wrapped.empty()) return;
  auto& out = carrier->port == OwnRelays::Port::media ? out_ : spareOut_;
  out.push_back({wrapped, carrier->routes.server()});
}

void MediaPort::flush()
{
  if (!out_.empty()) socket_.send(out_);
  if (!spareOut_.empty() && spare_) spare_->send(spareOut_);
  out_.clear();
  spareOut_.clear();
}

void MediaPort::sendToServer(OwnRelays::Port port, std::span<const std::byte> datagram,
                             const Endpoint& server)
{
  const std::lock_guard lock{sending_};
  const std::array<net::Outgoing, 1> one{net::Outgoing{datagram, server}};
  if (port == OwnRelays::Port::media) {
    socket_.send(one);
    return;
  }
  if (!spare_) {
    auto opened = net::BatchSocket::open({socket_.local().address, 0});
    if (!opened) {
      log::room().debug("no second port for a relay: {}", opened.error().detail);
      return;
    }
    spare_.emplace(std::move(*opened));
  }
  spare_->send(one);
}

MediaPort::Arrival MediaPort::unpacked(OwnRelays::Port port, const net::Incoming& packet) const
{
  for (const auto& carrier : hearing_) {
    if (carrier.isConnection || carrier.port != port) continue;
    const auto data = carrier.routes.unwrap(packet.bytes, packet.from);
    if (!data) continue;
    const auto at = static_cast<std::size_t>(data->payload.data() - packet.bytes.data());
    return {packet.bytes.subspan(at, data->payload.size()), {data->peer, carrier.relayed}, packet.at};
  }
  return {packet.bytes, packet.from, packet.at};
}

} // namespace tutti::room
