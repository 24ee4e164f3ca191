#include <algorithm>
#include <ctime>
#include <pthread.h>
#include <sched.h>

#include "Standstill.hpp"

namespace tutti::test {

using namespace std::chrono_literals;

void stayOn(unsigned processor)
{
  cpu_set_t only;
  CPU_ZERO(&only);
  CPU_SET(processor, &only);
  pthread_setaffinity_np(pthread_self(), sizeof only, &only);
}

Standstill::Standstill(unsigned processor)
  : thread_{[this, processor] { watch(processor); }}
{}

void Standstill::end()
{
  isOver_ = true;
  if (thread_.joinable()) thread_.join();
}

bool Standstill::touches(HostTime from, HostTime to) const
{
  const auto next = std::ranges::lower_bound(spans_, from, {}, &Span::to);
  return next != spans_.end() && next->from <= to;
}

void Standstill::watch(unsigned processor)
{
  constexpr auto kNap = 200us;
  constexpr auto kLate = 100us; // no sharp thread wakes up so late by itself
  sched_param wish{};
  wish.sched_priority = sched_get_priority_max(SCHED_FIFO);
  isSharp_ = pthread_setschedparam(pthread_self(), SCHED_FIFO, &wish) == 0;
  stayOn(processor);
  for (auto before = time::HostClock::now(); !isOver_;) {
    const timespec nap{0, std::chrono::nanoseconds{kNap}.count()};
    nanosleep(&nap, nullptr);
    const auto woken = time::HostClock::now();
    if (woken - before > kNap + kLate) spans_.push_back({before + kNap, woken});
    before = woken;
  }
}

} // namespace tutti::test
