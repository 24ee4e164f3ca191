#include "LanVoice.hpp"

#include <algorithm>
#include <asio/io_context.hpp>
#include <chrono>
#include <map>

#include <tutti/discovery/AsioEndpoint.hpp>
#include <tutti/discovery/Interfaces.hpp>
#include <tutti/discovery/Sockets.hpp>

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;

constexpr auto kPeriod = 500ms; // listed within a second
constexpr int kScanEvery = 4;

using Sockets = std::map<discovery::LocalAddress, asio::ip::udp::socket>;

/// One socket for each IPv4 address that we have now.
void scan(asio::io_context& context, Sockets& sockets)
{
  const auto all = discovery::localAddresses();
  std::erase_if(sockets,
                [&all](const auto& entry) { return std::ranges::find(all, entry.first) == all.end(); });
  for (const auto& local : all) {
    if (!local.address.isV4() || sockets.contains(local)) continue;
    if (auto socket = discovery::openOwnSocket(context, local)) sockets.emplace(local, std::move(*socket));
  }
}

} // namespace

LanVoice::LanVoice(Rooms rooms)
  : rooms_{std::move(rooms)}
  , thread_{[this] { run(); }}
{}

LanVoice::~LanVoice()
{
  {
    const std::lock_guard lock{mutex_};
    isStopping_ = true;
  }
  end_.notify_all();
  thread_.join();
}

void LanVoice::run()
{
  asio::io_context context;
  Sockets sockets;
  const auto group = discovery::toAsio(room::Announcement::group());
  for (int round = 0;; ++round) {
    if (round % kScanEvery == 0) scan(context, sockets);
    for (const auto& room : rooms_()) {
      const auto datagram = room.encode();
      for (auto& [local, socket] : sockets) {
        asio::error_code ignored; // an interface that went away: the next scan knows
        socket.send_to(asio::buffer(datagram.data(), datagram.size()), group, 0, ignored);
      }
    }
    std::unique_lock lock{mutex_};
    if (end_.wait_for(lock, kPeriod, [this] { return isStopping_; })) return;
  }
}

} // namespace tutti::serve
