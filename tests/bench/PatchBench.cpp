#include <algorithm>
#include <array>
#include <memory>
#include <tutti/patch/DeviceModules.hpp>
#include <tutti/patch/MetronomeModule.hpp>
#include <tutti/patch/MixStrip.hpp>
#include <tutti/patch/Player.hpp>
#include <vector>

#include "Bench.hpp"

namespace tutti::bench {
namespace {

using namespace patch;

constexpr std::size_t kFrames = 64;
constexpr std::size_t kPlayers = 16;
constexpr auto kRate = audio::SampleRate::fromHertz(48'000);
constexpr double kPeriod = 1e9 * kFrames / 48'000; // ns

/// A remote player whose sound is there already.
class Stream final : public Module {
public:
  explicit Stream(float height)
  {
    for (std::size_t i = 0; i < sound_.size(); ++i) sound_[i] = height * static_cast<float>(i % 48) / 48;
  }
  [[nodiscard]] std::string_view type() const override { return "stream"; }
  [[nodiscard]] std::vector<Port> inputs() const override { return {}; }
  [[nodiscard]] std::vector<Port> outputs() const override { return {{"out", 2}}; }
  void render(const Rendering& rendering) noexcept TUTTI_NONBLOCKING override
  {
    for (std::size_t channel = 0; channel < 2; ++channel)
      std::copy_n(sound_.begin(), rendering.block.frames, rendering.output(channel).begin());
  }

private:
  std::array<float, audio::Block::kLongest> sound_{};
};

/// An instrument, sixteen others, a metronome, a master; and the device that they play on.
class Concert {
public:
  Concert()
  {
    const auto master = *patch.add(strips.emplace_back(std::make_shared<MixStrip>(group)), "master");
    const auto ear = *patch.add(std::make_shared<DeviceOutput>(), "out");
    static_cast<void>(patch.connect({master, 0}, {ear, 0}));
    addTo(master, std::make_shared<DeviceInput>());
    addTo(master, std::make_shared<MetronomeModule>());
    for (std::size_t i = 0; i < kPlayers; ++i) addTo(master, std::make_shared<Stream>(0.05F));
    player.setBeatGrid({{}, time::Beats::fromDouble(4), true});
    player.play(patch);
    for (int block = 0; block < 100; ++block) play();
  }

  void addTo(ModuleId master, std::shared_ptr<Module> source)
  {
    const auto from = *patch.add(std::move(source), "source");
    const auto strip = *patch.add(strips.emplace_back(std::make_shared<MixStrip>(group)), "strip");
    static_cast<void>(patch.connect({from, 0}, {strip, 0}));
    static_cast<void>(patch.connect({strip, 0}, {master, 0}));
  }

  void play()
  {
    for (auto& output : out) output.fill(0);
    const std::array<std::span<const float>, 2> ins{in[0], in[1]};
    const std::array<std::span<float>, 2> outs{out[0], out[1]};
    const auto at = kRate.toMicros(audio::FrameCount{next.frames});
    player.process({.inputs = ins,
                    .outputs = outs,
                    .frames = kFrames,
                    .rate = kRate,
                    .first = next,
                    .captured = hostTime(1'000'000) + at,
                    .audible = hostTime(1'010'000) + at});
    next.frames += std::int64_t{kFrames};
    keep(out);
  }

  void turnEverything(int round)
  {
    for (const auto& strip : strips) {
      strip->setGain(MixStrip::Channel::first, audio::Decibels::of(round % 2 == 0 ? -6 : 0));
      strip->setPan(MixStrip::Channel::first, round % 3 == 0 ? -0.5 : 0.5);
    }
  }

  std::shared_ptr<SoloGroup> group = std::make_shared<SoloGroup>();
  std::vector<std::shared_ptr<MixStrip>> strips;
  Patch patch;
  Player player;
  SampleTime next;
  std::array<std::array<float, kFrames>, 2> in{};
  std::array<std::array<float, kFrames>, 2> out{};
};

void measureCallback(Report& report)
{
  Concert concert;
  auto still = timed(200'000, 1, [&] { concert.play(); });
  report.distribution("patch.callback",
                      "a block of 64 frames: 16 stereo players on strips, own input, click, master", still);
  for (auto& figure : still) figure *= 100 / kPeriod;
  report.distribution("patch.callback.share", "the same as a share of the period", still, "%");
  int round = 0;
  report.distribution("patch.callback.moving", "the same while every fader and every pan moves",
                      timed(50'000, 1, [&] {
                        if (++round % 8 == 0) concert.turnEverything(round);
                        concert.play();
                      }));
}

void measureEdit(Report& report)
{
  Concert concert;
  const auto& modules = concert.patch.modules();
  const Socket from{modules[2].about.id, 0};
  const Socket to{modules[0].about.id, 0};
  std::vector<double> figures;
  for (int edit = 0; edit < 500; ++edit) {
    const auto id = concert.patch.connect(from, to);
    const auto begin = nanos();
    concert.player.play(concert.patch);
    figures.push_back(static_cast<double>(nanos() - begin) / 1000);
    concert.patch.disconnect(*id);
    for (int block = 0; block < 50; ++block) concert.play();
    concert.player.play(concert.patch);
    for (int block = 0; block < 50; ++block) concert.play();
  }
  report.distribution("patch.edit", "compiling that patch with one connection more, outside the audio thread",
                      figures, "us");
}

const Registered kCallback{"patch.callback", measureCallback};
const Registered kEdit{"patch.edit", measureEdit};

} // namespace
} // namespace tutti::bench
