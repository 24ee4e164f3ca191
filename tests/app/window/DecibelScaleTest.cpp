#include "window/DecibelScale.hpp"

#include <cmath>

#include <Catch.hpp>

using tutti::app::DecibelScale;

SCENARIO("A position and its decibels are one and the same")
{
  for (double position = 0.03; position <= 1; position += 0.001)
    CHECK(DecibelScale::position(DecibelScale::decibels(position)) == Approx(position).margin(1e-9));
}

SCENARIO("Louder is higher, from silence at the bottom to the most there is at the top")
{
  CHECK(DecibelScale::position(-std::numeric_limits<double>::infinity()) == 0);
  CHECK(DecibelScale::position(DecibelScale::kHighest) == 1);
  CHECK(DecibelScale::position(99) == 1);
  CHECK(DecibelScale::position(std::nan("")) == 0);
  double last = 0;
  for (double decibels = -60; decibels <= 10; decibels += 0.1) {
    CHECK(DecibelScale::position(decibels) > last);
    last = DecibelScale::position(decibels);
  }
  CHECK(std::isinf(DecibelScale::decibels(0)));
  CHECK(DecibelScale::decibels(1) == DecibelScale::kHighest);
}

SCENARIO("Near full scale a decibel is wider than far below")
{
  const auto width = [](double decibels) {
    return DecibelScale::position(decibels) - DecibelScale::position(decibels - 1);
  };
  CHECK(width(0) > 2 * width(-40));
}

SCENARIO("Decibels are read with their sign")
{
  CHECK(DecibelScale::text(0) == "0.0");
  CHECK(DecibelScale::text(-0.04) == "0.0");
  CHECK(DecibelScale::text(-6) == "−6.0");
  CHECK(DecibelScale::text(3.52) == "+3.5");
  CHECK(DecibelScale::text(-std::numeric_limits<double>::infinity()) == "−∞");
}
