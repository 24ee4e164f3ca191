#include "Splice.hpp"

#include <algorithm>

namespace tutti::stream {
namespace {

constexpr std::size_t kApart = 8;        // frames between those that are compared
constexpr std::int64_t kCandidates = 64; // on each side; then each frame around the best

constexpr auto kPast = static_cast<std::int64_t>(Reading::kPast);

double unlikeness(const Reading& reading, const Shelf& shelf, std::int64_t place) noexcept TUTTI_NONBLOCKING
{
  double sum = 0;
  for (std::size_t channel = 0; channel < reading.channels(); ++channel) {
    const auto played = reading.past(channel);
    for (std::size_t i = 0; i < played.size(); i += kApart) {
      const auto there = shelf.at(channel, place - kPast + static_cast<std::int64_t>(i));
      const auto difference = static_cast<double>(played[i] - there);
      sum += difference * difference;
    }
  }
  return sum;
}

} // namespace

std::int64_t smoothestPlace(const Reading& reading, const Shelf& shelf, std::int64_t aim,
                            std::int64_t within) noexcept TUTTI_NONBLOCKING
{
  const auto first = aim - within - kPast;
  const auto length = static_cast<std::size_t>(2 * within + kPast);
  if (within <= 0 || shelf.presentRun(first, length) < length) return aim;
  auto best = aim;
  double least = unlikeness(reading, shelf, aim);
  const auto look = [&](std::int64_t place) {
    const double now = unlikeness(reading, shelf, place);
    if (now >= least) return;
    least = now;
    best = place;
  };
  const auto coarse = std::max<std::int64_t>(1, within / kCandidates);
  for (auto away = coarse; away <= within; away += coarse) {
    look(aim - away);
    look(aim + away);
  }
  const auto middle = best;
  for (auto away = std::int64_t{1}; away < coarse; ++away)
    for (const auto place : {middle - away, middle + away})
      if (std::abs(place - aim) <= within) look(place);
  return best;
}

} // namespace tutti::stream
