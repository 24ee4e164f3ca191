#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <queue>
#include <random>
#include <vector>

#include <tutti/time/HostClock.hpp>

namespace tutti::test {

/// The one true clock of a simulation, and what happens on it in order. Nobody simulated can read it.
///
/// An hour takes as long as its events take to compute.
class SimulatedTime {
public:
  [[nodiscard]] double now() const { return now_; } ///< µs

  void at(double when, std::function<void()> event) { events_.push({when, ++sequence_, std::move(event)}); }
  void after(double delay, std::function<void()> event) { at(now_ + delay, std::move(event)); }

  void runUntil(double end)
  {
    while (!events_.empty() && events_.top().when <= end) {
      auto event = std::move(const_cast<Event&>(events_.top()));
      events_.pop();
      now_ = std::max(now_, event.when);
      event.act();
    }
    now_ = std::max(now_, end);
  }

private:
  struct Event {
    double when = 0;
    std::uint64_t sequence = 0;
    std::function<void()> act;
    bool operator<(const Event& other) const
    {
      return when != other.when ? when > other.when : sequence > other.sequence;
    }
  };
  std::priority_queue<Event> events_;
  std::uint64_t sequence_ = 0;
  double now_ = 0;
};

/// A machine's own clock: off by a constant, and running a little fast or slow.
struct SimulatedClock {
  double offset = 0; ///< µs
  double ppm = 0;

  [[nodiscard]] HostTime read(double trueTime) const
  {
    return hostTime(static_cast<std::int64_t>(std::floor(offset + trueTime * (1 + ppm * 1e-6))));
  }
  [[nodiscard]] double trueTimeOf(HostTime local) const
  {
    return (static_cast<double>(microsOf(local)) - offset) / (1 + ppm * 1e-6);
  }
};

/// What the air or the cable does to one packet. Times in µs.
struct SimulatedWire {
  double delay = 50;
  double uniformJitter = 0; ///< plus or minus
  double paretoJitter = 0;  ///< mean of a heavy-tailed addition (shape 3)
  double loss = 0;
  double duplicates = 0;
  bool unicastIsRetried =
    false; ///< as on Wi-Fi: a lost unicast packet costs time, a lost multicast packet is lost

  template <class Random> [[nodiscard]] double travelTime(Random& random) const
  {
    std::uniform_real_distribution<double> unit{0, 1};
    double time = delay;
    if (uniformJitter > 0) time += uniformJitter * (2 * unit(random) - 1);
    if (paretoJitter > 0) time += paretoJitter * 2 * (std::pow(1 - unit(random), -1.0 / 3) - 1);
    return std::max(1.0, time);
  }

  /// Arrival delays of the copies that arrive: none, one or two.
  template <class Random> [[nodiscard]] std::vector<double> send(Random& random, bool isUnicast) const
  {
    std::uniform_real_distribution<double> unit{0, 1};
    double retries = 0;
    while (unit(random) < loss) {
      if (!isUnicast || !unicastIsRetried) return {};
      retries += travelTime(random);
    }
    std::vector<double> arrivals{retries + travelTime(random)};
    if (unit(random) < duplicates) arrivals.push_back(retries + travelTime(random));
    return arrivals;
  }
};

} // namespace tutti::test
