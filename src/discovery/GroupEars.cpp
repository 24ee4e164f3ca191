#include <tutti/discovery/GroupEars.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <asio/ip/udp.hpp>

#include <tutti/discovery/AsioEndpoint.hpp>
#include <tutti/discovery/Sockets.hpp>

namespace tutti::discovery {

struct GroupEars::Ear {
  explicit Ear(asio::ip::udp::socket opened)
    : socket{std::move(opened)}
  {}
  asio::ip::udp::socket socket;
  asio::ip::udp::endpoint from;
  std::array<std::byte, kLongest> buffer{};
};

GroupEars::GroupEars(asio::io_context& context, const Endpoint& group, Hear hear,
                     std::function<void()> looked)
  : context_{context}
  , group_{group}
  , hear_{std::move(hear)}
  , looked_{std::move(looked)}
  , alarm_{context, [this] { look(); }}
{}

GroupEars::~GroupEars() = default;

void GroupEars::look()
{
  const auto all = localAddresses();
  std::erase_if(ears_, [&all](const auto& entry) {
    const bool isGone = std::ranges::find(all, entry.first) == all.end();
    if (isGone) entry.second->socket.close();
    return isGone;
  });
  for (const auto& local : all) {
    if (!local.address.isV4() || ears_.contains(local)) continue;
    auto socket = openGroupSocket(context_, local, group_);
    if (!socket) continue; // tried again with the next look
    const auto ear = std::make_shared<Ear>(std::move(*socket));
    ears_.emplace(local, ear);
    listen(ear);
  }
  looked_();
  alarm_.set(time::HostClock::now() + kLook);
}

void GroupEars::listen(const std::shared_ptr<Ear>& ear)
{
  ear->socket.async_receive_from(
    asio::buffer(ear->buffer), ear->from, [this, ear](const asio::error_code& error, std::size_t size) {
      if (!ear->socket.is_open() || error == asio::error::operation_aborted) return;
      if (!error) hear_(std::span<const std::byte>{ear->buffer}.first(size), fromAsio(ear->from).address);
      listen(ear);
    });
}

} // namespace tutti::discovery
