#include "doctor/Clock.hpp"
#include "doctor/Processor.hpp"
#include "doctor/Realtime.hpp"
#include "doctor/ReceiveBuffer.hpp"

#include "Judged.hpp"

namespace tutti::app {

TEST_CASE("Realtime priority refused is told with the cure of this system")
{
  RealtimeFacts facts;
  facts.canLockMemory = true;
  facts.gotRealtime = facts.isMediaUrgent = true;
  CHECK(severities(judge(facts)) == Severities{kOk, kOk, kOk});

  facts.gotRealtime = false;
  facts.whyNot = "Operation not permitted";
  REQUIRE(severities(judge(facts)) == Severities{kNotice, kOk, kOk});
  CHECK(judge(facts)[0].what == "Realtime priority is refused (Operation not permitted; the limit is 0).");
  CHECK(judge(facts)[0].cure.find("95-audio.conf") != std::string::npos);

  facts.hasAudioGroup = true;
  CHECK(judge(facts)[0].cure == "sudo usermod -aG audio $USER, then log out and in again");

  facts.realtimeMicros = 0;
  CHECK(judge(facts)[0].cure == "sudo sysctl kernel.sched_rt_runtime_us=950000");

  facts.canLockMemory = false;
  facts.memoryLimitBytes = 8 * 1024 * 1024;
  REQUIRE(severities(judge(facts)) == Severities{kNotice, kOk, kNotice});
  CHECK(judge(facts)[2].what == "Only 8 MB of memory may be kept from being swapped out.");
}

TEST_CASE("A media thread that may not go first is told apart from the audio thread, with the cure")
{
  RealtimeFacts facts;
  facts.gotRealtime = facts.canLockMemory = facts.hasAudioGroup = true;
  REQUIRE(severities(judge(facts)) == Severities{kOk, kNotice, kOk});
  CHECK(judge(facts)[1].what == "Packets of sound wait behind other work on this machine.");
  CHECK(judge(facts)[1].cure == "sudo usermod -aG audio $USER, then log out and in again");
}

TEST_CASE("A receive buffer that was cut down is told with the line that mends it")
{
  const std::size_t wanted = 4 << 20;
  CHECK(severities(judge(ReceiveBufferFacts{wanted, wanted})) == Severities{kOk});
  const auto findings = judge(ReceiveBufferFacts{wanted, 212'992 * 2, 212'992});
  REQUIRE(severities(findings) == Severities{kNotice});
  CHECK(findings[0].what == "The system keeps up to 416 kB of packets for us.");
  CHECK(findings[0].cure.find("net.core.rmem_max=4194304") != std::string::npos);
  CHECK(severities(judge(ReceiveBufferFacts{wanted, 0})) == Severities{kProblem});
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
  const auto buffer = probeReceiveBuffer();
  CHECK(buffer.gotBytes > 0);
  CHECK((buffer.gotBytes >= buffer.wantedBytes || buffer.mostBytes));
}

} // namespace tutti::app
