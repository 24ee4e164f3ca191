#include "Callback.hpp"

#include <Catch.hpp>
#include <algorithm>
#include <vector>

using namespace tutti;
using namespace tutti::audio;

namespace {

constexpr auto k48 = SampleRate::fromHertz(48'000);

/// Notes the blocks, and plays its input an octave of loudness up.
class Listener final : public Processor {
public:
  struct Seen {
    std::size_t frames;
    std::size_t inputs;
    std::size_t outputs;
    SampleTime first;
    HostTime captured;
    HostTime audible;
    bool wasSilent;
  };

  void process(const Block& block) noexcept TUTTI_NONBLOCKING override
  {
    bool wasSilent = true;
    for (const auto& output : block.outputs)
      wasSilent = wasSilent && std::all_of(output.begin(), output.end(), [](float s) { return s == 0.0F; });
    if (count < seen.size())
      seen[count++] = {block.frames, block.inputs.size(), block.outputs.size(),
                       block.first,  block.captured,      block.audible,
                       wasSilent};
    for (std::size_t i = 0; i < std::min(block.inputs.size(), block.outputs.size()); ++i)
      std::transform(block.inputs[i].begin(), block.inputs[i].end(), block.outputs[i].begin(),
                     [](float s) { return 2 * s; });
  }

  std::array<Seen, 64> seen{};
  std::size_t count = 0;
};

/// One input, one output, and how they are handed over.
struct Rig {
  explicit Rig(std::size_t frames)
    : in(frames, 0.25F)
    , out(frames, 9.0F)
  {}

  void run(HostTime began, std::uint32_t skipped = 0)
  {
    const float* const input = in.data();
    float* const output = out.data();
    callback.run({.inputs = {&input, 1},
                  .outputs = {&output, 1},
                  .frames = in.size(),
                  .rate = k48,
                  .skipped = skipped,
                  .began = began,
                  .entered = time::HostClock::now()});
  }

  Listener listener;
  Callback callback{listener};
  std::vector<float> in;
  std::vector<float> out;
};

} // namespace

TEST_CASE("A block reaches the processor with silent outputs, and what it plays comes back")
{
  Rig rig{64};
  rig.run(hostTime(1000));
  REQUIRE(rig.listener.count == 1);
  CHECK(rig.listener.seen[0].frames == 64);
  CHECK(rig.listener.seen[0].wasSilent);
  CHECK(rig.out == std::vector<float>(64, 0.5F));
  CHECK(rig.callback.periods() == 1);
}

TEST_CASE("A period that is too long comes in pieces, each with its own time")
{
  Rig rig{5000};
  rig.run(hostTime(1'000'000));
  REQUIRE(rig.listener.count == 3);
  CHECK(rig.listener.seen[0].frames == 2048);
  CHECK(rig.listener.seen[2].frames == 904);
  CHECK(rig.listener.seen[2].first == SampleTime{4096});
  CHECK(rig.listener.seen[2].audible - rig.listener.seen[0].audible == k48.toMicros(FrameCount{4096}));
  CHECK(rig.out == std::vector<float>(5000, 0.5F));
  CHECK(rig.callback.periods() == 1);
  CHECK(rig.callback.load().count() == 1);
}

TEST_CASE("Frames are counted on, lost ones too")
{
  Rig rig{64};
  rig.run(hostTime(0));
  rig.run(hostTime(1333));
  rig.run(hostTime(1'005'333), 48'000);
  CHECK(rig.listener.seen[1].first == SampleTime{64});
  CHECK(rig.listener.seen[2].first == SampleTime{48'128});
  rig.callback.restart();
  rig.run(hostTime(9'000'000));
  CHECK(rig.listener.seen[3].first == SampleTime{48'192});
}

TEST_CASE("Latencies and trims say when a block was captured and will be heard")
{
  Rig rig{64};
  rig.callback.clock().setLatencies(Micros{1333}, Micros{2667});
  rig.callback.clock().setTrims(Micros{100}, Micros{-200});
  rig.run(hostTime(50'000));
  CHECK(rig.listener.seen[0].captured == hostTime(50'000 - 1433));
  CHECK(rig.listener.seen[0].audible == hostTime(50'000 + 2467));
}

TEST_CASE("After a restart nothing remains of the old stream's clock")
{
  Rig rig{64};
  for (int period = 0; period < 20; ++period) rig.run(hostTime(1'000'000 + 1333 * period));
  rig.callback.restart();
  rig.run(hostTime(1'027'900)); // 1.2 ms off the old line: too little to be a leap
  CHECK(rig.listener.seen[20].audible == hostTime(1'027'900));
}

TEST_CASE("A channel that does not exist is an empty span")
{
  Listener listener;
  Callback callback{listener};
  std::vector<float> sound(32, 1.0F);
  const std::array<const float*, 2> inputs{nullptr, sound.data()};
  std::vector<float> heard(32);
  const std::array<float*, 2> outputs{nullptr, heard.data()};
  callback.run({.inputs = inputs, .outputs = outputs, .frames = 32, .rate = k48, .began = {}, .entered = {}});
  CHECK(listener.seen[0].inputs == 2);
  CHECK(listener.seen[0].outputs == 2);
  CHECK(heard.front() == 2.0F);
}
