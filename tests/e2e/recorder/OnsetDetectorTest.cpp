#include "Catch.hpp"

#include <numbers>
#include <vector>

#include "OnsetDetector.hpp"

using recorder::Onset;
using recorder::OnsetDetector;

namespace {

constexpr double kRate = 48'000;

/// A cosine from its crest at a place between two samples, fading over 60 ms.
void addClick(std::vector<float>& sound, double at, double pitchHz)
{
  for (auto i = static_cast<std::size_t>(std::ceil(at)); i < sound.size(); ++i) {
    const auto seconds = (static_cast<double>(i) - at) / kRate;
    const auto fade = std::max(0.0, 1 - seconds / 0.06);
    sound[i] = static_cast<float>(fade * std::cos(2 * std::numbers::pi * pitchHz * seconds));
  }
}

std::vector<Onset> heard(const std::vector<float>& sound)
{
  OnsetDetector detector{kRate};
  std::vector<Onset> onsets;
  for (std::size_t i = 0; i < sound.size(); ++i)
    if (const auto onset = detector.hear(sound[i], i)) onsets.push_back(*onset);
  return onsets;
}

} // namespace

TEST_CASE("a click's beginning is found between the samples, and its pitch")
{
  for (const double at : {1000.0, 1000.25, 1000.5, 1000.99})
    for (const double pitch : {1108.0, 1567.0}) {
      std::vector<float> sound(6000);
      addClick(sound, at, pitch);
      const auto onsets = heard(sound);
      REQUIRE(onsets.size() == 1);
      CHECK(onsets[0].frame == Approx(at).margin(0.1));
      CHECK(onsets[0].pitchHz == Approx(pitch).epsilon(0.01));
    }
}

TEST_CASE("a click in the tail of the one before is a click")
{
  std::vector<float> sound(12'000);
  addClick(sound, 1000, 1108);
  addClick(sound, 1000 + 0.03 * kRate, 1108);
  CHECK(heard(sound).size() == 2);
}

TEST_CASE("silence, and a sound that swells, hold no click")
{
  std::vector<float> sound(48'000);
  CHECK(heard(sound).empty());
  for (std::size_t i = 0; i < sound.size(); ++i)
    sound[i] = static_cast<float>(std::sin(2 * std::numbers::pi * 440 * static_cast<double>(i) / kRate) *
                                  static_cast<double>(i) / 48'000);
  CHECK(heard(sound).empty());
}
