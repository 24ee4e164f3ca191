#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include <tutti/core/Endpoint.hpp>

namespace tutti::test {

/// A router that shows one address to the world for all that are behind it.
///
/// Spec: RFC 4787 4.1 (mapping) and 5 (filtering).
class SimulatedNat {
public:
  enum class Mapping { endpointIndependent, perEndpoint };
  enum class Filtering { endpointIndependent, perEndpoint };

  SimulatedNat(const IpAddress& outside, Mapping mapping, Filtering filtering)
    : outside_{outside}
    , mapping_{mapping}
    , filtering_{filtering}
  {}

  /// A packet goes out; from where the world sees it come. Times in µs.
  Endpoint leave(const Endpoint& from, const Endpoint& to, double now)
  {
    const auto key = std::pair{from, mapping_ == Mapping::perEndpoint ? to : Endpoint{}};
    auto found = ports_.find(key);
    if (found == ports_.end() || !isAlive(found->second, now)) {
      found = ports_.insert_or_assign(key, nextPort_++).first;
      holes_[found->second].inside = from;
    }
    auto& hole = holes_[found->second];
    hole.until = now + kLifetime;
    hole.asked[to] = now + kLifetime;
    return {outside_, found->second};
  }

  /// A packet comes to an address of ours: whom inside it reaches.
  std::optional<Endpoint> enter(const Endpoint& from, const Endpoint& to, double now)
  {
    if (to.address != outside_ || !isAlive(to.port, now)) return std::nullopt;
    const auto& hole = holes_.at(to.port);
    const auto asked = hole.asked.find(from);
    const bool wasAsked = asked != hole.asked.end() && asked->second > now;
    if (filtering_ == Filtering::perEndpoint && !wasAsked) return std::nullopt;
    return hole.inside;
  }

  /// As after a power cut.
  void forget()
  {
    ports_.clear();
    holes_.clear();
  }

private:
  static constexpr double kLifetime = 30e6; // µs; as short as home routers have it

  [[nodiscard]] bool isAlive(std::uint16_t port, double now) const
  {
    const auto hole = holes_.find(port);
    return hole != holes_.end() && hole->second.until > now;
  }

  struct Hole {
    Endpoint inside;
    double until = 0;
    std::map<Endpoint, double> asked;
  };
  IpAddress outside_;
  Mapping mapping_;
  Filtering filtering_;
  std::map<std::pair<Endpoint, Endpoint>, std::uint16_t> ports_;
  std::map<std::uint16_t, Hole> holes_;
  std::uint16_t nextPort_ = 40'000;
};

} // namespace tutti::test
