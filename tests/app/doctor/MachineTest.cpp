#include "doctor/Clock.hpp"
#include "doctor/Processor.hpp"
#include "doctor/Realtime.hpp"

#include "Judged.hpp"

namespace tutti::app {

TEST_CASE("Realtime priority refused is told with the cure of this system")
{
  RealtimeFacts facts;
  facts.canLockMemory = true;
  facts.gotRealtime = true;
  CHECK(severities(judge(facts)) == Severities{kOk, kOk});

  facts.gotRealtime = false;
  facts.whyNot = "Operation not permitted";
  REQUIRE(severities(judge(facts)) == Severities{kNotice, kOk});
  CHECK(judge(facts)[0].what == "Realtime priority is refused (Operation not permitted; the limit is 0).");
  CHECK(judge(facts)[0].cure.find("95-audio.conf") != std::string::npos);

  facts.hasAudioGroup = true;
  CHECK(judge(facts)[0].cure == "sudo usermod -aG audio $USER, then log out and in again");

  facts.realtimeMicros = 0;
  CHECK(judge(facts)[0].cure == "sudo sysctl kernel.sched_rt_runtime_us=950000");

  facts.canLockMemory = false;
  facts.memoryLimitBytes = 8 * 1024 * 1024;
  REQUIRE(severities(judge(facts)) == Severities{kNotice, kNotice});
  CHECK(judge(facts)[1].what == "Only 8 MB of memory may be kept from being swapped out.");
}

TEST_CASE("A fine and cheap clock is well")
{
  CHECK(severities(judge(ClockFacts{1, 20, 24, "tsc"})) == Severities{kOk, kOk});
}

TEST_CASE("A coarse clock makes a loose beat, a useless one none")
{
  CHECK(severities(judge(ClockFacts{1, 2'500, 24, "tsc"})) == Severities{kNotice, kOk});
  CHECK(severities(judge(ClockFacts{4'000'000, 4'000'000, 24, "jiffies"})) == Severities{kProblem, kNotice});
  CHECK(severities(judge(ClockFacts{1, 0, 24, "tsc"})) == Severities{kProblem, kOk});
}

TEST_CASE("A clock that is slow to read is told")
{
  CHECK(severities(judge(ClockFacts{1, 100, 1'200, "hpet"})) == Severities{kOk, kNotice});
  CHECK(severities(judge(ClockFacts{1, 100, 900, ""})) == Severities{kOk, kNotice});
}

TEST_CASE("A processor that is free to slow down is told")
{
  CHECK(severities(judge(ProcessorFacts{})) == Severities{kOk});
  CHECK(severities(judge(ProcessorFacts{{"performance"}})) == Severities{kOk});
  CHECK(severities(judge(ProcessorFacts{{"performance", "powersave"}})) == Severities{kNotice});
}

TEST_CASE("This machine can be asked for its clock, its priorities and its processor")
{
  const auto clock = probeClock();
  CHECK(clock.resolutionNanos > 0);
  CHECK(clock.smallestStepNanos > 0);
  CHECK(clock.readNanos > 0);
  const auto realtime = probeRealtime();
  CHECK(realtime.gotRealtime == realtime.whyNot.empty());
  CHECK_FALSE(judge(probeProcessor()).empty());
}

} // namespace tutti::app
