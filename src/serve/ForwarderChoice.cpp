#include "ForwarderChoice.hpp"

#include <algorithm>

namespace tutti::serve {
namespace {

using room::wire::RoundTrip;

constexpr std::uint64_t kNotMeasured = 1'000'000; // µs
constexpr std::uint64_t kWorthIt = 2'000;         // µs that each member wins by a change, at least

std::uint64_t roundTripOf(const std::vector<RoundTrip>& member, std::uint64_t forwarder)
{
  const auto found = std::ranges::find(member, forwarder, &RoundTrip::forwarder);
  return found == member.end() ? kNotMeasured : std::min<std::uint64_t>(found->micros, kNotMeasured);
}

/// Of all members together that have measured something: who has just come has not.
std::uint64_t distanceOf(std::uint64_t forwarder, std::span<const std::vector<RoundTrip>> members)
{
  std::uint64_t sum = 0;
  for (const auto& member : members)
    if (!member.empty()) sum += roundTripOf(member, forwarder);
  return sum;
}

} // namespace

std::uint64_t chooseForwarder(std::span<const std::uint64_t> living, std::uint64_t present,
                              std::span<const std::vector<RoundTrip>> members)
{
  const auto nearest = *std::ranges::min_element(
    living, {}, [&](std::uint64_t forwarder) { return distanceOf(forwarder, members); });
  if (std::ranges::find(living, present) == living.end()) return nearest;
  const auto now = distanceOf(present, members);
  const auto then = distanceOf(nearest, members);
  const bool isClearlyNearer = then + kWorthIt * members.size() < now && then < now - now / 5;
  return isClearlyNearer ? nearest : present;
}

} // namespace tutti::serve
