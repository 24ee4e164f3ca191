#include <Catch.hpp>
#include <numeric>

#include "DelayTarget.hpp"
#include "Leniency.hpp"

using namespace tutti;
using namespace tutti::stream;

namespace {

constexpr double kPacket = 1333.3; // µs
constexpr double kSecond = 1e6;

/// Packets on time, from one moment to another.
void punctual(DelayTarget& target, double from, double to)
{
  for (double now = from; now < to; now += kPacket) target.add(0, 0, now);
}

} // namespace

TEST_CASE("What a share of packets exceeds is found among those that came")
{
  LatenessHistogram histogram;
  for (int i = 0; i < 1000; ++i) histogram.add(i * 10.0, i, 60 * kSecond);
  CHECK(histogram.exceededBy(0.1) == Approx(9000).margin(LatenessHistogram::kBin));
  CHECK(histogram.exceededBy(0) == Approx(10'000).margin(LatenessHistogram::kBin));
}

TEST_CASE("Older packets count ever less")
{
  LatenessHistogram histogram;
  for (int i = 0; i < 1000; ++i) histogram.add(5000, 0, kSecond);
  for (int i = 0; i < 100; ++i) histogram.add(0, 5 * kSecond, kSecond);
  CHECK(histogram.exceededBy(0.1) == Approx(LatenessHistogram::kBin)); // 1000 / e^5 is 7
}

TEST_CASE("A histogram forgets for hours without losing count")
{
  LatenessHistogram histogram;
  for (double now = 0; now < 3 * 3600 * kSecond; now += kSecond) histogram.add(300, now, 60 * kSecond);
  CHECK(histogram.exceededBy(1e-4) == Approx(350));
  const auto shown = histogram.shown();
  CHECK(std::accumulate(shown.begin(), shown.end(), 0.0) == Approx(1));
}

TEST_CASE("The extremes of lateness fall into the ends")
{
  LatenessHistogram histogram;
  for (const double odd : {1e300, 1e300, -1e300, std::nan("")}) histogram.add(odd, 1, kSecond);
  CHECK(histogram.exceededBy(0) == Approx(LatenessHistogram::kLatest));
}

TEST_CASE("On a punctual path packets wait for the margin alone")
{
  DelayTarget target;
  punctual(target, 0, 30 * kSecond);
  CHECK(target.at(30 * kSecond) <= DelayTarget::kMargin + LatenessHistogram::kBin);
}

TEST_CASE("After a late packet the wait is longer at once, whole for 20 seconds, and forgotten after 60")
{
  DelayTarget target;
  punctual(target, 0, 10 * kSecond);
  target.add(8000, 0, 10 * kSecond);
  CHECK(target.at(10 * kSecond) == Approx(8000 + DelayTarget::kMargin).margin(LatenessHistogram::kBin));
  punctual(target, 10 * kSecond, 30 * kSecond);
  CHECK(target.at(30 * kSecond) == Approx(8000 + DelayTarget::kMargin).margin(LatenessHistogram::kBin));
  punctual(target, 30 * kSecond, 51 * kSecond);
  CHECK(target.at(51 * kSecond) == Approx(4000).margin(300));
  punctual(target, 51 * kSecond, 72 * kSecond);
  CHECK(target.at(72 * kSecond) <= DelayTarget::kMargin + LatenessHistogram::kBin);
}

TEST_CASE("Towards low delay a late packet is not waited for, towards safe it is remembered twice as long")
{
  for (const auto& [intent, after] : {std::pair{0.0, 150.0}, {1.0, 8100.0}}) {
    DelayTarget target;
    target.setIntent(Intent::of(intent));
    punctual(target, 0, 10 * kSecond);
    target.add(8000, 0, 10 * kSecond);
    punctual(target, 10 * kSecond, 49 * kSecond);
    CAPTURE(intent);
    CHECK(target.at(49 * kSecond) == Approx(after).margin(LatenessHistogram::kBin));
  }
}

TEST_CASE("The control in between: the safer, the longer the wait")
{
  double last = -1;
  for (double intent = 0; intent <= 1; intent += 0.125) {
    DelayTarget target;
    target.setIntent(Intent::of(intent));
    for (int i = 0; i < 100'000; ++i) target.add((i * 7919) % 10'000, 0, 10 * kSecond);
    const double wait = target.at(40 * kSecond);
    CHECK(wait >= last);
    last = wait;
  }
}

TEST_CASE("One short accident a minute is forgiven at the usual intent, one in four minutes at the safest")
{
  for (const auto& [stretch, minutes] : {std::pair{1.0, 1.0}, {2.0, 4.0}}) {
    Leniency leniency;
    const double excess = Leniency::kShort - 1;
    CAPTURE(stretch);
    CHECK(leniency.forgives(excess, kSecond, stretch));
    CHECK(leniency.forgives(excess, kSecond + kPacket, stretch)); // the same one
    CHECK_FALSE(leniency.forgives(excess, 2 * kSecond, stretch));
    CHECK(leniency.forgives(excess, kSecond + minutes * 60 * kSecond, stretch));
  }
}

TEST_CASE("What is much too late is no accident, unless a device lost frames at that moment")
{
  Leniency leniency;
  CHECK_FALSE(leniency.forgives(30e3, kSecond, 1));
  leniency.broke(kSecond);
  CHECK(leniency.forgives(30e3, kSecond + kPacket, 1));
  CHECK_FALSE(leniency.forgives(30e3, kSecond + 2 * Leniency::kBesideBreak, 1));
}

TEST_CASE("A late burst that a lost block of the device explains is taken back")
{
  DelayTarget target;
  punctual(target, 0, 10 * kSecond);
  target.mark();
  target.add(8000, 0, 10 * kSecond);
  target.takeBack();
  CHECK(target.at(10 * kSecond) <= DelayTarget::kMargin + LatenessHistogram::kBin);
}

TEST_CASE("Lateness that turns out to be a longer way is taken back")
{
  DelayTarget target;
  punctual(target, 0, 10 * kSecond);
  for (double now = 10 * kSecond; now < 10.15 * kSecond; now += kPacket) target.doubt(30e3, 0, now);
  CHECK(target.at(10.15 * kSecond) > 30e3);
  target.stepped(30e3, 10.15 * kSecond);
  CHECK(target.at(10.15 * kSecond) <= DelayTarget::kMargin + LatenessHistogram::kBin);
}

TEST_CASE("The wait stays between its limits")
{
  DelayTarget target;
  target.setLimits(2000, 20e3);
  punctual(target, 0, 10 * kSecond);
  CHECK(target.at(10 * kSecond) == Approx(2000));
  target.add(90e3, 0, 10 * kSecond);
  CHECK(target.at(10 * kSecond) == Approx(20e3));
}

TEST_CASE("A path that nobody knows gets a little more for five seconds")
{
  DelayTarget target;
  target.begin(0);
  CHECK(target.at(0) == Approx(700));
  CHECK(target.at(5 * kSecond) == Approx(DelayTarget::kMargin));
}
