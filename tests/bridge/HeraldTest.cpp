#include "Catch.hpp"

#include <vector>

#include <Herald.hpp>

using namespace std::chrono_literals;

namespace tutti::bridge {
namespace {

constexpr HostTime kStart = HostTime{} + 1h;

std::vector<Micros> told(Herald& herald, HostTime from, HostTime to)
{
  std::vector<Micros> at;
  for (auto now = from; now <= to; now += 1ms)
    if (herald.advance(now)) at.push_back(now - from);
  return at;
}

} // namespace

SCENARIO("The room is told once a second, and each change three times")
{
  Herald herald;
  CHECK(told(herald, kStart, kStart + 2500ms) == std::vector<Micros>{0ms, 1s, 2s});
  herald.changed(kStart + 2600ms);
  CHECK(told(herald, kStart + 2600ms, kStart + 4s) == std::vector<Micros>{0ms, 80ms, 280ms, 1280ms});
}

SCENARIO("Changes without end are told twenty times a second at most")
{
  Herald herald;
  std::size_t times = 0;
  for (auto now = kStart; now < kStart + 1s; now += 1ms) {
    herald.changed(now);
    if (herald.advance(now)) ++times;
  }
  CHECK(times == 20);
}

} // namespace tutti::bridge
