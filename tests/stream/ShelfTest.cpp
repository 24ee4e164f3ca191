#include "Shelf.hpp"

#include <Catch.hpp>

using namespace tutti;
using namespace tutti::stream;

namespace {

/// Each sample is its own frame number.
Chunk chunkAt(std::int64_t first, std::uint32_t frames = Chunk::kFrames)
{
  Chunk chunk{.first = SampleTime{first}, .frames = frames};
  for (std::size_t i = 0; i < frames; ++i)
    chunk.samples[0][i] = static_cast<float>(first + static_cast<std::int64_t>(i));
  return chunk;
}

} // namespace

TEST_CASE("What came is found at its place, also around the end of the store")
{
  Shelf shelf{1, 512};
  shelf.moveTo(1'000'300);
  CHECK(shelf.put(chunkAt(1'000'400)) == 64); // the store ends at 1'000'448
  CHECK(shelf.missingRun(1'000'300, 500) == 100);
  CHECK(shelf.presentRun(1'000'400, 500) == 64);
  std::vector<float> read(64);
  shelf.copy(0, 1'000'400, read);
  CHECK(read.front() == 1'000'400.0F);
  CHECK(read.back() == 1'000'463.0F);
}

TEST_CASE("What came twice counts once")
{
  Shelf shelf{1, 256};
  CHECK(shelf.put(chunkAt(0)) == 64);
  CHECK(shelf.put(chunkAt(32)) == 32);
  CHECK(shelf.put(chunkAt(0)) == 0);
}

TEST_CASE("What is out of reach is refused")
{
  Shelf shelf{1, 256};
  CHECK(shelf.put(chunkAt(shelf.reach())) == 0);
  CHECK(shelf.put(chunkAt(shelf.reach() - 10)) == 10);
  CHECK(shelf.put(chunkAt(-shelf.reach() - 64)) == 0);
}

TEST_CASE("Nothing old is ever taken for something new")
{
  Shelf shelf{1, 256};
  for (std::int64_t place = 0; place < 100'000; place += 50) {
    shelf.moveTo(place);
    if (place % 150 == 0) shelf.put(chunkAt(place));
    for (std::int64_t frame = place - 100; frame < place + 128; ++frame) {
      if (shelf.presentRun(frame, 1) == 0) continue;
      REQUIRE(shelf.at(0, frame) == static_cast<float>(frame));
    }
  }
}

TEST_CASE("After a leap forward or back nothing wrong is there")
{
  for (const std::int64_t leap : {200, -200, 100'000, -100'000}) {
    Shelf shelf{1, 256};
    shelf.put(chunkAt(0));
    shelf.moveTo(leap);
    for (std::int64_t frame = leap - 128; frame < leap + 128; ++frame) {
      const bool isThere = shelf.presentRun(frame, 1) == 1;
      CAPTURE(leap, frame);
      REQUIRE((!isThere || shelf.at(0, frame) == static_cast<float>(frame)));
    }
  }
}

TEST_CASE("A longer shelf takes over what is to be played next, and goes on from there")
{
  Shelf brief{1, 512};
  brief.moveTo(1'000'300);
  brief.put(chunkAt(1'000'300));
  brief.put(chunkAt(1'000'428));
  Shelf longer{1, 4096};
  longer.takeOver(brief, 150);
  CHECK(longer.place() == 1'000'300);
  CHECK(longer.presentRun(1'000'300, 500) == 64);
  CHECK(longer.missingRun(1'000'364, 500) == 64);
  CHECK(longer.presentRun(1'000'428, 500) == 22); // no more was asked for
  CHECK(longer.at(0, 1'000'449) == 1'000'449.0F);
}

TEST_CASE("Quiet is as far as everything is below the level, on all channels, and there")
{
  Shelf shelf{2, 256};
  Chunk chunk;
  chunk.frames = 64;
  shelf.put(chunk);
  CHECK(shelf.quietRun(0, 100, 0.01F) == 64);
  Shelf loud{2, 256};
  chunk.samples[1][20] = -0.02F;
  loud.put(chunk);
  CHECK(loud.quietRun(0, 100, 0.01F) == 20);
}
