#include "Catch.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include "SineReview.hpp"

using hearing::reviewSine;

namespace {

constexpr double kRate = 48'000;
constexpr double kHz = 1000;

std::vector<float> sine(double seconds, double hz = kHz)
{
  std::vector<float> sound(static_cast<std::size_t>(seconds * kRate));
  for (std::size_t i = 0; i < sound.size(); ++i)
    sound[i] = static_cast<float>(0.5 * std::sin(2 * std::numbers::pi * hz * static_cast<double>(i) / kRate));
  return sound;
}

void silence(std::vector<float>& sound, std::size_t from, double seconds)
{
  for (std::size_t i = 0; i < static_cast<std::size_t>(seconds * kRate); ++i) sound[from + i] = 0;
}

} // namespace

TEST_CASE("a clean sine has no glitch, nor one that a resampler steers by 2000 ppm")
{
  for (const double hz : {kHz, kHz * 1.002, kHz * 0.998}) {
    const auto review = reviewSine(sine(2, hz), kRate, kHz);
    CHECK(review.glitches.empty());
    CHECK(review.amplitude == Approx(0.5).epsilon(0.02));
    CHECK(review.signalToNoiseDb > (hz == kHz ? 100 : 30));
  }
}

TEST_CASE("three missing milliseconds are one glitch, one millisecond is none")
{
  auto sound = sine(3);
  silence(sound, 48'000, 0.003);
  silence(sound, 96'000, 0.001);
  const auto review = reviewSine(sound, kRate, kHz);
  REQUIRE(review.glitches.size() == 1);
  CHECK(review.glitches[0].atSeconds == Approx(1).margin(0.03));
}

TEST_CASE("a slip is a glitch")
{
  auto sound = sine(2);
  sound.erase(sound.begin() + 48'000, sound.begin() + 48'012); // a quarter of a period
  CHECK(reviewSine(sound, kRate, kHz).glitches.size() == 1);
}

TEST_CASE("a slip is no gap, what is silent is one for as long as it is")
{
  auto sound = sine(3);
  silence(sound, 96'000, 0.012);
  sound.erase(sound.begin() + 48'000, sound.begin() + 48'012); // a quarter of a period
  const auto review = reviewSine(sound, kRate, kHz);
  REQUIRE(review.gaps.size() == 1);
  CHECK(review.gaps[0].atSeconds == Approx(2).margin(0.001));
  CHECK(review.gaps[0].seconds == Approx(0.012).margin(0.0005));
  CHECK(review.glitches.size() == 2);
}

TEST_CASE("what is close together is heard as one, what is apart is not")
{
  auto sound = sine(4);
  for (const std::size_t from : {48'000U, 48'400U, 120'000U}) silence(sound, from, 0.004);
  CHECK(reviewSine(sound, kRate, kHz).glitches.size() == 2);
}

TEST_CASE("noise is told apart from glitches")
{
  auto sound = sine(2);
  for (std::size_t i = 0; i < sound.size(); ++i) sound[i] += i % 2 == 0 ? 0.005F : -0.005F; // 37 dB below
  const auto review = reviewSine(sound, kRate, kHz);
  CHECK(review.glitches.empty());
  CHECK(review.signalToNoiseDb == Approx(37).margin(0.5));
}

TEST_CASE("how loud a tone is, beside another one")
{
  auto sound = sine(0.05);
  const auto other = sine(0.05, 1500);
  CHECK(hearing::amplitudeOf(sound, kRate, kHz) == Approx(0.5).epsilon(1e-3));
  for (std::size_t i = 0; i < sound.size(); ++i) sound[i] = sound[i] / 2 + other[i];
  CHECK(hearing::amplitudeOf(sound, kRate, kHz) == Approx(0.25).epsilon(1e-3));
  CHECK(hearing::amplitudeOf(sound, kRate, 1500) == Approx(0.5).epsilon(1e-3));
  CHECK(hearing::amplitudeOf({}, kRate, kHz) == 0);
}

TEST_CASE("a recording that is too short says nothing")
{
  CHECK(reviewSine(sine(0.05), kRate, kHz).seconds == 0);
}
