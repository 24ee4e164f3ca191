#include <tutti/audio/LoadMeter.hpp>

namespace tutti::audio {

void LoadMeter::record(const Spent& spent, Micros period) noexcept TUTTI_NONBLOCKING
{
  if (period.count() <= 0) return;
  shares_.record(static_cast<double>(spent.passed.count()) / static_cast<double>(period.count()));
  if (spent.passed <= period) return;
  const bool isOurs = spent.computed > period || spent.hasWaited;
  (isOurs ? overruns_ : heldUp_).fetch_add(1, std::memory_order_relaxed);
}

void LoadMeter::clear() noexcept
{
  shares_.clear();
  overruns_.store(0, std::memory_order_relaxed);
  heldUp_.store(0, std::memory_order_relaxed);
}

} // namespace tutti::audio
