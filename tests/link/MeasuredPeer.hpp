#pragma once

#include <algorithm>
#include <functional>
#include <vector>

#include <Measurement.hpp>
#include <tutti/time/HostClock.hpp>

/// A measurement played against a peer whose answers, and the way to it, a test decides.
namespace tutti::test {

using link::Measurement;

inline const NodeId kMeasuredSession{{'s', 'e', 's', 's', 'i', 'o', 'n', '1'}};

/// What one ping meets. Nothing comes back when `isAnswered` is false.
struct Fate {
  bool isAnswered = true;
  Micros there{200};
  Micros back{200};
};

class MeasuredPeer {
public:
  static constexpr Micros kIntercept{-123'456'789};
  static constexpr HostTime kStart = HostTime{} + std::chrono::hours{1};

  struct Told {
    Measurement::Action action;
    HostTime at{};
  };

  /// `fate` is asked with the number of the ping, the first being 1.
  explicit MeasuredPeer(Measurement::Plan plan, std::function<Fate(int)> fate)
    : measurement{kMeasuredSession, plan, kStart}
    , fate_{std::move(fate)}
  {}

  /// Goes on until the measurement is over, or the time.
  void play(HostTime end = HostTime::max())
  {
    if (!isStarted_) take(measurement.start(kStart), kStart);
    isStarted_ = true;
    while (!measurement.isOver()) {
      const auto pong = std::ranges::min_element(onTheWay_, {}, &Arrival::at);
      const auto due = *measurement.nextDeadline();
      const bool isPong = pong != onTheWay_.end() && pong->at <= due;
      now = isPong ? pong->at : due;
      if (now > end) return;
      if (!isPong) {
        take(measurement.advance(now), now);
        continue;
      }
      const auto arrival = *pong;
      onTheWay_.erase(pong);
      take(measurement.receive(tampered ? tampered(arrival.pong) : arrival.pong, now), now);
    }
  }

  template <class Action> [[nodiscard]] const Told* told() const
  {
    const auto found = std::ranges::find_if(
      outcomes, [](const Told& one) { return std::holds_alternative<Action>(one.action); });
    return found == outcomes.end() ? nullptr : &*found;
  }

  Measurement measurement;
  HostTime now = kStart;
  std::vector<HostTime> pings;
  std::vector<Told> outcomes; ///< All but pings.
  std::function<link::Pong(link::Pong)> tampered;

private:
  struct Arrival {
    link::Pong pong;
    HostTime at{};
  };

  void take(const std::vector<Measurement::Action>& actions, HostTime at)
  {
    for (const auto& action : actions) {
      if (const auto* ping = std::get_if<Measurement::Ping>(&action))
        travel(*ping, at);
      else
        outcomes.push_back({action, at});
    }
  }

  void travel(const Measurement::Ping& ping, HostTime at)
  {
    pings.push_back(at);
    const auto fate = fate_(static_cast<int>(pings.size()));
    if (!fate.isAnswered) return;
    const auto message = link::parseMeasurementMessage(ping.datagram.bytes());
    const auto answered = sessionTime(microsOf(at + fate.there) + kIntercept.count());
    const auto pong = link::encodePong(kMeasuredSession, answered, message->payload);
    onTheWay_.push_back({*link::parsePong(pong.bytes().subspan(9)), at + fate.there + fate.back});
  }

  std::function<Fate(int)> fate_;
  std::vector<Arrival> onTheWay_;
  bool isStarted_ = false;
};

} // namespace tutti::test
