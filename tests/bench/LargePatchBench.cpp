// A large patch that is edited while it plays, beside one with nothing in it, in the same run.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <fmt/format.h>
#include <memory>
#include <thread>
#include <tutti/patch/DeviceModules.hpp>
#include <tutti/patch/MetronomeModule.hpp>
#include <tutti/patch/MixStrip.hpp>
#include <tutti/patch/Player.hpp>
#include <tutti/rt/Priority.hpp>
#include <vector>

#include <Dice.hpp>

#include "Bench.hpp"

namespace tutti::bench {
namespace {

using namespace patch;

constexpr std::size_t kFrames = 64;
constexpr std::size_t kModules = 64;
constexpr std::size_t kCables = 256;
constexpr std::size_t kSources = 16;
constexpr std::int64_t kBlocks = 300'000;
constexpr std::int64_t kBlocksASecond = 750;
constexpr auto kRate = audio::SampleRate::fromHertz(48'000);
constexpr double kPeriod = 1e9 * kFrames / 48'000; // ns

/// A player on a device of its own.
class Stage {
public:
  Stage() { in_[0].fill(0.1F); } // something to hear: what is nearly silent is slow to count with

  void play(const Patch& patch)
  {
    player_.setBeatGrid({{}, time::Beats::fromDouble(4), true});
    player_.play(patch);
  }
  void replay(const Patch& patch) { player_.play(patch); }
  void tend() { player_.tend(); }

  /// How long the callback took, in nanoseconds.
  double block()
  {
    for (auto& output : out_) output.fill(0);
    const std::array<std::span<const float>, 2> ins{in_[0], in_[1]};
    const std::array<std::span<float>, 2> outs{out_[0], out_[1]};
    const auto at = kRate.toMicros(audio::FrameCount{next_.frames});
    const audio::Block block{.inputs = ins,
                             .outputs = outs,
                             .frames = kFrames,
                             .rate = kRate,
                             .first = next_,
                             .captured = hostTime(1'000'000) + at,
                             .audible = hostTime(1'010'000) + at};
    next_.frames += std::int64_t{kFrames};
    const auto begin = nanos();
    player_.process(block);
    const auto end = nanos();
    keep(out_);
    return static_cast<double>(end - begin);
  }

private:
  Player player_;
  SampleTime next_;
  std::array<std::array<float, kFrames>, 2> in_{};
  std::array<std::array<float, kFrames>, 2> out_{};
};

/// Inputs and a metronome in front, strips in rows behind, one output; a few cables go back.
class LargePatch {
public:
  LargePatch()
  {
    std::vector<ModuleId> ids;
    for (std::size_t i = 0; i < kModules - 1; ++i) ids.push_back(*patch.add(module(i), "module"));
    ids.push_back(*patch.add(std::make_shared<DeviceOutput>(), "output"));
    for (std::size_t i = 0; i + 1 < kModules; ++i) connect(ids[i], ids[std::max(i + 1, kSources)]);
    while (patch.connections().size() < kCables)
      connect(ids[any(0, kModules - 2)], ids[any(kSources, kModules - 1)]);
  }

  /// Takes the cable that was drawn longest ago from one place to another.
  void edit()
  {
    const auto oldest = patch.connections().front();
    patch.disconnect(oldest.id);
    const auto& modules = patch.modules();
    while (patch.connections().size() < kCables)
      connect(modules[any(0, kModules - 2)].about.id, modules[any(kSources, kModules - 1)].about.id);
  }

  Patch patch;

private:
  std::shared_ptr<Module> module(std::size_t index)
  {
    if (index == 0) return std::make_shared<MetronomeModule>();
    if (index < kSources) return std::make_shared<DeviceInput>();
    return std::make_shared<MixStrip>(group_, StripSettings{});
  }
  std::size_t any(std::size_t least, std::size_t most)
  {
    return static_cast<std::size_t>(
      dice_.whole(static_cast<std::int64_t>(least), static_cast<std::int64_t>(most)));
  }
  /// Soft, so that what goes round dies away.
  void connect(ModuleId from, ModuleId to)
  {
    if (from != to) static_cast<void>(patch.connect({from, 0}, {to, 0}, audio::Decibels::of(-30)));
  }

  test::Dice dice_{64};
  std::shared_ptr<SoloGroup> group_ = std::make_shared<SoloGroup>();
};

void tell(Report& report, const std::string& name, const std::string& what, std::vector<double> figures)
{
  const auto worst = quantile(figures, 0.9999);
  report.value(name + ".p9999",
               fmt::format("{}: 99.99 %; {:.2f} % of the period", what, worst * 100 / kPeriod), "ns", worst);
  for (auto& figure : figures) figure *= 100 / kPeriod;
  report.distribution(name, what + ", as a share of the period", std::move(figures), "%");
}

/// One thread plays as fast as it can; we edit once in each second of its time, and tend as an engine does.
void measure(Report& report)
{
  LargePatch large;
  Stage full;
  Stage empty;
  full.play(large.patch);
  empty.play(Patch{});
  std::vector<double> fullFigures;
  std::vector<double> emptyFigures;
  fullFigures.reserve(kBlocks);
  emptyFigures.reserve(kBlocks);
  std::atomic<std::int64_t> played{0};
  std::thread audio{[&] {
    static_cast<void>(rt::becomeUrgent(rt::Urgency::audio)); // where this user may
    while (played.load() < kBlocks) {
      fullFigures.push_back(full.block());
      emptyFigures.push_back(empty.block());
      played.fetch_add(1);
    }
  }};
  std::int64_t edits = 0;
  for (auto now = played.load(); now < kBlocks; now = played.load()) {
    full.tend();
    empty.tend();
    if (now / kBlocksASecond > edits) {
      large.edit();
      full.replay(large.patch);
      edits = now / kBlocksASecond;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  audio.join();
  tell(report, "patch.large", "64 modules, 256 cables, 64 frames, an edit a second", std::move(fullFigures));
  tell(report, "patch.large.empty", "a patch with nothing in it, in turn with that", std::move(emptyFigures));
}

const Registered kLargePatch{"patch.large", measure};

} // namespace
} // namespace tutti::bench
