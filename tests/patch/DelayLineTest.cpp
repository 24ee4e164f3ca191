#include "DelayLine.hpp"

#include <Catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

using namespace tutti;
using patch::DelayLine;

namespace {

/// What comes out while 1, 2, 3 … go in.
std::vector<float> counted(const std::vector<std::size_t>& blocks)
{
  DelayLine line;
  float next = 1;
  std::vector<float> out;
  for (const auto frames : blocks) {
    std::vector<float> block(frames);
    line.recall(block);
    out.insert(out.end(), block.begin(), block.end());
    std::iota(block.begin(), block.end(), next);
    for (auto& sample : block) sample /= 10'000; // full scale is not what this is about
    line.remember(block);
    next += static_cast<float>(frames);
  }
  for (auto& sample : out) sample = std::round(sample * 10'000);
  return out;
}

} // namespace

TEST_CASE("What goes in comes out one block later")
{
  const auto out = counted({64, 64, 64});
  for (std::size_t i = 0; i < out.size(); ++i) CHECK(out[i] == (i < 64 ? 0.0F : static_cast<float>(i - 63)));
}

TEST_CASE("The short last piece of a long period does not tear the sound")
{
  const auto out = counted({2048, 2048, 904, 2048, 2048, 904});
  for (std::size_t i = 0; i < out.size(); ++i)
    CHECK(out[i] == (i < 2048 ? 0.0F : static_cast<float>(i - 2047)));
}

TEST_CASE("Blocks that have become shorter for good delay less")
{
  std::vector<std::size_t> blocks(100, 64);
  blocks.front() = 1024;
  const auto out = counted(blocks);
  CHECK(out.back() == static_cast<float>(out.size() - 64));
}

TEST_CASE("What turns in a cycle stays a number, stays within bounds, and ends")
{
  DelayLine line;
  std::vector<float> block{std::numeric_limits<float>::quiet_NaN(),
                           std::numeric_limits<float>::infinity(),
                           -std::numeric_limits<float>::infinity(),
                           1e30F,
                           1e-12F,
                           -0.5F};
  std::vector<float> out(block.size());
  line.recall(out);
  line.remember(block);
  line.recall(out);
  CHECK(out == std::vector<float>{0, 16, -16, 16, 0, -0.5F});
}
