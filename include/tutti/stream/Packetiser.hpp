#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/stream/Chunk.hpp>

namespace tutti::stream {

/// Makes packets of one length out of device blocks of any.
///
/// Push a chunk, then take packets until there are none. Where the device lost frames, what was begun is
/// dropped, and the next packet begins after the hole.
///
/// Threads: one at a time.
class Packetiser {
public:
  /// The frames of one packet. Valid until the next call.
  struct Packet {
    SampleTime first;
    HostTime captured;
    std::span<const std::span<const float>> channels;
  };

  Packetiser(audio::SampleRate rate, std::size_t channels, audio::FrameCount packet);

  void push(const Chunk& chunk);
  std::optional<Packet> next();

  /// Frames that fell into no packet.
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

private:
  audio::SampleRate rate_;
  std::size_t packet_;
  std::vector<std::vector<float>> waiting_;
  std::vector<std::vector<float>> taken_;
  std::vector<std::span<const float>> views_;
  std::size_t waitingCount_ = 0;
  SampleTime front_;       // the first that waits
  SampleTime markedFrame_; // was at the instrument …
  HostTime markedTime_{};  // … at this moment
  std::uint64_t dropped_ = 0;
};

} // namespace tutti::stream
