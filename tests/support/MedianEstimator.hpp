#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include <tutti/time/HostClock.hpp>

namespace tutti::test {

/// The reference's way of finding the distance between two clocks: the median of two samples a round trip.
/// Here only to compare ours with. Spec: link 3.3.
class MedianEstimator {
public:
  static constexpr std::size_t kEnough = 100; // more than

  /// `previous` is zero for a first ping. True: there are enough samples.
  bool add(HostTime pingSentAt, SessionTime answeredAt, SessionTime previous, HostTime pongCameAt)
  {
    const auto sent = static_cast<double>(microsOf(pingSentAt));
    const auto came = static_cast<double>(microsOf(pongCameAt));
    const auto answered = static_cast<double>(microsOf(answeredAt));
    if (answered != 0 && sent != 0) {
      samples_.push_back(answered - (came + sent) / 2);
      if (previous != SessionTime{})
        samples_.push_back((answered + static_cast<double>(microsOf(previous))) / 2 - sent);
    }
    return samples_.size() > kEnough;
  }

  [[nodiscard]] const std::vector<double>& samples() const { return samples_; }
  [[nodiscard]] double median() const { return medianOf(samples_); }
  [[nodiscard]] Micros intercept() const { return Micros{std::llround(median())}; }

  static double medianOf(std::vector<double> values)
  {
    std::ranges::sort(values);
    const auto middle = values.size() / 2;
    return values.size() % 2 != 0 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

private:
  std::vector<double> samples_;
};

} // namespace tutti::test
