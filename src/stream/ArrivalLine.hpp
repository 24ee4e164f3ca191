#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "ClockFilter.hpp"

namespace tutti::stream {

/// When a packet usually arrives, by the sender's count of frames.
///
/// Single late packets do not bend the line. When all packets are off to one side for `kStepAfter`, the way
/// has become longer or shorter: the line steps, and its rate stays. Beside a break at the sender's that is
/// likely, and believed sooner.
///
/// Threads: one at a time.
class ArrivalLine {
public:
  static constexpr double kStepAfter = 150e3; // µs; longer than a burst is held up, short against settling
  static constexpr double kStepAfterBreak = 15e3; // µs

  explicit ArrivalLine(audio::SampleRate sender)
    : clock_{sender}
  {}

  struct Verdict {
    bool isStray = false;       ///< too far off to be believed yet
    std::optional<double> step; ///< µs; the line has just moved by that
  };

  Verdict add(std::int64_t frame, std::int64_t frames, double arrived);

  /// The sender's device lost time, or its machine did: all that comes from now on may be later.
  void senderBroke(double now) { brokeAt_ = now; }

  /// How much later than usual, in µs; negative is earlier.
  [[nodiscard]] double latenessOf(std::int64_t frame, double arrived) const
  {
    return arrived - clock_.microsAt(static_cast<double>(frame));
  }
  [[nodiscard]] const ClockFilter& clock() const { return clock_; }
  /// How much one packet's lateness usually differs from the next one's, in µs.
  [[nodiscard]] double usual() const { return usual_; }

  /// Packets come by another way from now on: when they usually do is learnt anew. A rate that is well known
  /// stays; what seemed one after a second or two may have been the ways' difference.
  void takeAnotherWay(double now);

  void reset();

private:
  void learn(std::int64_t frame, std::int64_t frames, double arrived);
  [[nodiscard]] double far(double arrived) const;
  [[nodiscard]] bool isYoung() const;
  std::optional<double> judgeRun(double error, double arrived);
  [[nodiscard]] double medianOfRun() const;

  ClockFilter clock_;
  double usual_ = 0;
  double lastError_ = 0;
  double steppedAt_ = -1e18; // µs
  double brokeAt_ = -1e18;   // µs
  double bornAt_ = 0;        // s of the clock's age
  int side_ = 0;             // of the run: +1 late, -1 early
  int run_ = 0;              // packets on that side, less those that were not
  double runBegan_ = 0;
  std::array<double, 64> errors_{}; // of the run, the last ones
  std::size_t errorCount_ = 0;
};

} // namespace tutti::stream
