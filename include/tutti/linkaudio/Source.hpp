#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <tutti/audio/Block.hpp>
#include <tutti/linkaudio/AudioBuffer.hpp>
#include <tutti/linkaudio/SessionGrid.hpp>
#include <tutti/rt/Nonblocking.hpp>
#include <tutti/rt/SpscRing.hpp>

namespace tutti::linkaudio {

/// When a channel that we fetch is heard.
struct Placement {
  enum class Kind : std::uint8_t {
    live, ///< As early as is safe.
    beats ///< So many beats after it is meant to sound: what was played on a beat is heard on a beat.
  };
  static constexpr int kMostBeats = 16;

  Kind kind = Kind::beats;
  int beats = 1; ///< 1 to `kMostBeats`; a multiple of the quantum keeps the bars together, too.

  static constexpr Placement live() { return {Kind::live, 0}; }
  static constexpr Placement inBeats(int beats) { return {Kind::beats, beats}; }

  friend constexpr bool operator==(const Placement&, const Placement&) = default;
};

/// How a fetched channel fares. Counts are since it began.
struct SourceSnapshot {
  bool hasSignal = false;      ///< Datagrams have come lately.
  bool isSounding = false;     ///< … and are heard.
  bool isUnplayable = false;   ///< Its rate is too far from the device's to be heard live.
  bool isOtherSession = false; ///< It speaks of beats of another session than ours.
  std::uint64_t frames = 0;    ///< Received, each once.
  std::uint64_t lost = 0;      ///< Chunks that were sent and did not come.
  std::uint64_t repeated = 0;  ///< Chunks that had come before.
  std::uint64_t refused = 0;   ///< Datagrams of another session, another kind, or of nonsense.
  std::uint64_t late = 0;      ///< Frames that came when their moment was over.
  std::uint64_t gaps = 0;      ///< How often there was nothing to play …
  std::uint64_t concealed = 0; ///< … and for how many frames.
  audio::SampleRate rate;
  std::uint8_t channels = 0;
  time::Tempo tempo;   ///< Of the newest chunk, and …
  time::Beats begin;   ///< … the session beat of its first frame.
  double lag = 0;      ///< Beats from when it is meant to sound until it is heard.
  Micros delay{};      ///< From its arrival until it is heard.
  double driftPpm = 0; ///< Live: how much faster the sender's device counts than ours.
  float peak = 0;      ///< The highest sample since this was asked last.
};

/// A channel that we fetch: datagrams of it become a steady signal in the patch.
///
/// Live, it goes the way of a player's stream: drift, jitter and losses are dealt with by `stream::Playout`.
/// In beats, each frame is heard exactly so many beats after the one it is dated with, through changes of the
/// tempo and jumps of the beat; what is missing is silence with soft edges, and where two say different
/// things of one beat the newer is right. Other formats, other devices and another placement take over by a
/// cross-fade.
///
/// Sound that is dated with beats of a session that we are not in cannot be placed. In beats it is kept for a
/// second, as our own change to that session may be under way; live it goes on being heard for as long. Then
/// it is refused.
///
/// Threads: `render` *audio*; everything else one at a time, any but audio. Constructed outside.
/// Errors:  none: what makes no sense is counted.
/// Spec:    link-audio 6.3, 6.5, 7.2.
class Source {
public:
  explicit Source(ChannelId id, Placement placement = {});
  ~Source();
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  [[nodiscard]] const ChannelId& id() const { return id_; }

  /// `arrived` is when the kernel got the datagram, `now` when it is handed over here.
  void receive(const AudioBuffer& buffer, HostTime arrived, HostTime now);

  /// The session that we are in. At each change, and once before the first datagram.
  void follow(NodeId session, HostTime now);

  void setPlacement(Placement placement, HostTime now);
  [[nodiscard]] Placement placement() const { return placement_; }

  /// Some ten times a second: frees what has been heard to its end, makes what the device needs.
  void tend(HostTime now);

  [[nodiscard]] SourceSnapshot takeSnapshot(const SessionGrid& grid, HostTime now);

  /// A device block's dates.
  struct Moment {
    SampleTime first; ///< Counted by the device.
    HostTime asked;   ///< When the device hands the block out, filtered.
    HostTime audible; ///< When its first frame is heard.
    HostTime now;     ///< The true moment.
    audio::SampleRate rate;
    const SessionGrid& grid;
  };
  /// Both channels are filled: with the same, if the sender has only one.
  void render(std::span<float> left, std::span<float> right, const Moment& moment) noexcept TUTTI_NONBLOCKING;

private:
  class Voice;
  class LiveVoice;
  class BeatVoice;
  struct Held {
    AudioBuffer buffer;
    HostTime arrived{};
    HostTime now{};
  };
  using Pair = std::array<std::array<float, audio::Block::kLongest>, 2>;

  static constexpr std::size_t kMostVoices = 4;
  static constexpr std::size_t kMostHeld = 1024;

  [[nodiscard]] bool isOurs(const AudioBuffer& buffer, HostTime arrived, HostTime now);
  void take(const AudioBuffer& buffer, HostTime arrived, HostTime now);
  void bury();
  void renew(HostTime now);
  [[nodiscard]] Voice* newest() const;
  void release(HostTime now);

  void admit() noexcept TUTTI_NONBLOCKING;
  void sound(Voice& voice, std::span<float> left, std::span<float> right, const Moment& moment) noexcept
    TUTTI_NONBLOCKING;
  void crossFade(std::span<float> left, std::span<float> right, const Moment& moment) noexcept
    TUTTI_NONBLOCKING;

  ChannelId id_;
  std::atomic<std::int32_t> deviceRate_{0};  // both: Hz, as last rendered
  std::atomic<std::int64_t> deviceOut_{0};   // both: µs
  std::atomic<float> peak_{0};               // both
  rt::SpscRing<Voice*> coming_{kMostVoices}; // net to audio
  rt::SpscRing<Voice*> gone_{kMostVoices};   // audio to net, to be freed

  Voice* playing_ = nullptr; // audio
  Voice* next_ = nullptr;    // audio
  double faded_ = 0;         // audio: how far the next has taken over, 0 to 1
  Pair taking_{};            // audio: what the next one plays

  Placement placement_;                        // net, and all below
  std::optional<NodeId> session_;              // ours
  std::vector<std::unique_ptr<Voice>> voices_; // the newest is last
  HostTime madeAt_{};
  struct Unrolled;
  std::unique_ptr<Unrolled> unrolled_;
  std::deque<Held> held_;
  std::optional<HostTime> foreignSince_;
  HostTime arrived_{};
  SourceSnapshot shown_;
};

} // namespace tutti::linkaudio
