#include "Catch.hpp"

#include "EarliestWake.hpp"

using recorder::EarliestWake;

namespace {

constexpr double kRate = 48'000;
constexpr std::uint32_t kFrames = 128;
constexpr double kPeriod = 1e6 * kFrames / kRate; // µs

} // namespace

TEST_CASE("one punctual wake tells when all blocks near it began")
{
  EarliestWake wakes{kRate};
  wakes.begin(1000 + 300, kFrames);
  CHECK(wakes.begin(1000 + kPeriod, kFrames) == Approx(1000 + kPeriod).margin(1e-6));
  for (int i = 2; i < 250; ++i) {
    const auto late = 10.0 * (i % 7);
    CHECK(wakes.begin(1000 + kPeriod * i + late, kFrames) == Approx(1000 + kPeriod * i).margin(1e-6));
  }
}

TEST_CASE("after lost blocks the schedule is found anew")
{
  EarliestWake wakes{kRate};
  for (int i = 0; i < 10; ++i) wakes.begin(kPeriod * i, kFrames);
  wakes.forget();
  CHECK(wakes.begin(50'000, kFrames) == Approx(50'000).margin(1e-6));
}

TEST_CASE("a driver whose clock runs slow is followed")
{
  EarliestWake wakes{kRate};
  constexpr auto kSlow = 1 + 100e-6;
  for (int i = 0; i < 2000; ++i) wakes.begin(kPeriod * kSlow * i, kFrames);
  CHECK(wakes.begin(kPeriod * kSlow * 2000, kFrames) == Approx(kPeriod * kSlow * 2000).margin(100));
}
