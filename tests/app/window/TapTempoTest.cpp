#include "window/TapTempo.hpp"

#include <chrono>

#include <Catch.hpp>

using namespace std::chrono_literals;
using tutti::app::TapTempo;

namespace {

constexpr tutti::HostTime kStart = tutti::hostTime(1'000'000'000);

/// The bpm after the last of several taps, each this long after the one before; 0: no answer.
double bpmAfter(std::initializer_list<tutti::Micros> intervals)
{
  TapTempo taps;
  auto at = kStart;
  auto tempo = taps.tap(at);
  for (const auto interval : intervals) tempo = taps.tap(at += interval);
  return tempo ? tempo->bpm() : 0;
}

} // namespace

SCENARIO("A tempo is tapped")
{
  CHECK(bpmAfter({}) == 0);
  CHECK(bpmAfter({500ms}) == Approx(120));
  CHECK(bpmAfter({490ms, 510ms, 505ms, 495ms}) == Approx(120));
}

SCENARIO("The tapped tempo follows a hand that gets faster")
{
  CHECK(bpmAfter({500ms, 500ms, 400ms, 400ms, 400ms, 400ms, 400ms, 400ms, 400ms, 400ms}) == Approx(150));
}

SCENARIO("After a pause tapping starts over")
{
  CHECK(bpmAfter({500ms, 500ms, 4s}) == 0);
  CHECK(bpmAfter({500ms, 500ms, 4s, 400ms}) == Approx(150));
}

SCENARIO("An interval that cannot belong to the same tempo starts over")
{
  CHECK(bpmAfter({500ms, 500ms, 1100ms}) == 0);
  CHECK(bpmAfter({500ms, 500ms, 1100ms, 1100ms}) == Approx(60'000.0 / 1100));
}

SCENARIO("A key that bounces is one tap")
{
  CHECK(bpmAfter({500ms, 10ms}) == 0);
  CHECK(bpmAfter({500ms, 10ms, 490ms}) == Approx(120));
}

SCENARIO("The slowest tempo there is can be tapped, slower cannot")
{
  CHECK(bpmAfter({3s}) == Approx(20));
  CHECK(bpmAfter({3001ms}) == 0);
}
