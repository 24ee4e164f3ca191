#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/net/RtpPacket.hpp>
#include <tutti/room/Session.hpp>

namespace tutti::engine {

/// A member of a room who plays back what they hear: to rehearse alone.
///
/// Each packet goes out again as it came, only under the echo's own name: also what it says of where its time
/// went. So the delay that is shown for the echo is all of the way from our instrument back to our ear.
///
/// Threads: constructed and destroyed on any; the rest is on the session's.
/// Errors:  of `join` as of `room::Session`.
class Echo final : public room::Session::Sink {
public:
  /// Reachable on these interfaces only.
  static Result<std::unique_ptr<Echo>> join(const room::Invitation& invitation,
                                            const std::vector<std::string>& interfaces);
  ~Echo() override;

  void arrived(net::StreamId id, std::span<const std::byte> packet, const room::Way& from,
               HostTime kernelTime) override;
  void tick(HostTime /*now*/) override {}
  void changed() override {}

private:
  Echo() = default;

  static constexpr std::size_t kRoom = net::MediaDatagram::capacity() + net::kSealGrowth;

  std::mutex mutex_;
  std::unique_ptr<room::Session> session_; // under mutex_ until it has joined
  std::uint32_t heard_ = 0;                // media: the stream that is played back …
  std::uint16_t streams_ = 0;              // media: … as our stream of this number
  std::array<std::byte, kRoom> buffer_{};  // media
};

} // namespace tutti::engine
