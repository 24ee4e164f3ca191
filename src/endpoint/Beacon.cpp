#include "Beacon.hpp"

#include <algorithm>

#include <tutti/discovery/AsioEndpoint.hpp>
#include <tutti/discovery/Sockets.hpp>

namespace tutti::endpoint {
namespace {

constexpr int kScanEvery = 8; // announcements: a second

} // namespace

Beacon::Beacon(asio::io_context& context, Announcement announcement)
  : context_{context}
  , alarm_{context, [this] { tick(); }}
  , announcement_{std::move(announcement)}
{}

void Beacon::tick()
{
  if (round_++ % kScanEvery == 0) scan();
  say();
  alarm_.set(time::HostClock::now() + Announcement::kPeriod);
}

void Beacon::scan()
{
  const auto all = discovery::localAddresses();
  std::erase_if(sockets_,
                [&all](const auto& entry) { return std::ranges::find(all, entry.first) == all.end(); });
  for (const auto& local : all) {
    if (!local.address.isV4() || sockets_.contains(local)) continue;
    if (auto socket = discovery::openOwnSocket(context_, local)) sockets_.emplace(local, std::move(*socket));
  }
}

void Beacon::say()
{
  const auto datagram = announcement_.encode();
  const auto group = discovery::toAsio(Announcement::group());
  for (auto& [local, socket] : sockets_) {
    asio::error_code ignored; // an interface that went away: the next scan knows
    socket.send_to(asio::buffer(datagram.data(), datagram.size()), group, 0, ignored);
  }
}

void Beacon::leave()
{
  alarm_.set({});
  announcement_.isLeaving = true;
  say();
}

} // namespace tutti::endpoint
