#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>

#include <tutti/linkaudio/AudioBuffer.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::linkaudio {

/// Makes datagrams' worth of sound out of blocks of any length, each run of frames with the beat at which it
/// is meant to sound.
///
/// A datagram is full after 251 samples. Between two of them beats are counted on from the newest block that
/// said its own, so that nothing adds up; where a block's beat is more than a millisecond from what was
/// counted, or the tempo is another, a new chunk begins there. What has waited for 20 ms goes out as it is.
///
/// Threads: one at a time.
/// Spec:    link-audio 6.4, "ours".
class Packetiser {
public:
  static constexpr std::size_t kMostSamples = 251; ///< 502 bytes, as every known sender.
  static constexpr std::size_t kMostChunks = 8;
  static constexpr Micros kLongestWait{20'000};

  explicit Packetiser(ChannelId channel, std::size_t mostSamples = kMostSamples);

  [[nodiscard]] const ChannelId& id() const { return building_.channel; }

  /// Frames that lie one after the other, interleaved.
  struct Block {
    NodeId session;
    time::Beats begin; ///< Session beat of the first frame.
    time::Tempo tempo;
    audio::SampleRate rate;
    std::uint8_t channels = 1; ///< 1 or 2
    std::span<const std::int16_t> samples;
  };
  void push(const Block& block, HostTime now);

  /// Lets go of what has waited too long. Call no later than `nextDeadline`.
  void advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  [[nodiscard]] std::optional<AudioBuffer> next();

  /// Nobody listens any more: what waits is forgotten, so that who comes later hears nothing old. Chunks are
  /// counted on.
  void clear();

private:
  /// A beat that was said, and how many frames ago.
  struct Anchor {
    time::Beats begin;
    time::Tempo tempo;
    std::int64_t frames = 0;
  };

  [[nodiscard]] time::Beats placeOf(const Anchor& anchor) const;
  [[nodiscard]] bool isElsewhere(const Block& block) const;
  [[nodiscard]] bool isOtherKind(const Block& block) const;
  [[nodiscard]] std::size_t mostFrames() const { return mostSamples_ / building_.channels; }
  void open(const Anchor& from, HostTime now);
  void append(std::span<const std::int16_t> samples, HostTime now);
  void send();

  std::size_t mostSamples_;
  AudioBuffer building_;
  Anchor counted_; // what the chunk that is being filled goes by
  Anchor said_;    // by the newest block
  HostTime waitsSince_{};
  std::uint64_t sequence_ = 0; // of the newest chunk that left
  std::deque<AudioBuffer> ready_;
};

} // namespace tutti::linkaudio
