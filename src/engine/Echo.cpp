#include "Echo.hpp"

#include <algorithm>

namespace tutti::engine {
namespace {

constexpr std::size_t kSsrcAt = 8; // RFC 3550 5.1

} // namespace

Result<std::unique_ptr<Echo>> Echo::join(const room::Invitation& invitation,
                                         const std::vector<std::string>& interfaces)
{
  room::Session::Options options;
  options.invitation = invitation;
  options.name = "Echo";
  options.instrument = "you";
  options.interfaces = interfaces;
  std::unique_ptr<Echo> echo{new Echo};
  auto session = room::Session::join(options, *echo);
  if (!session) return tl::unexpected{session.error()};
  const std::lock_guard lock{echo->mutex_};
  echo->session_ = std::move(*session);
  return echo;
}

Echo::~Echo()
{
  std::unique_ptr<room::Session> session;
  const std::lock_guard lock{mutex_};
  session = std::move(session_); // ends after the lock is gone: its thread may want it
}

void Echo::arrived(net::StreamId id, std::span<const std::byte> packet, const room::Way& /*from*/,
                   HostTime /*kernelTime*/)
{
  if (net::isRtcp(packet) || packet.size() > net::MediaDatagram::capacity()) return;
  const std::lock_guard lock{mutex_};
  if (!session_) return;
  if (id.ssrc() != heard_) ++streams_; // another stream of the musician is another one of ours
  heard_ = id.ssrc();
  std::ranges::copy(packet, buffer_.begin());
  const auto ours = net::StreamId{session_->slot(), streams_}.ssrc();
  for (std::size_t i = 0; i < sizeof ours; ++i)
    buffer_[kSsrcAt + i] = static_cast<std::byte>(ours >> (24 - 8 * i) & 0xFFU);
  session_->send(buffer_, packet.size());
}

} // namespace tutti::engine
