#include "Prediction.hpp"

#include <Catch.hpp>
#include <Dice.hpp>
#include <SineFit.hpp>
#include <cmath>
#include <vector>

using namespace tutti;
using stream::Prediction;
using test::radians;

namespace {

template <class Signal> std::vector<float> first(Signal signal, std::size_t count)
{
  std::vector<float> samples(count);
  for (std::size_t i = 0; i < count; ++i) samples[i] = static_cast<float>(signal(static_cast<double>(i)));
  return samples;
}

} // namespace

TEST_CASE("A sine is continued for 5 ms within a tenth of itself, for one packet within a fiftieth")
{
  for (const double hertz : {110.0, 440.0, 1000.0, 5000.0, 12'000.0}) {
    const auto sine = [=](double i) { return 0.5 * std::sin(radians(hertz / 48'000 * i) + 0.3); };
    Prediction prediction;
    prediction.listen(first(sine, Prediction::kPast));
    CAPTURE(hertz);
    for (std::size_t i = 0; i < 240; ++i) {
      const double error =
        static_cast<double>(prediction.next()) - sine(static_cast<double>(Prediction::kPast + i));
      REQUIRE(std::abs(error) < (i < 64 ? 0.01 : 0.05));
    }
  }
}

TEST_CASE("A chord is continued for one packet within an eighth of itself")
{
  const auto chord = [](double i) {
    return 0.2 * (std::sin(radians(262.0 / 48'000 * i)) + std::sin(radians(330.0 / 48'000 * i) + 1) +
                  std::sin(radians(392.0 / 48'000 * i) + 2));
  };
  Prediction prediction;
  prediction.listen(first(chord, Prediction::kPast));
  for (std::size_t i = 0; i < 64; ++i)
    REQUIRE(std::abs(static_cast<double>(prediction.next()) -
                     chord(static_cast<double>(Prediction::kPast + i))) < 0.075);
}

TEST_CASE("Whatever was heard, what is predicted stays of its size")
{
  test::Dice dice{5};
  for (int round = 0; round < 200; ++round) {
    const double colour = dice.real(-0.99, 0.99);
    double last = 0;
    std::vector<float> noise(Prediction::kPast);
    for (auto& sample : noise)
      sample = static_cast<float>(last = colour * last + (1 - std::abs(colour)) * dice.real(-1, 1));
    Prediction prediction;
    prediction.listen(noise);
    for (int i = 0; i < 2000; ++i) REQUIRE(std::abs(prediction.next()) < 2.0F);
  }
}

TEST_CASE("Silence is followed by silence")
{
  Prediction prediction;
  prediction.listen(std::vector<float>(Prediction::kPast));
  for (int i = 0; i < 100; ++i) REQUIRE(prediction.next() == 0.0F);
}

TEST_CASE("A click is not repeated")
{
  std::vector<float> past(Prediction::kPast);
  past[400] = 1.0F;
  Prediction prediction;
  prediction.listen(past);
  for (int i = 0; i < 500; ++i) REQUIRE(std::abs(prediction.next()) < 0.05F);
}
