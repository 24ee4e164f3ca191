#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/rt/Nonblocking.hpp>
#include <tutti/stream/Intent.hpp>
#include <tutti/stream/PlayoutStatistics.hpp>

namespace tutti::stream {

/// How a player's delay is chosen.
struct DelayMode {
  enum class Kind : std::uint8_t {
    live,  ///< As short as the intent says is safe.
    steady ///< A fixed time from the instrument to the ear, whatever the path does.
  };
  Kind kind = Kind::live;
  Micros total{}; ///< for `steady`

  friend constexpr bool operator==(const DelayMode&, const DelayMode&) = default;
};

/// Where frames of a stream came from.
enum class Source : std::uint8_t {
  packet,    ///< their own packet: its arrival says how the path is
  resumed,   ///< the same, and the sender's device had lost frames before it
  redundancy ///< a later packet that said them again
};

/// Turns frames that come late, lost, in bursts or on another clock into a steady signal.
///
/// The sender's clock and our device's are followed by a filter each; their ratio drives the resampler, so
/// drift is corrected always. How long frames wait is a time, never a number of blocks: up at once after a
/// late burst, down by steering 2000 ppm or, where it is quiet, by a cross-fade. What does not come in time
/// is made up by prediction that falls silent within 20 ms.
///
/// Threads: `render` *audio*; everything else *media*. Constructed outside.
/// Units:   positions count the sender's frames, unwrapped.
class Playout {
public:
  struct Clocks {
    audio::SampleRate sender;
    audio::SampleRate device;
  };

  Playout(Clocks clocks, std::size_t channels);
  ~Playout();
  Playout(const Playout&) = delete;
  Playout& operator=(const Playout&) = delete;

  /// Frames that came: `channels` are as many as the stream has, all of one length. `arrived` is when the
  /// kernel got the packet, `now` when it is handed over here.
  void receive(SampleTime first, std::span<const std::span<const float>> channels, HostTime arrived,
               HostTime now, Source source = Source::packet);
  /// The packet of so many frames came, after a later one had brought them.
  void noteArrival(SampleTime first, audio::FrameCount count, HostTime arrived, HostTime now, Source source);

  void setIntent(Intent intent);
  void setLimits(Micros floor, Micros ceiling);

  /// Changes over by a cross-fade.
  void setMode(DelayMode mode);

  /// What the other parts of the delay take, for `DelayMode::steady`: from the instrument until the usual
  /// arrival, and from our device asking until the ear.
  void setElsewhere(Micros before, Micros after);

  /// Forget what the path was like; the delay is at once what fits from now on.
  void reset();

  [[nodiscard]] PlayoutStatistics statistics();

  /// When a frame of this stream usually arrives: the moment up to which the network's part of the delay
  /// counts. The epoch before the first packet.
  [[nodiscard]] HostTime usualArrival(SampleTime frame) const;

  /// The next frames for our device. `first` is its count, `asked` the filtered moment at which it hands the
  /// block out, `now` the true one. Silence before the stream begins.
  void render(std::span<const std::span<float>> output, SampleTime first, HostTime asked,
              HostTime now) noexcept TUTTI_NONBLOCKING;

private:
  struct Crossing;
  class Arrivals;
  class Rendering;

  std::unique_ptr<Crossing> crossing_;   // both
  std::unique_ptr<Arrivals> arrivals_;   // media
  std::unique_ptr<Rendering> rendering_; // audio
};

} // namespace tutti::stream
