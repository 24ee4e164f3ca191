#include <Catch.hpp>
#include <chrono>
#include <optional>
#include <tutti/discovery/Alarm.hpp>
#include <vector>

using namespace std::chrono_literals;
using tutti::HostTime;
using tutti::discovery::Alarm;
using tutti::time::HostClock;

namespace {

/// Already there: it rings as soon as its context is asked.
const HostTime kThen = HostClock::now() - 1s;

} // namespace

TEST_CASE("an alarm rings once at its moment")
{
  asio::io_context context;
  int rings = 0;
  Alarm alarm{context, [&] { ++rings; }};

  context.poll();
  CHECK(rings == 0);
  context.restart();

  const auto due = HostClock::now() + 20ms;
  alarm.set(due);
  context.run();
  CHECK(rings == 1);
  CHECK(HostClock::now() >= due);
}

TEST_CASE("an alarm that is set again to its own moment rings once")
{
  asio::io_context context;
  int rings = 0;
  Alarm alarm{context, [&] { ++rings; }};
  alarm.set(kThen);
  alarm.set(kThen);
  context.run();
  CHECK(rings == 1);
}

TEST_CASE("an alarm may be set again while it rings, also to a moment that has passed")
{
  asio::io_context context;
  int rings = 0;
  std::optional<Alarm> alarm;
  alarm.emplace(context, [&] {
    if (++rings < 3) alarm->set(kThen);
  });
  alarm->set(kThen);
  context.run();
  CHECK(rings == 3);
}

TEST_CASE("an alarm that was taken away does not ring, even if that was on its way")
{
  asio::io_context context;
  std::vector<int> rung;
  std::optional<Alarm> first;
  std::optional<Alarm> second;

  SECTION("taken away")
  {
    first.emplace(context, [&] { rung.push_back(1), second->set({}); });
    second.emplace(context, [&] { rung.push_back(2), first->set({}); });
  }
  SECTION("gone itself")
  {
    first.emplace(context, [&] { rung.push_back(1), second.reset(); });
    second.emplace(context, [&] { rung.push_back(2), first.reset(); });
  }
  first->set(kThen);
  second->set(kThen);
  context.run();
  CHECK(rung.size() == 1);
}

TEST_CASE("an alarm that is set to a later moment rings at that only")
{
  asio::io_context context;
  std::vector<HostTime> rung;
  const auto later = HostClock::now() + 20ms;
  std::optional<Alarm> second;
  Alarm first{context, [&] { second->set(later); }};
  second.emplace(context, [&] { rung.push_back(HostClock::now()); });
  first.set(kThen);
  second->set(kThen + 1us); // both are on their way when the first one rings
  context.run();
  REQUIRE(rung.size() == 1);
  CHECK(rung.front() >= later);
}

TEST_CASE("an alarm may end while it rings")
{
  asio::io_context context;
  int rings = 0;
  std::optional<Alarm> alarm;
  alarm.emplace(context, [&] {
    alarm.reset();
    ++rings;
  });
  alarm->set(kThen);
  context.run();
  CHECK(rings == 1);
}
