#include "Catch.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <tutti/audio/CableProbe.hpp>

#include "Dice.hpp"

using namespace tutti;
using audio::CableProbe;
using audio::CableTrouble;

namespace {

constexpr audio::SampleRate kRate{};

/// What a cable brings back: later, louder or quieter, perhaps turned.
std::vector<float> through(const CableProbe& probe, std::size_t frames, float gain)
{
  const auto& sound = probe.sound();
  std::vector<float> heard(sound.size(), 0.0F);
  for (std::size_t i = frames; i < heard.size(); ++i) heard[i] = gain * sound[i - frames];
  return heard;
}

void addNoise(std::vector<float>& heard, float amplitude, std::uint64_t seed)
{
  test::Dice dice{seed};
  for (auto& sample : heard) sample += amplitude * static_cast<float>(dice.real(-1, 1));
}

double rms(const std::vector<float>& sound)
{
  double sum = 0;
  for (const auto sample : sound) sum += std::pow(static_cast<double>(sample), 2);
  return std::sqrt(sum / static_cast<double>(sound.size()));
}

} // namespace

TEST_CASE("A round trip is found to the frame, at every rate")
{
  for (const auto hertz : {44'100, 48'000, 96'000}) {
    const auto rate = audio::SampleRate::fromHertz(hertz);
    const CableProbe probe{rate};
    for (const std::size_t frames : std::initializer_list<std::size_t>{0, 1, 64, 129, 4801, 19'000}) {
      CAPTURE(hertz, frames);
      const auto answer = probe.read(through(probe, frames, 0.8F));
      REQUIRE_FALSE(answer.trouble);
      CHECK(answer.reading.roundTrip.frames == static_cast<std::int64_t>(frames));
      CHECK(answer.reading.rate == rate);
      CHECK(answer.reading.gain.value() == Approx(-1.94).margin(0.1));
      CHECK_FALSE(answer.reading.isInverted);
    }
  }
}

TEST_CASE("A cable that turns the polarity is measured, and told of")
{
  const CableProbe probe{kRate};
  const auto answer = probe.read(through(probe, 777, -0.5F));
  REQUIRE_FALSE(answer.trouble);
  CHECK(answer.reading.roundTrip.frames == 777);
  CHECK(answer.reading.isInverted);
}

TEST_CASE("A cable that is plugged in while the first sweep plays counts as loud as it is")
{
  const CableProbe probe{kRate};
  auto heard = through(probe, 64, 1);
  const auto begin = std::ranges::find_if(heard, [](float sample) { return sample != 0; });
  std::fill_n(begin, 400, 0.0F);
  const auto answer = probe.read(heard);
  REQUIRE_FALSE(answer.trouble);
  CHECK(answer.reading.roundTrip.frames == 64);
  CHECK(answer.reading.gain.value() == Approx(0).margin(0.05));
}

TEST_CASE("Hum and hiss as loud as in bad cables move nothing")
{
  const CableProbe probe{kRate};
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    auto heard = through(probe, 300 + seed, 0.1F);
    addNoise(heard, 0.01F, seed);
    for (std::size_t i = 0; i < heard.size(); ++i)
      heard[i] += 0.01F * std::sin(static_cast<float>(i) * 0.0065F);
    const auto answer = probe.read(heard);
    REQUIRE_FALSE(answer.trouble);
    CHECK(answer.reading.roundTrip.frames == 300 + static_cast<std::int64_t>(seed));
  }
}

TEST_CASE("Without a cable nothing is read from silence or noise")
{
  const CableProbe probe{kRate};
  std::vector<float> heard(probe.sound().size(), 0.0F);
  CHECK(probe.read(heard).trouble == CableTrouble::nothing);
  addNoise(heard, 1e-6F, 1);
  CHECK(probe.read(heard).trouble == CableTrouble::nothing);
  CHECK(probe.read({}).trouble == CableTrouble::nothing);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    std::vector<float> noise(probe.sound().size(), 0.0F);
    addNoise(noise, 0.1F, seed);
    CHECK(probe.read(noise).trouble == CableTrouble::other);
  }
}

TEST_CASE("A level that nothing can be read from is told of")
{
  const CableProbe probe{kRate};
  auto clipped = through(probe, 100, 8.0F);
  for (auto& sample : clipped) sample = std::clamp(sample, -1.0F, 1.0F);
  CHECK(probe.read(clipped).trouble == CableTrouble::clips);
  CHECK(probe.read(through(probe, 100, 0.002F)).trouble == CableTrouble::tooQuiet);
  auto drowned = through(probe, 100, 0.05F);
  addNoise(drowned, static_cast<float>(60 * rms(drowned)), 3);
  const auto trouble = probe.read(drowned).trouble;
  CHECK((trouble == CableTrouble::tooQuiet || trouble == CableTrouble::other ||
         trouble == CableTrouble::unsteady));
}

TEST_CASE("A round trip that changes on the way is not believed")
{
  const CableProbe probe{kRate};
  auto heard = through(probe, 200, 0.5F);
  const auto later = through(probe, 264, 0.5F);
  const auto half = static_cast<std::ptrdiff_t>(heard.size() / 2);
  std::copy(later.begin() + half, later.end(), heard.begin() + half);
  CHECK(probe.read(heard).trouble == CableTrouble::unsteady);
}

TEST_CASE("Each trouble is told in a sentence that names the sockets")
{
  CHECK(audio::sentenceOf(CableTrouble::nothing, 1, 1) ==
        "Nothing came back: is the cable in output 1 and input 1?");
  CHECK(audio::sentenceOf(CableTrouble::clips, 3, 2) == "It clips: turn down output 3 or input 2.");
}
