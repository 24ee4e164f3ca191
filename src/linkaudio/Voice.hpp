#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <tutti/linkaudio/Source.hpp>

namespace tutti::linkaudio {

/// A chunk of a channel, and where its frames lie on the count of them all.
struct PlacedChunk {
  std::int64_t first = 0;
  std::uint64_t order = 0;
  Chunk chunk;
  NodeId session;
  std::span<const std::int16_t> samples; // of as many channels as the voice has
  bool isJump = false;
};

/// Makes sound of one channel in one format, placed in one way, for a device of one rate. Where any of these
/// changes, another voice takes over from this one.
///
/// Threads: `render` and `isSounding` *audio*; everything else one at a time, any but audio.
class Source::Voice {
public:
  /// What it was made for.
  struct Kind {
    audio::SampleRate sender;
    audio::SampleRate device;
    std::size_t channels = 1;
    Placement::Kind placement = Placement::Kind::live;

    friend bool operator==(const Kind&, const Kind&) = default;
  };

  struct Report {
    std::uint64_t played = 0;
    std::uint64_t late = 0;
    std::uint64_t concealed = 0;
    std::uint64_t gaps = 0;
    std::uint64_t leaps = 0;
    double driftPpm = 0;
    Micros waits{}; ///< live: from a frame's usual arrival until the device plays it
    HostTime usualArrival{};
    double lagMicroBeats = 0; ///< in beats: measured
    bool isSounding = false;
  };

  explicit Voice(const Kind& kind)
    : kind_{kind}
  {}
  virtual ~Voice() = default;
  Voice(const Voice&) = delete;
  Voice& operator=(const Voice&) = delete;

  [[nodiscard]] const Kind& kind() const noexcept TUTTI_NONBLOCKING { return kind_; }

  /// What one datagram brought, in its order.
  virtual void receive(std::span<const PlacedChunk> chunks, HostTime arrived, HostTime now) = 0;
  virtual void setBeats(int beats) = 0;
  /// `newest`: the first frame of the chunk that came last.
  [[nodiscard]] virtual Report report(std::int64_t newest) = 0;

  /// As many channels as the kind says.
  virtual void render(std::span<const std::span<float>> output, const Moment& moment) noexcept
    TUTTI_NONBLOCKING = 0;
  /// Whether the last block was more than waiting for sound to come.
  [[nodiscard]] virtual bool isSounding() const noexcept TUTTI_NONBLOCKING = 0;

private:
  Kind kind_;
};

} // namespace tutti::linkaudio
