// The audio thread beside a process that writes whatever it likes into their memory, between any two blocks
// of any length: what is heard is finite and within bounds, and the delay is what the blocks ask for.
#include <cmath>
#include <span>
#include <vector>

#include <tutti/audio/SampleFormat.hpp>
#include <tutti/module/HostLane.hpp>
#include <tutti/module/ModuleLane.hpp>

#include "ByteScript.hpp"
#include "Require.hpp"

using namespace tutti;
using namespace tutti::module;
using fuzz::require;

namespace {

constexpr std::uint32_t kChannels = 2;

class Scene {
public:
  explicit Scene(std::uint32_t block)
    : shape_{LaneShape::of(kChannels, kChannels, block)}
  {}

  void play(const fuzz::Step& step)
  {
    fuzz::Draw draw{std::as_bytes(std::span{step.decisions})};
    switch (step.kind % 4) {
    case 0:
      return render(1 + draw.byte() * 8U);
    case 1: // words anywhere
      for (std::uint64_t at = static_cast<std::uint64_t>(draw.raw()); !draw.isEmpty(); at += 977)
        evil_.words()[at % shape_.words()] = static_cast<std::uint32_t>(draw.raw());
      return;
    case 2: // an answer in its right place, with whatever in it
      return answer(draw);
    default: // the process's own end reads what is there
      guest_.tryTake(in_);
    }
  }

private:
  void answer(fuzz::Draw& draw)
  {
    auto slot = evil_.words().subspan(shape_.answer(said_ + 1), LaneShape::kHead + kChannels * shape_.block);
    slot[0] = said_ + 1;
    for (std::size_t i = LaneShape::kHead; i < slot.size() && !draw.isEmpty(); ++i)
      slot[i] = static_cast<std::uint32_t>(draw.raw());
  }

  void render(std::size_t frames)
  {
    std::vector<float> sound(2 * kChannels * frames, 3.0F);
    const std::vector<const float*> ins{sound.data(), sound.data() + frames};
    const std::vector<float*> outs{sound.data() + 2 * frames, sound.data() + 3 * frames};
    const audio::Block block{.inputs = {}, .outputs = {}, .frames = frames, .rate = {}, .first = {heard_}};
    host_.render({ins, outs, block, {}}, curtain_);
    for (const auto* channel : outs)
      for (std::size_t i = 0; i < frames; ++i) require(std::abs(channel[i]) <= audio::kLargestSample);
    heard_ += static_cast<std::int64_t>(frames);
    said_ = static_cast<std::uint32_t>(heard_ / shape_.block);
    const auto delay = static_cast<std::size_t>(host_.delay().frames);
    require(delay >= shape_.block && delay < audio::Block::kLongest + shape_.block);
  }

  LaneShape shape_;
  LaneMemory evil_ = LaneMemory::make(shape_.words()).value();
  Health health_;
  HostLane host_{LaneMemory::map(evil_.share(), shape_.words()).value(), shape_, {}, 0, health_};
  ModuleLane guest_{LaneMemory::map(evil_.share(), shape_.words()).value(), shape_};
  Curtain curtain_;
  std::vector<float> in_ = std::vector<float>(kChannels * shape_.block);
  std::int64_t heard_ = 0;
  std::uint32_t said_ = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  if (size < 1) return 0;
  Scene scene{16U + data[0]};
  std::size_t played = 0;
  for (const auto& step : fuzz::splitSteps({data + 1, size - 1})) {
    scene.play(step);
    if (++played == 60) break;
  }
  return 0;
}
