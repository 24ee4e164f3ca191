#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <tutti/rt/Nonblocking.hpp>

namespace tutti::time {

/// The straight line through the last `Window` points, by least squares.
///
/// Sums are kept as exact integers relative to a nearby centre, so that adding a point and dropping the
/// oldest one costs the same for ever and never drifts (spec link 9, hazard 7). A point more than
/// `kElsewhere` away from the others cannot be of their line: it starts a new one.
///
/// Threads: one at a time, also *audio*.
template <std::size_t Window> class SlidingRegression {
public:
  /// Half a year in microseconds; three years of samples at 192 kHz.
  static constexpr std::int64_t kElsewhere = std::int64_t{1} << 44U;

  void add(std::int64_t x, std::int64_t y) noexcept TUTTI_NONBLOCKING
  {
    if (isApart(x, y, kElsewhere)) reset();
    if (count_ == 0) centreOn(x, y);
    if (isApart(x, y, kFar)) moveCentreTo(x, y);
    if (count_ == Window) remove(points_[next_]);
    points_[next_] = {x, y};
    include(points_[next_], 1);
    next_ = (next_ + 1) % Window;
    if (count_ < Window) ++count_;
  }

  void reset() noexcept TUTTI_NONBLOCKING
  {
    count_ = 0;
    next_ = 0;
    sumX_ = sumY_ = sumXX_ = sumXY_ = 0;
  }

  [[nodiscard]] std::size_t count() const noexcept TUTTI_NONBLOCKING { return count_; }

  /// 0 while all points share one x.
  [[nodiscard]] double slope() const noexcept TUTTI_NONBLOCKING
  {
    const auto n = static_cast<Wide>(count_);
    const auto denominator = n * sumXX_ - sumX_ * sumX_;
    if (denominator == 0) return 0.0;
    return static_cast<double>(n * sumXY_ - sumX_ * sumY_) / static_cast<double>(denominator);
  }

  /// The line's value at `x`; 0 without points.
  [[nodiscard]] double at(std::int64_t x) const noexcept TUTTI_NONBLOCKING
  {
    if (count_ == 0) return 0.0;
    const auto n = static_cast<double>(count_);
    const auto meanX = static_cast<double>(sumX_) / n;
    const auto meanY = static_cast<double>(sumY_) / n;
    const auto offset = meanY + slope() * (static_cast<double>(Wide{x} - centreX_) - meanX);
    return static_cast<double>(centreY_) + offset;
  }

private:
  __extension__ using Wide = __int128;
  struct Point {
    std::int64_t x = 0;
    std::int64_t y = 0;
  };
  static constexpr std::int64_t kFar = std::int64_t{1} << 40U;
  // No two points are further apart than Window steps of (kElsewhere + kFar) < 2^45 each. Window² squares of
  // that, as the denominator of the slope adds them up, must fit into 127 bits.
  static_assert(Window <= 512);

  bool isApart(std::int64_t x, std::int64_t y, std::int64_t limit) const noexcept TUTTI_NONBLOCKING
  {
    const auto dx = Wide{x} - centreX_;
    const auto dy = Wide{y} - centreY_;
    return dx > limit || dx < -limit || dy > limit || dy < -limit;
  }

  void centreOn(std::int64_t x, std::int64_t y) noexcept TUTTI_NONBLOCKING
  {
    centreX_ = x;
    centreY_ = y;
  }

  void moveCentreTo(std::int64_t x, std::int64_t y) noexcept TUTTI_NONBLOCKING
  {
    const auto dx = Wide{x} - centreX_;
    const auto dy = Wide{y} - centreY_;
    const auto n = static_cast<Wide>(count_);
    sumXY_ += -dx * sumY_ - dy * sumX_ + n * dx * dy;
    sumXX_ += -2 * dx * sumX_ + n * dx * dx;
    sumX_ -= n * dx;
    sumY_ -= n * dy;
    centreOn(x, y);
  }

  void include(const Point& point, int sign) noexcept TUTTI_NONBLOCKING
  {
    const auto x = Wide{point.x} - centreX_;
    const auto y = Wide{point.y} - centreY_;
    sumX_ += sign * x;
    sumY_ += sign * y;
    sumXX_ += sign * x * x;
    sumXY_ += sign * x * y;
  }

  void remove(const Point& point) noexcept TUTTI_NONBLOCKING { include(point, -1); }

  std::array<Point, Window> points_{};
  std::size_t count_ = 0;
  std::size_t next_ = 0;
  std::int64_t centreX_ = 0;
  std::int64_t centreY_ = 0;
  Wide sumX_ = 0;
  Wide sumY_ = 0;
  Wide sumXX_ = 0;
  Wide sumXY_ = 0;
};

} // namespace tutti::time
