#include <Catch.hpp>
#include <SineFit.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <random>
#include <tutti/audio/Resampler.hpp>
#include <vector>

using namespace tutti;
using namespace tutti::audio;
using test::fitSine;
using test::radians;

namespace {

constexpr std::size_t kBlock = 64;

/// A mono resampler on a bench: fed with a signal, it plays blocks at whatever ratio it is told.
class Bench {
public:
  Bench(double nominal, std::function<double(double frame)> signal)
    : resampler{1, nominal}
    , signal_{std::move(signal)}
    , step_{nominal}
  {}

  void play(double ratio, std::size_t frames = kBlock)
  {
    std::vector<float> input(resampler.inputNeeded(frames, ratio));
    for (auto& sample : input) sample = static_cast<float>(signal_(static_cast<double>(fed_++)));
    std::vector<float> output(frames);
    const std::span<const float> in{input};
    const std::span<float> out{output};
    resampler.process({&in, 1}, {&out, 1}, ratio);
    played.insert(played.end(), output.begin(), output.end());
    follow(ratio, frames);
  }

  /// Without the beginning, where silence comes out of the past.
  [[nodiscard]] test::SineFit fit(double cyclesPerInputFrame) const
  {
    constexpr std::size_t kPast = 400;
    std::vector<double> phases;
    for (std::size_t k = kPast; k < played.size(); ++k)
      phases.push_back(radians(cyclesPerInputFrame * places[k]));
    return fitSine(std::span{played}.subspan(kPast), phases);
  }

  [[nodiscard]] std::int64_t fed() const { return fed_; }

  Resampler resampler;
  std::vector<float> played;
  std::vector<double> places; // of each played frame in the input, the latency apart

private:
  /// The law of the header: from the last ratio to the new one in equal steps.
  void follow(double ratio, std::size_t frames)
  {
    const double growth = (ratio - step_) / static_cast<double>(frames);
    for (std::size_t k = 0; k < frames; ++k) {
      places.push_back(place_);
      step_ += growth;
      place_ += step_;
    }
  }

  std::function<double(double)> signal_;
  std::int64_t fed_ = 0;
  double step_;
  double place_ = 0;
};

Bench benchWithSine(double nominal, double cyclesPerFrame)
{
  return Bench{nominal, [=](double frame) { return 0.5 * std::sin(radians(cyclesPerFrame * frame)); }};
}

double residualAt(double hertz, const std::function<double()>& nextRatio)
{
  auto bench = benchWithSine(1.0, hertz / 48'000);
  for (int block = 0; block < 400; ++block) bench.play(nextRatio());
  return bench.fit(hertz / 48'000).residualDb;
}

struct Conversion {
  double from;
  double to;
};

test::SineFit converted(Conversion rates, double hertz)
{
  auto bench = benchWithSine(rates.from / rates.to, hertz / rates.from);
  for (int block = 0; block < 200; ++block) bench.play(rates.from / rates.to);
  return bench.fit(hertz / rates.from);
}

} // namespace

TEST_CASE("A drift of 100 ppm is corrected 100 dB below a 1 kHz sine and 85 dB below one of 17 kHz")
{
  const auto drift = [] { return 1.0001; };
  CHECK(residualAt(100, drift) < -110);
  CHECK(residualAt(1000, drift) < -110);
  CHECK(residualAt(10'000, drift) < -105);
  CHECK(residualAt(17'000, drift) < -100);
  CHECK(residualAt(19'000, drift) < -95);
}

TEST_CASE("A ratio that wanders by 300 ppm with each block leaves as little")
{
  std::mt19937_64 dice{7};
  const auto wander = [&] { return 1.0 + std::uniform_real_distribution{-300e-6, 300e-6}(dice); };
  CHECK(residualAt(1000, wander) < -110);
  CHECK(residualAt(10'000, wander) < -105);
  CHECK(residualAt(17'000, wander) < -100);
}

TEST_CASE("Between the usual rates 1 to 18 kHz pass whole, with everything else 95 dB below")
{
  for (const auto rates : {Conversion{44'100, 48'000}, Conversion{48'000, 44'100}, Conversion{96'000, 48'000},
                           Conversion{48'000, 96'000}, Conversion{96'000, 44'100}, Conversion{44'100, 96'000},
                           Conversion{192'000, 44'100}, Conversion{44'100, 192'000}})
    for (const double hertz : {1000.0, 10'000.0, 15'000.0, 17'000.0, 18'000.0}) {
      CAPTURE(rates.from, rates.to, hertz);
      const auto fit = converted(rates, hertz);
      CHECK(fit.residualDb < -95);
      CHECK(fit.amplitude == Approx(0.5).epsilon(0.001));
    }
}

TEST_CASE("What the lower rate cannot carry does not come back as another tone")
{
  auto bench = benchWithSine(2.0, 30'000.0 / 96'000);
  for (int block = 0; block < 100; ++block) bench.play(2.0);
  double loudest = 0;
  for (std::size_t k = 400; k < bench.played.size(); ++k)
    loudest = std::max(loudest, std::abs(static_cast<double>(bench.played[k])));
  CHECK(20 * std::log10(loudest / 0.5) < -95);
}

TEST_CASE("Equal rates: the input to the bit, 16 frames later")
{
  std::mt19937 dice{3};
  std::vector<float> sent;
  Bench bench{1.0, [&](double) {
                sent.push_back(static_cast<float>(dice()) / 4e9F);
                return static_cast<double>(sent.back());
              }};
  for (const std::size_t frames : {1U, 63U, 64U, 500U, 2048U}) bench.play(1.0, frames);
  REQUIRE(bench.resampler.latency() == FrameCount{16});
  const auto late = bench.played.begin() + 16;
  CHECK(std::all_of(bench.played.begin(), late, [](float sample) { return sample == 0.0F; }));
  CHECK(std::equal(late, bench.played.end(), sent.begin()));
}

TEST_CASE("The latency that is reported is the latency, at every ratio and frequency")
{
  for (const double nominal : {1.0, 44'100.0 / 48'000, 48'000.0 / 44'100, 2.0, 0.5, 4.0})
    for (const double cycles : {0.001, 0.01, 0.03}) {
      auto bench = benchWithSine(nominal, cycles);
      for (int block = 0; block < 60; ++block) bench.play(nominal);
      const double expected = -radians(cycles * static_cast<double>(bench.resampler.latency().frames));
      CAPTURE(nominal, cycles);
      CHECK(std::remainder(bench.fit(cycles).phase - expected, radians(1)) == Approx(0).margin(1e-4));
    }
}

TEST_CASE("A constant stays that constant at any place between two frames")
{
  Bench bench{1.0, [](double) { return 0.25; }};
  for (int block = 0; block < 100; ++block) bench.play(1.0 + 1e-3 * (block % 5));
  for (std::size_t k = 64; k < bench.played.size(); ++k) REQUIRE(std::abs(bench.played[k] - 0.25F) < 1e-6F);
}

TEST_CASE("Exactly what is announced is needed, for ten minutes at 500 ppm")
{
  Resampler resampler{1, 1.0};
  std::int64_t fed = 0;
  constexpr std::int64_t kBlocks = 600 * 48'000 / 2048;
  std::vector<float> input(4096);
  std::vector<float> output(2048);
  for (std::int64_t block = 0; block < kBlocks; ++block) {
    const auto needed = resampler.inputNeeded(output.size(), 1.0005);
    const auto in = std::span<const float>{input}.first(needed);
    const std::span<float> out{output};
    resampler.process({&in, 1}, {&out, 1}, 1.0005);
    fed += static_cast<std::int64_t>(needed);
  }
  CHECK(std::abs(static_cast<double>(fed) - static_cast<double>(kBlocks) * 2048 * 1.0005) < 2.0);
}

TEST_CASE("What is possible needs no more than there is, and one frame more would")
{
  std::mt19937_64 dice{11};
  Resampler resampler{1, 44'100.0 / 48'000};
  std::vector<float> input(300);
  std::vector<float> output(Resampler::kLargestBlock);
  for (int round = 0; round < 3000; ++round) {
    const double ratio = std::uniform_real_distribution{0.9, 0.93}(dice);
    const auto in = std::span<const float>{input}.first(dice() % 300);
    const auto possible = resampler.outputPossible(in.size(), ratio);
    CAPTURE(round, in.size(), possible);
    REQUIRE(resampler.inputNeeded(possible, ratio) <= in.size());
    REQUIRE(resampler.inputNeeded(possible + 1, ratio) > in.size());
    const auto out = std::span{output}.first(possible);
    resampler.process({&in, 1}, {&out, 1}, ratio);
  }
}

TEST_CASE("Input that comes in other portions makes no other output")
{
  const auto signal = [](double frame) { return std::sin(radians(frame * 0.0123)); };
  Bench whole{1.0, signal};
  for (int block = 0; block < 50; ++block) whole.play(1.0002);
  Resampler early{1, 1.0};
  std::vector<float> input(3000);
  for (std::size_t k = 0; k < input.size(); ++k)
    input[k] = static_cast<float>(signal(static_cast<double>(k)));
  std::vector<float> played;
  for (int block = 0; block < 40; ++block) {
    std::vector<float> output(kBlock);
    const std::span<float> out{output};
    const auto in = std::span<const float>{input}.subspan(0, block == 0 ? input.size() : 0); // all at once
    early.process({&in, 1}, {&out, 1}, 1.0002);
    played.insert(played.end(), output.begin(), output.end());
  }
  CHECK(std::equal(played.begin(), played.end(), whole.played.begin()));
}

TEST_CASE("Channels do not hear each other")
{
  Resampler resampler{3, 1.0};
  std::vector<float> ones(200, 1.0F);
  std::vector<float> zeros(200, 0.0F);
  std::array<std::vector<float>, 3> outputs;
  for (auto& output : outputs) output.resize(kBlock);
  for (int block = 0; block < 10; ++block) {
    const auto needed = resampler.inputNeeded(kBlock, 1.001);
    const std::array<std::span<const float>, 3> in{
      std::span{ones}.first(needed), std::span{zeros}.first(needed), std::span{ones}.first(needed)};
    const std::array<std::span<float>, 3> out{outputs[0], outputs[1], outputs[2]};
    resampler.process(in, out, 1.001);
  }
  CHECK(outputs[0].back() == Approx(1.0F));
  CHECK(outputs[1] == std::vector<float>(kBlock, 0.0F));
  CHECK(outputs[2] == outputs[0]);
}

TEST_CASE("A senseless ratio becomes the nearest sensible one")
{
  Resampler resampler{1, 1.0};
  std::vector<float> input(200);
  std::vector<float> output(kBlock);
  const auto playAt = [&](double ratio) {
    const auto in = std::span<const float>{input}.first(resampler.inputNeeded(kBlock, ratio));
    const std::span<float> out{output};
    resampler.process({&in, 1}, {&out, 1}, ratio);
    return resampler.ratio();
  };
  CHECK(playAt(1000.0) == Approx(1.1));
  CHECK(playAt(0.0) == Approx(1.0));
  CHECK(playAt(0.001) == Approx(0.9));
  CHECK(playAt(std::nan("")) == Approx(1.0));
}

TEST_CASE("Input that lacks is silence, and later input is heard at its place")
{
  Bench bench{1.0, [](double) { return 1.0; }};
  bench.play(1.0);
  std::vector<float> output(kBlock);
  const std::span<float> out{output};
  const std::span<const float> nothing;
  bench.resampler.process({&nothing, 1}, {&out, 1}, 1.0);
  CHECK(output[15] == 1.0F);
  CHECK(std::all_of(output.begin() + 16, output.end(), [](float s) { return s == 0.0F; }));
  bench.play(1.0);
  CHECK(bench.played[kBlock + 15] == 0.0F);
  CHECK(bench.played[kBlock + 16] == 1.0F);
}

TEST_CASE("After a reset there is silence before the next frame")
{
  Bench bench{1.0, [](double) { return 1.0; }};
  bench.play(1.05);
  bench.resampler.reset();
  bench.played.clear();
  bench.play(1.0);
  CHECK(std::all_of(bench.played.begin(), bench.played.begin() + 16, [](float s) { return s == 0.0F; }));
  CHECK(bench.played[16] == 1.0F);
}
