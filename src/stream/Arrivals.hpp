#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <tutti/stream/HoldUps.hpp>

#include "ArrivalLine.hpp"
#include "BeatDelay.hpp"
#include "Crossing.hpp"
#include "DelayTarget.hpp"
#include "Leniency.hpp"

namespace tutti::stream {

/// The media thread's side of playout: learns from each packet how the path is, and says how long to wait.
///
/// Threads: one at a time.
class Playout::Arrivals {
public:
  Arrivals(Crossing& crossing, Clocks clocks, std::size_t channels);

  void receive(SampleTime first, std::span<const std::span<const float>> channels, HostTime arrived,
               HostTime now, Source source);
  /// When the packet of these frames came, whoever brought them.
  void note(SampleTime first, audio::FrameCount count, HostTime arrived, HostTime now, Source source);
  void setIntent(Intent intent) { target_.setIntent(intent); }
  void setLimits(Micros floor, Micros ceiling);
  void setMode(DelayMode mode);
  void setElsewhere(Micros before, Micros after);
  void takeAnotherWay(HostTime now);
  void captured(SampleTime frame, HostTime at);
  void setTempo(const time::TempoTrack& tempo);
  void reset();

  [[nodiscard]] PlayoutStatistics statistics();
  [[nodiscard]] HostTime usualArrival(SampleTime frame) const;

private:
  /// A packet as it came.
  struct Seen {
    std::int64_t first = 0;
    double at = 0; // µs
    bool isAccident = false;
  };

  void learn(std::int64_t first, std::int64_t frames, double arrived, double now);
  void believe(const ArrivalLine::Verdict& verdict, double lateness, double now);
  void lookForBreaks(Source source, double arrived, double now);
  void learnAnew(double now);
  [[nodiscard]] double headroomFor(double lateness, double now);
  void beginAnew();
  void handOver(std::int64_t first, std::span<const std::span<const float>> channels);
  void guide(double now);
  [[nodiscard]] Guidance guidance() const;
  [[nodiscard]] double waitAt(double now);
  [[nodiscard]] double waitInBeats(double safe);
  void makeSpace();

  Crossing& crossing_;
  Clocks clocks_;
  std::size_t channels_;
  ArrivalLine line_;
  DelayTarget target_;
  Leniency leniency_;
  double markedAt_ = -1e18; // µs
  double brokenAt_ = -1e18; // of our device, as far as we know
  double heldUpAt_ = -1e18; // the same
  HoldUps handOvers_;       // from the kernel to us
  DelayMode mode_;
  BeatDelay beatDelay_;
  InBeats inBeats_ = InBeats::off;
  double needed_ = 0; // µs, for `inBeats_`
  double before_ = 0; // µs
  double after_ = 0;  // µs
  double wait_ = 0;   // µs, as last computed
  double waitDue_ = 0;
  double headroom_ = 0; // µs
  int growths_ = 0;
  double grewAt_ = -1e18;
  double now_ = 0;                // when the last packet came
  double resampler_;              // µs
  std::array<Seen, 1024> seen_{}; // the last ones
  std::size_t seenCount_ = 0;
  std::size_t settling_ = 0; // how often it was learnt anew …
  double wayBegan_ = 0;      // … since then, in s of the line's age
  std::uint32_t leaps_ = 0;
  std::int64_t last_ = 0;
  std::uint64_t received_ = 0;
  std::uint64_t recovered_ = 0;
};

} // namespace tutti::stream
