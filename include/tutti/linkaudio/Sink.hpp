#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <tutti/linkaudio/Packetiser.hpp>
#include <tutti/linkaudio/SessionGrid.hpp>
#include <tutti/rt/Nonblocking.hpp>
#include <tutti/rt/Signal.hpp>
#include <tutti/rt/SpscRing.hpp>

namespace tutti::linkaudio {

/// A channel of ours that others may listen to: where its sound leaves the audio thread.
///
/// As long as nobody listens, a block costs the reading of one atomic. Each block is dated with the session
/// beat at which our own loudspeakers play it; who receives it hears it there, or so many beats later.
///
/// Threads: `write` *audio*; everything else one at a time, any but audio. Constructed outside.
/// Spec:    link-audio 6.2, 9.2, 9.3.
class Sink {
public:
  static constexpr std::size_t kMostChannels = 2;

  /// `wake` is raised when there is something to drain.
  explicit Sink(ChannelId id, std::shared_ptr<rt::Signal> wake = {});

  [[nodiscard]] const ChannelId& id() const { return packetiser_.id(); }

  /// One device block, one span a channel: one or two. `audible` is when its first frame is heard here.
  void write(std::span<const std::span<const float>> channels, const SessionGrid& grid, HostTime audible,
             audio::SampleRate rate) noexcept TUTTI_NONBLOCKING;

  /// Whether anybody has asked for it. When the last one goes, what waits is forgotten.
  void setHeard(bool isHeard);
  [[nodiscard]] bool isHeard() const noexcept TUTTI_NONBLOCKING
  {
    return isHeard_.load(std::memory_order_relaxed);
  }

  /// What is to be sent now, in order. Some time within 20 ms after sound has come, better at once.
  [[nodiscard]] std::vector<AudioBuffer> drain(HostTime now);

  struct Counts {
    std::uint64_t frames = 0;    ///< Sent, or about to be.
    std::uint64_t datagrams = 0; ///< Each counted once, however many listen.
    std::uint64_t dropped = 0;   ///< Frames for which there was no room: nobody drained.
    float peak = 0;              ///< The highest sample since this was asked last.
  };
  [[nodiscard]] Counts takeCounts();

private:
  /// A short run of frames on its way between the threads.
  struct Piece {
    static constexpr std::size_t kFrames = 64;

    NodeId session;
    time::Beats begin;
    time::Tempo tempo;
    audio::SampleRate rate;
    std::uint16_t frames = 0;
    std::uint8_t channels = 1;
    std::array<std::int16_t, kFrames * kMostChannels> samples{};
  };
  static constexpr std::size_t kPieces = 256; // 16 384 frames: 85 ms at 192 kHz

  void forget();

  std::atomic<bool> isHeard_{false};      // both
  std::atomic<std::uint64_t> dropped_{0}; // both
  rt::SpscRing<Piece> pieces_{kPieces};   // audio to net
  std::shared_ptr<rt::Signal> wake_;      // both
  Piece piece_;                           // audio
  Packetiser packetiser_;                 // net
  Counts counts_;                         // net
};

} // namespace tutti::linkaudio
