#include <Catch.hpp>
#include <algorithm>
#include <array>
#include <ctime>
#include <semaphore.h>
#include <thread>
#include <tutti/rt/Foreign.hpp>

using namespace tutti;

namespace {

std::int64_t kernelsRawMicros()
{
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_RAW, &now);
  return std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000;
}

} // namespace

TEST_CASE("The clock never runs backwards")
{
  auto last = rt::rawMonotonicMicros();
  std::int64_t backwards = 0;
  for (int i = 0; i < 200'000; ++i) {
    const auto now = rt::rawMonotonicMicros();
    if (now < last) ++backwards;
    last = now;
  }
  CHECK(backwards == 0);
}

TEST_CASE("The clock is the same on each thread")
{
  constexpr int kReads = 20'000;
  std::int64_t there = rt::rawMonotonicMicros();
  for (int i = 0; i < 20; ++i) {
    const auto before = rt::rawMonotonicMicros();
    REQUIRE(there <= before);
    std::thread{[&] {
      for (int read = 0; read < kReads; ++read) there = std::max(there, rt::rawMonotonicMicros());
    }}.join();
    REQUIRE(before <= there);
  }
}

TEST_CASE("The clock is the raw one, on which Link measures")
{
  for (int i = 0; i < 1000; ++i) {
    const auto before = kernelsRawMicros();
    const auto ours = rt::rawMonotonicMicros();
    const auto after = kernelsRawMicros();
    REQUIRE(before <= ours);
    REQUIRE(ours <= after);
  }
}

TEST_CASE("A thread knows how long it has computed, down to what no tick has seen")
{
  const auto before = rt::effortOfThisThread();
  const auto until = rt::rawMonotonicMicros() + 300;
  while (rt::rawMonotonicMicros() < until) {
  }
  const auto after = rt::effortOfThisThread();
  CHECK(after.computedMicros > before.computedMicros);
}

TEST_CASE("A thread knows that it has waited")
{
  sem_t never{};
  REQUIRE(sem_init(&never, 0, 0) == 0);
  const auto before = rt::effortOfThisThread();
  timespec soon{};
  clock_gettime(CLOCK_REALTIME, &soon);
  soon.tv_sec += soon.tv_nsec >= 999'000'000 ? 1 : 0;
  soon.tv_nsec = (soon.tv_nsec + 1'000'000) % 1'000'000'000;
  CHECK(sem_timedwait(&never, &soon) == -1);
  CHECK(rt::effortOfThisThread().waits > before.waits);
  sem_destroy(&never);
}

TEST_CASE("Posting adds one to a semaphore")
{
  sem_t semaphore{};
  REQUIRE(sem_init(&semaphore, 0, 0) == 0);
  for (int i = 0; i < 3; ++i) rt::postSemaphore(&semaphore);
  int count = 0;
  sem_getvalue(&semaphore, &count);
  CHECK(count == 3);
  sem_destroy(&semaphore);
}
