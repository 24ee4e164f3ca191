#include "LatenessPeak.hpp"

#include <algorithm>
#include <cmath>

namespace tutti::stream {
namespace {

std::int64_t slotNumber(double now, double slot)
{
  return static_cast<std::int64_t>(std::floor(now / slot));
}

} // namespace

void LatenessPeak::add(double lateness, double now)
{
  const auto number = slotNumber(now, kSlot);
  auto& slot = slots_[static_cast<std::size_t>(number) % kSlots];
  if (slot.number != number) slot = {number, 0};
  slot.largest = std::max(slot.largest, lateness);
}

double LatenessPeak::at(double now, double scale) const
{
  if (scale <= 0) return 0;
  double largest = 0;
  for (const auto& slot : slots_) {
    const double age = std::max(0.0, now - static_cast<double>(slot.number + 1) * kSlot);
    if (slot.number < 0 || slot.largest <= largest) continue;
    const double left = 1 - (age / (scale * kMemory) - 1.0 / 3) * 1.5; // 1 at a third, 0 at the end
    largest = std::max(largest, slot.largest * std::clamp(left, 0.0, 1.0));
  }
  return largest;
}

void LatenessPeak::forgive(double step, double began, double now)
{
  for (auto number = slotNumber(began, kSlot); number <= slotNumber(now, kSlot); ++number) {
    auto& slot = slots_[static_cast<std::size_t>(number) % kSlots];
    if (slot.number == number) slot.largest = std::max(0.0, slot.largest - step);
  }
}

} // namespace tutti::stream
