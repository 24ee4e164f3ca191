#include <atomic>
#include <thread>
#include <tutti/rt/SharedWord.hpp>
#include <tutti/rt/Signal.hpp>

#include "Bench.hpp"

namespace tutti::bench {
namespace {

constexpr std::size_t kWakings = 5'000;
constexpr std::int64_t kAsleep = 50'000; // ns; long enough for the other thread to have gone to sleep

void measureSharedWord(Report& report)
{
  const rt::SharedWord word{0};
  report.distribution("rt.shared.wake.idle", "wakeSharedWord, nobody waits, mean of 100",
                      timed(20'000, 100, [&] { rt::wakeSharedWord(word); }));
}

void measureIdle(Report& report)
{
  rt::Signal signal;
  report.distribution("rt.signal.raise.idle", "nobody waits, mean of 100",
                      timed(20'000, 100, [&] { signal.raise(); }));
}

/// A thread that notes the moment of each waking.
class Sleeper {
public:
  Sleeper()
    : thread_{[this] { sleepAndWake(); }}
  {}
  ~Sleeper()
  {
    isOver_ = true;
    signal_.raise();
    thread_.join();
  }
  Sleeper(const Sleeper&) = delete;
  Sleeper& operator=(const Sleeper&) = delete;

  void raise() { signal_.raise(); }
  void letItSleep() const
  {
    const auto from = nanos();
    while (nanos() - from < kAsleep) continue;
  }
  /// The moment at which it awoke.
  std::int64_t awokeAt()
  {
    std::int64_t at = 0;
    while ((at = awoke_.exchange(0)) == 0) continue;
    return at;
  }

private:
  void sleepAndWake()
  {
    while (!isOver_) {
      signal_.wait();
      awoke_ = nanos();
    }
  }

  rt::Signal signal_;
  std::atomic<bool> isOver_ = false;
  std::atomic<std::int64_t> awoke_ = 0; // ns; 0: still asleep
  std::thread thread_;
};

void measureWaking(Report& report)
{
  Sleeper sleeper;
  std::vector<double> raises;
  std::vector<double> wakings;
  for (std::size_t i = 0; i < kWakings; ++i) {
    sleeper.letItSleep();
    const auto begin = nanos();
    sleeper.raise();
    const auto end = nanos();
    raises.push_back(static_cast<double>(end - begin));
    wakings.push_back(static_cast<double>(sleeper.awokeAt() - begin));
  }
  report.distribution("rt.signal.raise.waking", "somebody sleeps, single calls, the clock's reading included",
                      raises);
  report.distribution("rt.signal.wake", "from raise to the end of the other thread's wait", wakings);
}

const Registered kShared{"rt.shared", measureSharedWord};
const Registered kIdle{"rt.signal.raise.idle", measureIdle};
const Registered kWaking{"rt.signal", measureWaking};

} // namespace
} // namespace tutti::bench
