#include <Catch.hpp>
#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <tutti/audio/Metronome.hpp>
#include <vector>

using namespace tutti;
using namespace tutti::audio;
using namespace tutti::time::literals;
using time::BeatGrid;
using time::Beats;
using time::HostTimeline;
using time::Tempo;

namespace {

constexpr auto kRate = SampleRate::fromHertz(48'000);
constexpr auto kStart = hostTime(5'000'000);

/// Of a session whose beat zero was, or will be, such that `firstBeat` is at `at`.
BeatGrid gridAt(Tempo tempo, Beats quantum = 4_beats, Beats firstBeat = Beats{}, HostTime at = kStart)
{
  return {HostTimeline{tempo, Beats{}, at - tempo.toMicros(firstBeat)}, quantum, true};
}

/// The timeline goes on from where it is at `at`, with another tempo: what Link programs do.
BeatGrid withTempo(const BeatGrid& grid, Tempo tempo, HostTime at)
{
  const HostTimeline changed{tempo, grid.beatAt(at), at};
  return {HostTimeline{tempo, Beats{}, changed.fromBeats(Beats{})}, grid.quantum(), grid.isPlaying()};
}

/// A metronome, and what was heard of it from `kStart` on.
class Stage {
public:
  explicit Stage(std::size_t blockSize = 64)
    : blockSize_{blockSize}
  {}

  HostTime now() const
  {
    return kStart + kRate.toMicros(FrameCount{static_cast<std::int64_t>(heard.size())});
  }

  void playUntil(double seconds, const BeatGrid& grid)
  {
    playUntil(seconds, [&](HostTime) { return grid; });
  }

  void playUntil(
    double seconds, const std::function<BeatGrid(HostTime)>& gridAtTime,
    const std::function<Micros()>& jitter = [] { return Micros{0}; })
  {
    std::vector<float> block(blockSize_);
    while (static_cast<double>(heard.size()) < seconds * kRate.hertz()) {
      metronome.render(block, gridAtTime(now()), now() + jitter(), kRate);
      heard.insert(heard.end(), block.begin(), block.end());
    }
  }

  /// Where silence ends.
  [[nodiscard]] std::vector<std::int64_t> onsets() const
  {
    std::vector<std::int64_t> found;
    int quiet = 1000;
    for (std::size_t k = 0; k < heard.size(); ++k) {
      if (heard[k] != 0.0F && quiet > 20) found.push_back(static_cast<std::int64_t>(k));
      quiet = heard[k] == 0.0F ? quiet + 1 : 0;
    }
    return found;
  }

  /// How loud a click is that begins there.
  [[nodiscard]] float loudnessAt(std::int64_t onset) const
  {
    float loudest = 0;
    for (auto k = static_cast<std::size_t>(onset);
         k < static_cast<std::size_t>(onset) + 200 && k < heard.size(); ++k)
      loudest = std::max(loudest, std::abs(heard[k]));
    return loudest;
  }

  [[nodiscard]] float steepest() const
  {
    float steepest = 0;
    for (std::size_t k = 1; k < heard.size(); ++k)
      steepest = std::max(steepest, std::abs(heard[k] - heard[k - 1]));
    return steepest;
  }

  Metronome metronome;
  std::vector<float> heard;

private:
  std::size_t blockSize_;
};

std::int64_t frameOf(HostTime at)
{
  return std::llround(kRate.toFrames(at - kStart));
}

/// Which beats of the bar are strong, from loudness alone.
std::vector<bool> strongOnes(const Stage& stage)
{
  std::vector<bool> strong;
  for (const auto onset : stage.onsets()) strong.push_back(stage.loudnessAt(onset) > 0.43F);
  return strong;
}

} // namespace

TEST_CASE("Each beat clicks on the sample that is heard nearest to it")
{
  for (const double bpm : {20.0, 61.7, 120.0, 133.37, 999.0}) {
    Stage stage;
    const auto grid = gridAt(Tempo::fromBpm(bpm));
    stage.playUntil(10, grid);
    const auto onsets = stage.onsets();
    CAPTURE(bpm);
    REQUIRE(onsets.size() >= 4);
    for (std::size_t beat = 0; beat < onsets.size(); ++beat) {
      const auto at = grid.timeAt(Beats::fromMicroBeats(static_cast<std::int64_t>(beat) * 1'000'000));
      // The block's own time is rounded to a microsecond: at a tie either neighbour is nearest.
      REQUIRE(std::abs(static_cast<double>(onsets[beat]) - kRate.toFrames(at - kStart)) <= 0.5 + 0.06);
    }
  }
}

TEST_CASE("The size of the block changes nothing")
{
  std::vector<std::vector<std::int64_t>> onsets;
  for (const std::size_t size : {16U, 64U, 480U, 2048U}) {
    Stage stage{size};
    stage.playUntil(8, gridAt(137_bpm));
    onsets.push_back(stage.onsets());
    onsets.back().resize(18); // longer blocks end later
  }
  for (const auto& other : onsets)
    for (std::size_t k = 0; k < other.size(); ++k) CHECK(std::abs(other[k] - onsets.front()[k]) <= 1);
}

TEST_CASE("A block time that jitters loses no beat and doubles none")
{
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    std::mt19937_64 dice{seed};
    Stage stage;
    const auto tempo = Tempo::fromBpm(120.0 + static_cast<double>(seed));
    const auto grid = gridAt(tempo, 4_beats, Beats::fromDouble(-0.5));
    stage.playUntil(
      20, [&](HostTime) { return grid; },
      [&] { return Micros{static_cast<std::int64_t>(dice() % 400) - 200}; });
    const auto onsets = stage.onsets();
    CAPTURE(seed);
    const auto expected = 20 * (120.0 + static_cast<double>(seed)) / 60;
    REQUIRE(std::abs(static_cast<double>(onsets.size()) - expected) <= 1.0);
    for (std::size_t k = 0; k < onsets.size(); ++k) {
      const auto at = frameOf(grid.timeAt(Beats::fromMicroBeats(static_cast<std::int64_t>(k) * 1'000'000)));
      REQUIRE(std::abs(onsets[k] - at) <= 11); // 200 µs and a rounding
    }
  }
}

TEST_CASE("Downbeats are strong in any metre")
{
  for (const std::int64_t beats : {1, 2, 3, 4, 5, 7, 11}) {
    Stage stage;
    stage.playUntil(12, gridAt(240_bpm, Beats::fromMicroBeats(beats * 1'000'000)));
    const auto strong = strongOnes(stage);
    CAPTURE(beats);
    REQUIRE(strong.size() >= 40);
    for (std::size_t k = 0; k < strong.size(); ++k)
      REQUIRE(strong[k] == (k % static_cast<std::size_t>(beats) == 0));
  }
}

TEST_CASE("A bar of three and a half beats begins anew after half a beat")
{
  Stage stage;
  const auto grid = gridAt(120_bpm, 3.5_beats);
  stage.playUntil(6, grid);
  const auto onsets = stage.onsets();
  REQUIRE(onsets.size() >= 9);
  const std::vector<double> expected{0, 1, 2, 3, 3.5, 4.5, 5.5, 6.5, 7};
  for (std::size_t k = 0; k < expected.size(); ++k) CHECK(onsets[k] == std::llround(expected[k] * 24'000));
  const auto strong = strongOnes(stage);
  for (std::size_t k = 0; k < expected.size(); ++k) CHECK(strong[k] == (std::fmod(expected[k], 3.5) == 0));
}

TEST_CASE("Accents are the musician's")
{
  Stage stage;
  MetronomeSettings settings;
  settings.accents.fill(Stress::silent);
  settings.accents[1] = settings.accents[3] = Stress::normal;
  stage.metronome.set(settings);
  stage.playUntil(4.2, gridAt(120_bpm));
  CHECK(stage.onsets() == std::vector<std::int64_t>{24'000, 72'000, 120'000, 168'000});
}

TEST_CASE("A count-in of negative beats is heard, or silent if that is preferred")
{
  const auto grid = gridAt(120_bpm, 4_beats, -4_beats);
  Stage audible;
  audible.playUntil(3.2, grid);
  CHECK(audible.onsets() == std::vector<std::int64_t>{0, 24'000, 48'000, 72'000, 96'000, 120'000, 144'000});
  CHECK(strongOnes(audible) == std::vector<bool>{true, false, false, false, true, false, false});

  Stage silent;
  MetronomeSettings settings;
  settings.countIn = MetronomeSettings::CountIn::silent;
  silent.metronome.set(settings);
  silent.playUntil(3.2, grid);
  CHECK(silent.onsets() == std::vector<std::int64_t>{96'000, 120'000, 144'000});
}

TEST_CASE("While nobody plays it is silent, unless it is always wanted")
{
  const BeatGrid stopped{HostTimeline{120_bpm, Beats{}, kStart + Micros{1'000'000}}, 4_beats, false};
  Stage stage;
  stage.playUntil(2, stopped);
  CHECK(stage.onsets().empty());
  MetronomeSettings settings;
  settings.sounds = MetronomeSettings::Sounds::always;
  settings.countIn = MetronomeSettings::CountIn::silent; // nobody counts in
  stage.metronome.set(settings);
  stage.playUntil(4, stopped);
  CHECK(stage.onsets().size() == 4);
}

TEST_CASE("A tempo change between two beats keeps the phase")
{
  Stage stage;
  auto grid = gridAt(120_bpm);
  std::vector<HostTime> expected;
  std::int64_t beat = 0;
  for (int change = 0; change < 40; ++change) {
    const double until = 0.37 * (change + 1);
    stage.playUntil(until, grid);
    for (; grid.timeAt(Beats::fromMicroBeats(beat)) < stage.now(); beat += 1'000'000)
      expected.push_back(grid.timeAt(Beats::fromMicroBeats(beat)));
    grid = withTempo(grid, Tempo::fromBpm(70 + (change * 37) % 110), stage.now());
  }
  const auto onsets = stage.onsets();
  REQUIRE(onsets.size() >= expected.size() - 1);
  for (std::size_t k = 0; k < expected.size() - 1; ++k)
    CHECK(std::abs(onsets[k] - frameOf(expected[k])) <= 1);
}

TEST_CASE("A tempo that changes with every block neither loses beats nor doubles them")
{
  Stage stage;
  auto grid = gridAt(120_bpm);
  int block = 0;
  stage.playUntil(30, [&](HostTime now) {
    grid = withTempo(grid, Tempo::fromBpm(120 + 60 * std::sin(0.01 * ++block)), now);
    return grid;
  });
  const auto beats = grid.beatAt(stage.now()).toDouble();
  CHECK(std::abs(static_cast<double>(stage.onsets().size()) - (std::floor(beats) + 1)) <= 1);
}

TEST_CASE("The same beat is not heard twice when the grid moves a little")
{
  for (const int micros : {-5000, -300, 300, 5000}) {
    Stage stage;
    stage.playUntil(1.001, gridAt(120_bpm)); // beat two has just begun
    stage.playUntil(3.2, gridAt(120_bpm, 4_beats, Beats{}, kStart + Micros{micros}));
    const auto onsets = stage.onsets();
    CAPTURE(micros);
    REQUIRE(onsets.size() == 7);
    CHECK(onsets[3] == frameOf(kStart + Micros{1'500'000 + micros}));
  }
}

TEST_CASE("After a leap of the grid the next click is on the new one")
{
  for (const double leap : {0.5, -0.5, 17.3, -2000.25}) {
    Stage stage;
    stage.playUntil(1.3, gridAt(120_bpm));
    const auto leapt = stage.now();
    const auto grid = gridAt(120_bpm, 4_beats, Beats::fromDouble(leap));
    stage.playUntil(4, grid);
    const auto onsets = stage.onsets();
    const auto next = std::upper_bound(onsets.begin(), onsets.end(), frameOf(leapt));
    CAPTURE(leap);
    REQUIRE(next != onsets.end());
    const auto beat = grid.beatAt(kStart + kRate.toMicros(FrameCount{*next})).toDouble();
    CHECK(std::abs(beat - std::round(beat)) < 0.0001);
    CHECK(*next - frameOf(leapt) < 24'100);
  }
}

TEST_CASE("A click that has begun rings to its end, also after a stop")
{
  Stage undisturbed;
  undisturbed.playUntil(0.3, gridAt(120_bpm));
  Stage stopped;
  stopped.playUntil(0.005, gridAt(120_bpm));
  stopped.playUntil(0.3, BeatGrid{HostTimeline{120_bpm, Beats{}, kStart}, 4_beats, false});
  CHECK(stopped.heard == undisturbed.heard);
}

TEST_CASE("Nothing is steeper than the click itself, whatever the tempo does")
{
  Stage plain;
  plain.playUntil(1, gridAt(120_bpm));
  Stage wild;
  std::mt19937_64 dice{1};
  auto grid = gridAt(120_bpm);
  wild.playUntil(20, [&](HostTime now) {
    if (dice() % 50 == 0) grid = withTempo(grid, Tempo::fromBpm(20 + static_cast<double>(dice() % 979)), now);
    return grid;
  });
  CHECK(wild.steepest() <= 2.0F * plain.steepest()); // where one click begins upon the end of another
}

TEST_CASE("A click decays to nothing before it ends")
{
  Stage stage;
  stage.playUntil(0.3, gridAt(120_bpm));
  const auto last = std::find_if(stage.heard.rbegin(), stage.heard.rend(), [](float s) { return s != 0.0F; });
  CHECK(std::abs(*last) < 1e-5F);
  CHECK(std::abs(std::distance(last, stage.heard.rend()) - 1920) <= 2); // 40 ms
}

TEST_CASE("The level is a gain")
{
  Stage loud;
  Stage soft;
  MetronomeSettings settings;
  settings.level = Gain::ofFactor(1.0F);
  loud.metronome.set(settings);
  settings.level = Gain::ofFactor(0.25F);
  soft.metronome.set(settings);
  loud.playUntil(1, gridAt(120_bpm));
  soft.playUntil(1, gridAt(120_bpm));
  CHECK(loud.loudnessAt(0) == Approx(4 * soft.loudnessAt(0)));
  CHECK(loud.loudnessAt(0) <= 1.0F);
  CHECK(loud.loudnessAt(0) > 0.7F);
}

TEST_CASE("No grid, however strange, makes it noisy")
{
  std::mt19937_64 dice{42};
  const auto any = [&] {
    return static_cast<std::int64_t>(dice() >> (dice() % 64)) * (dice() % 2 == 0 ? 1 : -1);
  };
  Metronome metronome;
  MetronomeSettings settings;
  settings.sounds = MetronomeSettings::Sounds::always;
  metronome.set(settings);
  std::vector<float> block(64);
  for (int round = 0; round < 20'000; ++round) {
    const HostTimeline timeline{Tempo::fromBpm(static_cast<double>(any() % 2000)),
                                Beats::fromMicroBeats(any()), hostTime(any())};
    metronome.render(block, {timeline, Beats::fromMicroBeats(any()), dice() % 2 == 0}, hostTime(any()),
                     kRate);
    for (const float sample : block) REQUIRE(std::abs(sample) <= 2.0F);
  }
}
