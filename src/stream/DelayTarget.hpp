#pragma once

#include <array>

#include <tutti/stream/Intent.hpp>

#include "LatenessHistogram.hpp"
#include "LatenessPeak.hpp"

namespace tutti::stream {

/// How long after their usual arrival packets wait, so that nearly all are there in time.
///
/// The larger of what the intent's share of packets exceeds and the largest lateness remembered, and a little
/// more. Never counted in blocks.
///
/// Threads: one at a time.
/// Units:   microseconds.
class DelayTarget {
public:
  static constexpr double kMargin = 100;

  void setIntent(Intent intent) { intent_ = intent; }
  void setLimits(double floor, double ceiling);

  /// A path that nobody knows yet gets a little more for the first seconds; or as much as the one before
  /// needed, which is given up as slowly.
  void begin(double now, double before = 0);

  /// `headroom` is what later ones are expected to exceed this one by.
  void add(double lateness, double headroom, double now);

  /// All is again what it was when `mark` was called: what came since was an accident.
  void mark() { marked_ = learnt_; }
  void takeBack() { learnt_ = marked_; }

  /// What only few do: counted once it is clear that the way itself did not change.
  void doubt(double lateness, double headroom, double now);
  void trustDoubted();
  /// The way has become longer by `step`, or shorter: what was doubted was usual.
  void stepped(double step, double now);

  [[nodiscard]] double at(double now) const;
  /// Of the memory: 1 at the usual intent, 2 at the safest.
  [[nodiscard]] double stretch() const { return 2 * intent_.value(); }
  [[nodiscard]] const LatenessHistogram& histogram() const { return learnt_.histogram; }

  /// As if the stream began now.
  void reset();

private:
  struct Learnt {
    LatenessHistogram histogram;
    LatenessPeak peak;
  };
  struct Doubted {
    double lateness = 0;
    double at = 0;
  };

  [[nodiscard]] double memory() const;
  [[nodiscard]] double share() const;

  Intent intent_;
  double began_ = 0;
  double caution_ = 0;
  double floor_ = 0;
  double ceiling_ = 150e3;
  Learnt learnt_;
  Learnt marked_;
  std::array<Doubted, 1024> doubted_{};
  std::size_t doubtedCount_ = 0;
  double doubtBegan_ = 0;
};

} // namespace tutti::stream
