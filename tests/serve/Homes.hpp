#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "Rehearsal.hpp"

/// Where members of a rehearsal live, and how they get on from there.
namespace tutti::test {

/// What lies between a member and the world.
enum class Router { none, fullCone, portRestricted, symmetric, twice };
inline constexpr std::array kRouters{Router::none, Router::fullCone, Router::portRestricted,
                                     Router::symmetric, Router::twice};
constexpr std::array<const char*, 5> kNames{"none", "full cone", "port-restricted", "symmetric", "double"};

inline const char* nameOfRouter(Router router)
{
  return kNames.at(static_cast<std::size_t>(router));
}

/// A flat somewhere, with a router of its own.
class Home {
public:
  Home(Router kind, std::uint8_t number)
  {
    const auto world = IpAddress::v4({198, 51, number, 7});
    const auto portRestricted = [](const IpAddress& outside) {
      return std::make_unique<SimulatedNat>(outside, SimulatedNat::Mapping::endpointIndependent,
                                            SimulatedNat::Filtering::perEndpoint);
    };
    if (kind == Router::twice) routers_.push_back(portRestricted(IpAddress::v4({100, 64, number, 2})));
    if (kind == Router::twice || kind == Router::portRestricted) routers_.push_back(portRestricted(world));
    if (kind == Router::fullCone)
      routers_.push_back(std::make_unique<SimulatedNat>(world, SimulatedNat::Mapping::endpointIndependent,
                                                        SimulatedNat::Filtering::endpointIndependent));
    if (kind == Router::symmetric)
      routers_.push_back(std::make_unique<SimulatedNat>(world, SimulatedNat::Mapping::perEndpoint,
                                                        SimulatedNat::Filtering::perEndpoint));
    inside_ = routers_.empty() ? world : IpAddress::v4({192, 168, number, 2});
  }

  [[nodiscard]] Rehearsal::Place place() const
  {
    Rehearsal::Place place{{inside_, 5000}, {}};
    for (const auto& router : routers_) place.behind.push_back(router.get());
    return place;
  }
  SimulatedNat& router() { return *routers_.front(); }

private:
  std::vector<std::unique_ptr<SimulatedNat>> routers_;
  IpAddress inside_;
};

/// What can be reached: a hole is found by who sees from where the other asks.
inline bool canMeet(Router one, Router other)
{
  const auto isStrict = [](Router router) {
    return router == Router::portRestricted || router == Router::twice || router == Router::symmetric;
  };
  const bool isOneSymmetric = one == Router::symmetric && isStrict(other);
  const bool isOtherSymmetric = other == Router::symmetric && isStrict(one);
  return !isOneSymmetric && !isOtherSymmetric;
}

inline std::optional<room::PathKind> pathOf(Rehearsal& stage, Rehearsal::Player& player)
{
  const auto views = player.ensemble->members(stage.nowOf(player));
  if (views.empty() || !views[0].path) return std::nullopt;
  return views[0].path->kind;
}

/// Seconds until all reach each other in this way.
template <class Holds> double runUntil(Rehearsal& stage, double most, Holds holds)
{
  const auto begun = stage.time.now();
  while (!holds() && stage.time.now() - begun < most * 1e6) stage.run(0.01);
  return (stage.time.now() - begun) / 1e6;
}

/// Plays a packet each 10 ms; how many of them the listener missed.
inline std::size_t missed(Rehearsal& stage, Rehearsal::Player& listener, const Rehearsal::Player& speaker,
                          double seconds)
{
  const auto before = listener.heard[speaker.slot];
  const auto packets = static_cast<std::size_t>(seconds * 100);
  for (std::size_t i = 0; i < packets; ++i) {
    stage.play();
    stage.run(0.01);
  }
  stage.run(0.1); // what is on its way
  return packets - std::min(packets, listener.heard[speaker.slot] - before);
}

} // namespace tutti::test
