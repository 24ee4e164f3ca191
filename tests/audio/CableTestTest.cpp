#include "Catch.hpp"

#include <array>
#include <deque>
#include <vector>

#include <tutti/audio/CableTest.hpp>

using namespace tutti;
using audio::CableTest;
using audio::CableTrouble;

namespace {

constexpr std::size_t kFrames = 64;
constexpr audio::SampleRate kRate{};

/// Whoever plays while the device is measured.
struct Loud final : audio::Processor {
  void process(const audio::Block& block) noexcept TUTTI_NONBLOCKING override
  {
    for (const auto output : block.outputs) std::fill(output.begin(), output.end(), 0.9F);
  }
};

/// A device with a cable from its first output to its first input, `delay` blocks long.
class Device {
public:
  explicit Device(std::size_t delay)
    : line_(delay * kFrames, 0.0F)
  {}

  float play(audio::Processor& processor)
  {
    std::array<float, kFrames> in{};
    for (auto& sample : in) {
      sample = line_.empty() ? 0 : line_.front();
      if (!line_.empty()) line_.pop_front();
    }
    std::array<std::array<float, kFrames>, 2> outs{};
    const std::array<std::span<const float>, 1> inputs{in};
    const std::array<std::span<float>, 2> outputs{outs[0], outs[1]};
    audio::Block block;
    block.inputs = inputs;
    block.outputs = outputs;
    block.frames = kFrames;
    block.first = first;
    block.audible = HostTime{} + Micros{5000};
    block.captured = HostTime{} + Micros{1000};
    processor.process(block);
    first = first + audio::FrameCount{kFrames};
    line_.insert(line_.end(), outs[0].begin(), outs[0].end());
    return outs[1][0];
  }

  SampleTime first{999};

private:
  std::deque<float> line_;
};

void playUntilDone(Device& device, CableTest& test)
{
  for (int block = 0; block < 3000 && !test.isDone(); ++block) device.play(test);
}

} // namespace

TEST_CASE("A device is measured while its music is silent")
{
  Loud music;
  CableTest test{music};
  Device device{3};
  CHECK(device.play(test) == 0.9F);
  test.begin(kRate);
  CHECK_FALSE(test.isDone());
  CHECK(device.play(test) == 0);
  playUntilDone(device, test);
  REQUIRE(test.isDone());
  const auto outcome = test.end();
  REQUIRE(outcome);
  CHECK_FALSE(outcome->answer.trouble);
  CHECK(outcome->answer.reading.roundTrip.frames == 3 * kFrames);
  CHECK(outcome->told == Micros{4000});
  CHECK(device.play(test) == 0.9F);
}

TEST_CASE("A dropout or another rate spoils the measurement at once")
{
  Loud music;
  CableTest test{music};
  Device device{3};
  test.begin(kRate);
  device.play(test);
  device.first = device.first + audio::FrameCount{kFrames};
  device.play(test);
  REQUIRE(test.isDone());
  CHECK(test.end()->answer.trouble == CableTrouble::unsteady);
  test.begin(audio::SampleRate::fromHertz(96'000));
  device.play(test);
  CHECK(test.end()->answer.trouble == CableTrouble::unsteady);
}

TEST_CASE("A device that goes while it is measured leaves nothing behind")
{
  Loud music;
  CableTest test{music};
  Device device{3};
  test.begin(kRate);
  device.play(test);
  CHECK_FALSE(test.end());
  CHECK(device.play(test) == 0.9F);
  test.begin(kRate);
  test.begin(kRate);
  playUntilDone(device, test);
  CHECK(test.end()->answer.reading.roundTrip.frames == 3 * kFrames);
}
