#include "LanEars.hpp"

#include <algorithm>

#include <tutti/discovery/AsioEndpoint.hpp>
#include <tutti/discovery/Sockets.hpp>

namespace tutti::endpoint {
namespace {

constexpr Micros kLook{500'000}; // at interfaces and at what has gone

} // namespace

struct LanEars::Ear {
  explicit Ear(asio::ip::udp::socket opened)
    : socket{std::move(opened)}
  {}
  asio::ip::udp::socket socket;
  asio::ip::udp::endpoint from;
  std::array<std::byte, 512> buffer{};
};

LanEars::LanEars(asio::io_context& context)
  : context_{context}
  , alarm_{context}
{}

void LanEars::look()
{
  const auto all = discovery::localAddresses();
  std::erase_if(ears_, [&all](const auto& entry) {
    const bool isGone = std::ranges::find(all, entry.first) == all.end();
    if (isGone) entry.second->socket.close();
    return isGone;
  });
  for (const auto& local : all) {
    if (!local.address.isV4() || ears_.contains(local)) continue;
    auto socket = discovery::openGroupSocket(context_, local, Announcement::group());
    if (!socket) continue; // tried again in half a second
    const auto ear = std::make_shared<Ear>(std::move(*socket));
    ears_.emplace(local, ear);
    listen(ear);
  }
  table_.advance(time::HostClock::now());
  alarm_.expires_after(kLook);
  alarm_.async_wait([this](const asio::error_code& error) {
    if (!error) look();
  });
}

void LanEars::listen(const std::shared_ptr<Ear>& ear)
{
  ear->socket.async_receive_from(
    asio::buffer(ear->buffer), ear->from, [this, ear](const asio::error_code& error, std::size_t size) {
      if (!ear->socket.is_open() || error == asio::error::operation_aborted) return;
      const auto said = Announcement::parse(std::span<const std::byte>{ear->buffer}.first(error ? 0 : size));
      if (said) table_.hear(*said, discovery::fromAsio(ear->from).address, time::HostClock::now());
      listen(ear);
    });
}

} // namespace tutti::endpoint
