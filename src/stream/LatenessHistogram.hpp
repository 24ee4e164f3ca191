#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace tutti::stream {

/// How late packets came, the older ones counting ever less.
///
/// Threads: one at a time.
/// Units:   microseconds relative to the usual arrival.
class LatenessHistogram {
public:
  LatenessHistogram();

  static constexpr double kBin = 50;
  static constexpr double kEarliest = -20e3;
  static constexpr double kLatest = 300e3;

  /// `memory` is after how many µs something counts 1/e.
  void add(double lateness, double now, double memory);

  /// What only this share of the packets exceeds, and more than one of them; 0 while there are none.
  [[nodiscard]] double exceededBy(double share) const;

  /// For the eye: shares in bins of 0.25 ms from -2 ms; the ends collect what lies beyond.
  static constexpr std::size_t kShown = 48;
  [[nodiscard]] std::array<float, kShown> shown() const;

  void reset();

private:
  void age(double now, double memory);

  std::vector<double> bins_;
  std::size_t end_ = 0; // of the bins that hold something: nearly all of them are beyond
  double total_ = 0;
  double weight_ = 1; // of the next packet: growing it is cheaper than shrinking all the others
  double last_ = 0;
};

} // namespace tutti::stream
