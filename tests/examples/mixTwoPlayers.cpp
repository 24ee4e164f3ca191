// Two players on two strips, without a device: a tone on the left, the metronome on the right, for two
// seconds. Prints how loud each side is, and the patch as it would be saved.
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <tutti/patch/DeviceModules.hpp>
#include <tutti/patch/MetronomeModule.hpp>
#include <tutti/patch/MixStrip.hpp>
#include <tutti/patch/Player.hpp>

using namespace tutti;

namespace {

/// Whoever makes sound is a module: here, a tone of 440 Hz.
class Tone final : public patch::Module {
public:
  std::string_view type() const override { return "tone"; }
  std::vector<patch::Port> inputs() const override { return {}; }
  std::vector<patch::Port> outputs() const override { return {{"out", 1}}; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override
  {
    const double step = 2 * std::numbers::pi * 440 / rendering.block.rate.hertz();
    auto frame = static_cast<double>(rendering.block.first.frames);
    for (auto& sample : rendering.output(0)) sample = 0.25F * static_cast<float>(std::sin(step * frame++));
  }
};

/// One period, as a device would ask for it.
void play(patch::Player& player, std::int64_t frame)
{
  std::array<float, 64> left{}, right{};
  const std::array<std::span<float>, 2> outputs{left, right};
  const auto now = hostTime(1'000'000 + frame * 1'000'000 / 48'000);
  player.process({.inputs = {},
                  .outputs = outputs,
                  .frames = 64,
                  .rate = {},
                  .first = {frame},
                  .captured = now,
                  .audible = now});
}

} // namespace

int main()
{
  using Strip = patch::MixStrip;
  const auto group = std::make_shared<patch::SoloGroup>();
  const auto left = std::make_shared<Strip>(group), right = std::make_shared<Strip>(group);
  left->setPan(Strip::Channel::first, -1);
  right->setPan(Strip::Channel::first, 1);

  patch::Patch band;
  const auto tone = *band.add(std::make_shared<Tone>(), "Tone");
  const auto click = *band.add(std::make_shared<patch::MetronomeModule>(), "Metronome");
  const auto leftStrip = *band.add(left, "Left"), rightStrip = *band.add(right, "Right");
  const auto master = *band.add(std::make_shared<patch::DeviceOutput>(), "Master");
  for (const auto& [from, to] :
       {std::pair{tone, leftStrip}, {click, rightStrip}, {leftStrip, master}, {rightStrip, master}})
    if (const auto made = band.connect({from, 0}, {to, 0}); !made)
      return std::puts(made.error().detail.c_str());

  patch::Player player;
  player.setBeatGrid(
    {{time::Tempo::fromBpm(120), {}, hostTime(1'000'000)}, time::Beats::fromDouble(4), true});
  player.play(band);
  for (std::int64_t frame = 0; frame < 96'000; frame += 64) play(player, frame);

  for (const auto& strip : {left, right}) {
    const auto level =
      strip->level(Strip::Tap::output, strip == left ? Strip::Channel::first : Strip::Channel::second);
    std::printf("%s peak %.1f dBFS, rms %.1f dBFS\n", strip == left ? "left " : "right", level.peak.value(),
                level.rms.value());
  }
  std::printf("%s", band.snapshot().encode().c_str());
}
