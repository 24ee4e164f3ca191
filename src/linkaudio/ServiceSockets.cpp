// How the shell follows Link's gateways, and what goes by its sockets.

#include <tutti/core/Log.hpp>

#include "Service.hpp"

namespace tutti::linkaudio {

using time::HostClock;

void LinkAudio::Service::follow(const link::AudioView& view)
{
  const auto now = HostClock::now();
  if (view.session != view_.session)
    for (const auto& [id, source] : sources_) source->follow(view.session, now);
  const bool isOtherPlace = view.gateways != view_.gateways;
  view_ = view;
  if (isOtherPlace)
    settle();
  else
    perform(station_.follow(view_, now));
}

/// Sockets where they are wanted, and nowhere else. Goodbyes come first: who hears them is known by now only.
void LinkAudio::Service::settle()
{
  retriedAt_ = HostClock::now();
  const auto wanted = isEnabled_ ? view_.gateways : std::vector<discovery::LocalAddress>{};
  std::vector<discovery::LocalAddress> open;
  for (const auto& [local, socket] : sockets_) open.push_back(local);
  const auto changes = discovery::addressChanges(open, wanted);
  for (const auto& local : changes.removed) closeSocket(local);
  perform(station_.follow(view_, HostClock::now()));
  problems_.clear();
  for (const auto& local : changes.added) openSocket(local);
  offerSockets();
}

void LinkAudio::Service::openSocket(const discovery::LocalAddress& local)
{
  auto socket = AudioSocket::open(context_, local);
  if (!socket) {
    problems_[local] = socket.error().detail;
    log::link().debug("{}", socket.error().detail);
    return;
  }
  sockets_[local] = *socket;
  (*socket)->listen(
    [this, gateway = local.address](const net::Incoming& packet) { receive(gateway, packet); });
  perform(station_.openGateway(local, HostClock::now()));
}

void LinkAudio::Service::closeSocket(const discovery::LocalAddress& local)
{
  perform(station_.closeGateway(local.address, HostClock::now())); // its goodbye still finds the socket
  const auto socket = sockets_.extract(local);
  if (!socket.empty()) socket.mapped()->close();
}

void LinkAudio::Service::offerSockets()
{
  link::AudioSockets sockets;
  for (const auto& [local, socket] : sockets_) sockets[local.address] = socket->endpoint();
  if (std::exchange(offered_, sockets) != sockets) link_.offerAudio(std::move(sockets));
}

void LinkAudio::Service::receive(const IpAddress& gateway, const net::Incoming& packet)
{
  arrived_ = packet.at;
  perform(station_.receive(gateway, packet.bytes, packet.from, HostClock::now()));
}

void LinkAudio::Service::send(const Station::Actions& actions)
{
  for (const auto& [local, socket] : sockets_) {
    std::vector<net::Outgoing> datagrams;
    for (const auto& action : actions)
      if (const auto* send = std::get_if<Station::Send>(&action);
          send != nullptr && send->gateway == local.address)
        datagrams.push_back({send->packet.bytes(), send->to});
    if (!datagrams.empty()) socket->send(datagrams);
  }
}

} // namespace tutti::linkaudio
