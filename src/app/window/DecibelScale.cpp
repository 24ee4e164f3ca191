#include "DecibelScale.hpp"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace tutti::app {

namespace {

struct Point {
  double decibels, position;
};

/// Straight lines between these; six decibels near the top are as far as a thumb moves without looking.
constexpr std::array<Point, 9> kPoints{{{DecibelScale::kLowest, 0.03},
                                        {-48, 0.09},
                                        {-36, 0.19},
                                        {-24, 0.34},
                                        {-18, 0.44},
                                        {-12, 0.55},
                                        {-6, 0.67},
                                        {0, 0.80},
                                        {DecibelScale::kHighest, 1}}};

double between(double value, double from, double to, double first, double last)
{
  return first + (value - from) / (to - from) * (last - first);
}

} // namespace

QList<double> DecibelScale::marks() const
{
  return {10, 5, 0, -6, -12, -18, -24, -36, -48};
}

double DecibelScale::position(double decibels)
{
  if (!(decibels >= kLowest)) return 0;
  for (std::size_t i = 1; i < kPoints.size(); ++i) {
    const auto& [from, low] = kPoints[i - 1];
    const auto& [to, high] = kPoints[i];
    if (decibels <= to) return between(decibels, from, to, low, high);
  }
  return 1;
}

double DecibelScale::decibels(double position)
{
  if (!(position >= kPoints.front().position)) return -std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < kPoints.size(); ++i) {
    const auto& [from, low] = kPoints[i - 1];
    const auto& [to, high] = kPoints[i];
    if (position <= high) return between(position, low, high, from, to);
  }
  return kHighest;
}

double DecibelScale::tidy(double decibels)
{
  if (!(decibels >= kLowest)) return -std::numeric_limits<double>::infinity();
  return std::round(std::min(decibels, kHighest) * 10) / 10 + 0.0; // no negative zero
}

QString DecibelScale::text(double decibels)
{
  if (std::isinf(decibels)) return QStringLiteral("−∞");
  const auto tenths = std::round(decibels * 10) / 10;
  auto figure = QLocale{}.toString(std::abs(tenths), 'f', 1);
  if (tenths == 0) return figure;
  return (tenths < 0 ? QStringLiteral("−") : QStringLiteral("+")) + figure;
}

} // namespace tutti::app
