#pragma once

#include <cmath>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <Dice.hpp>

namespace tutti::test {

/// What a path does to packets: how long one that is sent now is under way, in µs; nothing if it is lost.
struct Traffic {
  std::string name;
  std::function<std::optional<double>(double now)> travel;
};

inline Traffic steadyPath(double delay)
{
  return {"steady", [=](double) { return delay; }};
}

inline Traffic jitteryPath(double delay, double plusMinus, double loss, std::uint64_t seed)
{
  return {"jitter", [=, dice = Dice{seed}](double) mutable -> std::optional<double> {
            if (dice.real(0, 1) < loss) return std::nullopt;
            return delay + dice.real(-plusMinus, plusMinus);
          }};
}

/// Most packets are quick, few are very slow: radio. They do not overtake each other.
inline Traffic wifi(std::uint64_t seed)
{
  return {"wifi", [dice = Dice{seed}, last = 0.0](double now) mutable -> std::optional<double> {
            const double pareto = 600 * (std::pow(1 - dice.real(0, 1), -1 / 2.5) - 1);
            last = std::max(last, now + 2000 + std::min(pareto, 40e3));
            return last - now;
          }};
}

/// From time to time nothing passes for a while; then everything at once.
inline Traffic stalls(double delay, double every, double length)
{
  return {"stalls", [=](double now) {
            const double since = std::fmod(now, every);
            return delay + (since < length ? length - since : 0.0);
          }};
}

/// Packets are lost in bursts (Gilbert).
inline Traffic lossBursts(double delay, double share, double meanBurst, std::uint64_t seed)
{
  return {"loss bursts", [=, dice = Dice{seed}, isLosing = false](double) mutable -> std::optional<double> {
            const double into = share / (1 - share) / meanBurst;
            isLosing = dice.real(0, 1) < (isLosing ? 1 - 1 / meanBurst : into);
            return isLosing ? std::nullopt : std::optional{delay};
          }};
}

/// A queue that fills and drains.
inline Traffic swell(double delay, double by, double period, std::uint64_t seed)
{
  return {"swell", [=, dice = Dice{seed}](double now) mutable -> std::optional<double> {
            const double place = std::fmod(now, period) / period;
            const double height = place < 0.5 ? 0 : 1 - std::abs(4 * place - 3);
            return delay + by * height + dice.real(0, 300);
          }};
}

/// The way becomes longer by `by` at `up`, short again at `down`; and so on every `period`.
inline Traffic routeChange(double delay, double by, double up, double down, double period = 1e12)
{
  return {"route change", [=](double now) {
            const double since = std::fmod(now, period);
            return delay + (since >= up && since < down ? by : 0.0);
          }};
}

inline std::vector<Traffic> eightKinds()
{
  auto named = [](Traffic traffic, const char* name) {
    traffic.name = name;
    return traffic;
  };
  return {named(jitteryPath(200, 20, 0, 1), "cable"),
          named(jitteryPath(10e3, 1000, 0, 2), "jitter-1ms"),
          named(jitteryPath(10e3, 5000, 0.01, 3), "jitter-5ms-loss"),
          named(wifi(4), "wifi"),
          named(stalls(5000, 5e6, 30e3), "stalls"),
          named(lossBursts(5000, 0.01, 3, 5), "loss-bursts"),
          named(swell(10e3, 50e3, 20e6, 6), "swell"),
          named(routeChange(10e3, 30e3, 20e6, 40e6, 60e6), "route-change")};
}

} // namespace tutti::test
