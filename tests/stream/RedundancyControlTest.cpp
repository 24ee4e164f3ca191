#include <Catch.hpp>
#include <tutti/stream/RedundancyControl.hpp>

using namespace tutti;
using namespace std::chrono_literals;
using stream::RedundancyControl;

namespace {

/// A receiver that reports once a second on 750 packets.
struct Receiver {
  RedundancyControl& control;
  std::uint32_t ssrc = 1;
  net::RtcpReportBlock block{.highestSequence = 1000};

  void report(HostTime now, std::int32_t lost)
  {
    block.highestSequence += 750;
    block.cumulativeLost += lost;
    control.reported(ssrc, block, now);
  }
};

constexpr HostTime kStart = hostTime(1'000'000);

} // namespace

TEST_CASE("Nothing is said twice before a loss is reported")
{
  RedundancyControl control;
  CHECK(control.earlierFrames(kStart) == 0);
  Receiver anna{control};
  for (int second = 0; second < 60; ++second) anna.report(kStart + second * 1s, 0);
  CHECK(control.earlierFrames(kStart + 60s) == 0);
}

TEST_CASE("One packet in a second brings one earlier frame, many bring two; half a minute later they go")
{
  for (const auto& [lost, frames] : {std::pair{1, 1U}, {30, 2U}}) {
    RedundancyControl control;
    Receiver anna{control};
    anna.report(kStart, 0);
    anna.report(kStart + 1s, lost);
    CAPTURE(lost);
    CHECK(control.earlierFrames(kStart + 1s) == frames);
    CHECK(control.earlierFrames(kStart + 30s) == frames);
    CHECK(control.earlierFrames(kStart + 32s) == 0);
  }
}

TEST_CASE("Where packets come in disorder one loss in a hundred brings two earlier frames")
{
  RedundancyControl control;
  Receiver anna{control};
  anna.block.jitter = 160; // frames: 10 ± 5 ms
  anna.report(kStart, 0);
  CHECK(control.earlierFrames(kStart) == 0);
  anna.report(kStart + 1s, 7);
  CHECK(control.earlierFrames(kStart + 1s) == 2);
}

TEST_CASE("What was lost before the first report is not held against the path")
{
  RedundancyControl control;
  Receiver anna{control};
  anna.report(kStart, 500);
  CHECK(control.earlierFrames(kStart) == 0);
}

TEST_CASE("The worst path decides")
{
  RedundancyControl control;
  Receiver anna{control, 1};
  Receiver ben{control, 2};
  anna.report(kStart, 0);
  ben.report(kStart, 0);
  ben.report(kStart + 1s, 50);
  anna.report(kStart + 1s, 0);
  CHECK(control.earlierFrames(kStart + 1s) == 2);
}

TEST_CASE("More receivers than there is room for push out the one not heard of longest")
{
  RedundancyControl control;
  for (std::uint32_t ssrc = 1; ssrc <= 200; ++ssrc) {
    Receiver one{control, ssrc};
    one.report(kStart + ssrc * 1ms, 0);
    one.report(kStart + ssrc * 1ms, 100);
  }
  CHECK(control.earlierFrames(kStart + 1s) == 2);
  CHECK(control.earlierFrames(kStart + 31s) == 0);
}
