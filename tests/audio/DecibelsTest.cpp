#include <Catch.hpp>
#include <cmath>
#include <limits>
#include <tutti/audio/Gain.hpp>

using namespace tutti::audio;
using namespace tutti::audio::literals;

TEST_CASE("Full scale is 0 dB, half of it 6.02 less, nothing is silence")
{
  CHECK(Decibels::ofAmplitude(1.0) == 0_dB);
  CHECK(Decibels::ofAmplitude(-0.5).value() == Approx(-6.0206));
  CHECK(Decibels::ofAmplitude(0.0) == Decibels::silence());
  CHECK(Decibels::ofAmplitude(std::nan("")) == Decibels::silence());
  CHECK(Decibels::silence().amplitude() == 0.0);
}

TEST_CASE("Decibels and amplitudes are two ways to say the same")
{
  for (double level = -120; level <= 24; level += 0.5)
    CHECK(Decibels::ofAmplitude(Decibels::of(level).amplitude()).value() == Approx(level).margin(1e-9));
}

TEST_CASE("Gains multiply where decibels add")
{
  CHECK((Gain::of(-6_dB) * Gain::of(-12_dB)).level().value() == Approx(-18));
  CHECK(Gain::of(Decibels::silence()) == Gain::silence());
  CHECK(Gain::of(0_dB) == Gain{});
}

TEST_CASE("No gain is beyond +24 dB, below zero, or not a number")
{
  CHECK(Gain::of(60_dB).level().value() == Approx(24));
  CHECK(Gain::ofFactor(std::numeric_limits<float>::infinity()).level().value() == Approx(24));
  CHECK(Gain::ofFactor(std::nanf("")) == Gain::silence());
  CHECK(Gain::ofFactor(-3.0F) == Gain::silence());
}
