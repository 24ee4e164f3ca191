#include "Splice.hpp"

#include <Catch.hpp>
#include <SineFit.hpp>
#include <cmath>

using namespace tutti;
using namespace tutti::stream;

namespace {

constexpr double kCycle = 300; // frames

/// A sine on a shelf that was played up to `place()`.
struct Played {
  Shelf shelf{2, 16'384};
  Reading reading{2, audio::SampleRate::fromHertz(48'000), 4096};

  explicit Played(std::int64_t until = 8192)
  {
    for (std::int64_t first = 0; first < until; first += std::int64_t{Chunk::kFrames}) {
      Chunk chunk{.first = SampleTime{first}, .frames = Chunk::kFrames};
      for (std::size_t i = 0; i < Chunk::kFrames; ++i) {
        const auto turns = static_cast<double>(first + static_cast<std::int64_t>(i)) / kCycle;
        chunk.samples[0][i] = static_cast<float>(std::sin(test::radians(turns)));
        chunk.samples[1][i] = 0.5F * chunk.samples[0][i];
      }
      shelf.put(chunk);
    }
    reading.read(shelf, 2000);
  }
};

} // namespace

TEST_CASE("A sound goes on where its phase is the same")
{
  const Played played;
  for (const std::int64_t aim : {1500, 2700, 3333, 4000, 5001}) {
    CAPTURE(aim);
    const auto place = smoothestPlace(played.reading, played.shelf, aim, 160);
    CHECK(std::abs(place - aim) <= 160);
    const double cycles = static_cast<double>(place - played.shelf.place()) / kCycle;
    CHECK(std::abs(cycles - std::round(cycles)) * kCycle <= 1);
  }
}

TEST_CASE("Where not all is there to choose from, or no choice is given, it is taken as it comes")
{
  const Played played{4096};
  CHECK(smoothestPlace(played.reading, played.shelf, 4000, 288) == 4000);
  CHECK(smoothestPlace(played.reading, played.shelf, 2700, 0) == 2700);
}
