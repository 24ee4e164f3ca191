#include <Catch.hpp>
#include <Dice.hpp>
#include <tutti/time/ShiftDetector.hpp>

using namespace tutti;
using time::ShiftDetector;
using Verdict = ShiftDetector::Verdict;

namespace {

/// A device that the detector has known for a while.
ShiftDetector familiar(double usualError)
{
  ShiftDetector detector;
  for (int i = 0; i < 1000; ++i) detector.judge(i % 2 == 0 ? usualError : -usualError);
  return detector;
}

int blocksUntilShift(ShiftDetector& detector, double error, int atMost)
{
  for (int block = 1; block <= atMost; ++block) {
    if (detector.judge(error) == Verdict::shifted) return block;
  }
  return 0;
}

} // namespace

TEST_CASE("A steady offset to one side is a shift after eight blocks")
{
  for (const auto shift : {400.0, -400.0, 1'333.0, -5'000.0, 490'000.0}) {
    CAPTURE(shift);
    auto detector = familiar(20);
    CHECK(blocksUntilShift(detector, shift, 100) == 8);
  }
}

TEST_CASE("What is as far as usual is no shift, however long it lasts")
{
  auto detector = familiar(200);
  CHECK(blocksUntilShift(detector, 550, 10'000) == 0);
  CHECK(detector.judge(550) == Verdict::usual);
}

TEST_CASE("A single late block is a stray")
{
  auto detector = familiar(20);
  CHECK(detector.judge(20'000) == Verdict::stray);
  CHECK(detector.judge(10) == Verdict::usual);
}

TEST_CASE("Blocks that catch up after a late one are no shift")
{
  auto detector = familiar(20);
  constexpr double kBlock = 1'333;
  for (double late = 40'000; late > 400; late -= kBlock) CHECK(detector.judge(late) != Verdict::shifted);
  CHECK(detector.judge(50) == Verdict::usual);
}

TEST_CASE("Errors to either side in turn are no shift")
{
  auto detector = familiar(20);
  for (int i = 0; i < 100; ++i) {
    REQUIRE(detector.judge(10'000) != Verdict::shifted);
    REQUIRE(detector.judge(-10'000) != Verdict::shifted);
  }
}

TEST_CASE("An offset that grows is a shift: the rate has changed")
{
  auto detector = familiar(20);
  double error = 0;
  int blocks = 0;
  auto verdict = Verdict::usual;
  while (verdict != Verdict::shifted && ++blocks < 100) verdict = detector.judge(error += 117);
  CHECK(blocks < 16);
}

TEST_CASE("After a new start eight more are needed")
{
  auto detector = familiar(20);
  for (int i = 0; i < 7; ++i) CHECK(detector.judge(5'000) == Verdict::stray);
  detector.startAfresh();
  for (int i = 0; i < 7; ++i) CHECK(detector.judge(5'000) == Verdict::stray);
  CHECK(detector.judge(5'000) == Verdict::shifted);
}
