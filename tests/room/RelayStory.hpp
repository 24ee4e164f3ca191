#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "../net/PretendTurn.hpp"
#include "OwnRelays.hpp"

namespace tutti::test {

/// A member's relays, the TURN servers they are at, 10 ms away, and the directory, in simulated time.
class RelayStory {
public:
  using R = room::OwnRelays;
  using Transport = room::TurnUrl::Transport;

  static room::TurnLeave::Server server(std::uint8_t number, Transport transport = Transport::udp)
  {
    return {{IpAddress::v4({192, 0, 2, number}), 3478}, "turn.example.org", transport};
  }
  const Endpoint ben{IpAddress::v4({198, 51, 100, 20}), 7000};

  R relays;
  HostTime now = hostTime(1'000'000);
  std::vector<std::pair<HostTime, R::Action>> events; ///< all but datagrams
  std::set<Endpoint> silent;                          ///< servers

  PretendTurn& relayAt(const Endpoint& there, R::Port port)
  {
    const auto [place, isNew] = servers_.try_emplace({there, port});
    if (isNew) place->second.relayed.port = static_cast<std::uint16_t>(50'000 + 100 * servers_.size());
    return place->second;
  }

  void give(std::vector<room::TurnLeave::Server> servers, std::optional<HostTime> until = {},
            const std::string& name = "anna")
  {
    perform(relays.leaveGiven({std::move(servers), {name, "secret", until}}, now));
  }

  void perform(const R::Actions& actions)
  {
    for (const auto& action : actions) {
      const auto* send = std::get_if<R::Send>(&action);
      if (send == nullptr)
        events.emplace_back(now, action);
      else
        onTheWay_.push_back({now + kOneWay, true, send->to, send->port, send->bytes});
    }
  }

  void pass(Micros duration)
  {
    for (const auto end = now + duration; now < end; now += kStep) {
      perform(relays.advance(now));
      while (!onTheWay_.empty() && onTheWay_.front().at <= now) {
        const auto flight = onTheWay_.front();
        onTheWay_.pop_front();
        land(flight);
      }
    }
  }

  template <class Kind> [[nodiscard]] std::vector<Kind> all() const
  {
    std::vector<Kind> found;
    for (const auto& [at, action] : events)
      if (const auto* kind = std::get_if<Kind>(&action)) found.push_back(*kind);
    return found;
  }
  template <class Kind> [[nodiscard]] std::size_t count() const { return all<Kind>().size(); }

  /// Whether a packet for a peer gets to the server of this relay.
  [[nodiscard]] bool carries(const Endpoint& relay, const Endpoint& peer) const
  {
    const auto uses = all<R::UseCarriers>();
    if (uses.empty()) return false;
    for (auto carrier : uses.back().carriers) {
      std::array<std::byte, 200> room{};
      if (carrier.relayed == relay) return !carrier.routes.wrap(peer, {}, room).empty();
    }
    return false;
  }

private:
  static constexpr Micros kOneWay{10'000};
  static constexpr Micros kStep{5'000};

  struct Flight {
    HostTime at;
    bool isToServer = true;
    Endpoint server;
    R::Port port = R::Port::media;
    ByteString bytes;
  };

  void land(const Flight& flight)
  {
    if (!flight.isToServer) {
      if (!relays.isServer(flight.port, flight.server)) return; // it was given up meanwhile
      return perform(relays.receive(flight.port, flight.bytes, flight.server, now));
    }
    if (silent.contains(flight.server)) return;
    if (auto reply = relayAt(flight.server, flight.port).answer(flight.bytes, now))
      onTheWay_.push_back({now + kOneWay, false, flight.server, flight.port, std::move(*reply)});
  }

  std::map<std::pair<Endpoint, R::Port>, PretendTurn> servers_;
  std::deque<Flight> onTheWay_;
};

} // namespace tutti::test
