#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

namespace tutti::net {

/// Finds the borders of messages in what a TURN server says on a stream: STUN by its length field,
/// ChannelData by its own and padded to four bytes.
///
/// Read into `room()`, say by `filled` how much it was, then take frames until there is none. A server that
/// speaks anything else, or of more than a frame holds, has broken the stream for good: close it.
///
/// Threads: one at a time. Allocates nothing.
/// Spec:    RFC 8489 6.2.2, RFC 8656 12.5.
class TurnDeframer {
public:
  static constexpr std::size_t kLongestFrame = 1600;

  /// Where the next bytes of the stream go; never empty unless the stream is broken. Ends the frames taken
  /// so far.
  std::span<std::byte> room();
  void filled(std::size_t count);

  /// The next whole message, with its padding; it lives until `room` is called.
  std::optional<std::span<const std::byte>> next();
  [[nodiscard]] bool isBroken() const { return isBroken_; }

private:
  std::optional<std::size_t> frameSize();

  std::array<std::byte, 4 * kLongestFrame> buffer_{};
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool isBroken_ = false;
};

} // namespace tutti::net
