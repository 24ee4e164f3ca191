#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/rt/Nonblocking.hpp>
#include <tutti/stream/DelayMode.hpp>
#include <tutti/stream/Intent.hpp>
#include <tutti/stream/PlayoutStatistics.hpp>
#include <tutti/time/TempoTrack.hpp>

namespace tutti::stream {

/// Where frames of a stream came from.
enum class Source : std::uint8_t {
  packet,    ///< their own packet: its arrival says how the path is
  resumed,   ///< the same, and the sender's device had lost frames before it
  heldUp,    ///< the same, and the sender's machine had stood still before it
  detour,    ///< their own packet by another way than most: says nothing of the path in use
  redundancy ///< a later packet that said them again
};

/// Turns frames that come late, lost, in bursts or on another clock into a steady signal.
///
/// The sender's clock and our device's are followed by a filter each; their ratio drives the resampler, so
/// drift is corrected always. How long frames wait is a time, never a number of blocks: up at once after a
/// late burst, down by steering 2000 ppm or, where it is quiet, by a cross-fade. What does not come in time
/// is made up by prediction that falls silent within 20 ms.
///
/// In beats, what was captured at one beat of the session is heard exactly so many beats later. When the
/// tempo changes, what is under way is heard faster or slower at its own pitch: a little by resampling, more
/// by leaving out or repeating pieces of 20 ms, cross-faded where they are alike.
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

  /// Changes over by a cross-fade. The first delay in beats takes memory: 9 MB for two channels at 48 kHz.
  void setMode(DelayMode mode);

  /// What the other parts of the delay take: from the instrument until the usual arrival, for a steady one;
  /// and from our device asking until the ear, for one in beats as well.
  void setElsewhere(Micros before, Micros after);

  /// From now on packets come by another way through the network: what was learnt of the one before is
  /// forgotten, and the delay goes down slowly where less is needed.
  void takeAnotherWay(HostTime now);

  /// When a frame was at the instrument, by our clock: for a delay in beats.
  void captured(SampleTime frame, HostTime at);
  /// How the session's tempo went: for a delay in beats, at each change.
  void setTempo(const time::TempoTrack& tempo);

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
