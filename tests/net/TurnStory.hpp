#pragma once

#include <algorithm>
#include <deque>
#include <vector>

#include <tutti/net/TurnClient.hpp>

#include "PretendTurn.hpp"

namespace tutti::test {

/// A client and its server, 10 ms apart, in simulated time.
class TurnStory {
public:
  static constexpr Micros kOneWay{10'000};
  static constexpr Micros kRoundTrip = 2 * kOneWay;

  struct Event {
    HostTime at;
    net::TurnClient::Action action;
  };

  explicit TurnStory(net::TurnCredentials credentials = {"anna", "secret", std::nullopt},
                     net::TurnTransport transport = net::TurnTransport::datagrams)
    : client{home, std::move(credentials), options(transport)}
  {}

  const Endpoint home{*IpAddress::parse("192.0.2.1"), 3478};
  const Endpoint ben{*IpAddress::parse("198.51.100.20"), 7000};
  PretendTurn server;
  net::TurnClient client;
  HostTime now = hostTime(1'000'000);
  std::vector<Event> events; ///< all actions but datagrams
  std::vector<Event> sent;   ///< datagrams, as they left us
  bool isLosing = false;     ///< everything between us

  static net::TurnClient::Options options(net::TurnTransport transport)
  {
    net::TurnClient::Options options;
    options.transport = transport;
    options.draw = [count = 0]() mutable {
      net::stun::TransactionId id{};
      ++count;
      id[0] = static_cast<std::byte>(count & 0xff);
      id[1] = static_cast<std::byte>(count >> 8 & 0xff);
      return id;
    };
    return options;
  }

  void start() { perform(client.start(now)); }

  void perform(const net::TurnClient::Actions& actions)
  {
    for (const auto& action : actions) {
      const auto* send = std::get_if<net::TurnClient::Send>(&action);
      (send != nullptr ? sent : events).push_back({now, action});
      if (send != nullptr && !isLosing) onTheWay_.push_back({now + kOneWay, true, send->to, send->bytes});
    }
  }

  /// Lets time pass, with all that happens in it.
  void pass(Micros duration)
  {
    const auto end = now + duration;
    for (;;) {
      const auto deadline = client.nextDeadline();
      const auto arrival =
        std::ranges::min_element(onTheWay_, {}, [](const Flight& flight) { return flight.at; });
      const bool isArrival =
        arrival != onTheWay_.end() && arrival->at <= end && (!deadline || arrival->at <= *deadline);
      if (!isArrival && (!deadline || *deadline > end)) break;
      if (isArrival) {
        now = std::max(now, arrival->at);
        const auto flight = std::move(*arrival);
        onTheWay_.erase(arrival);
        land(flight);
      } else {
        REQUIRE(++idleSteps_ < 100'000); // a deadline that does not move
        now = std::max(now, *deadline);
        perform(client.advance(now));
      }
    }
    now = end;
  }

  /// As a stranger, or as the server out of the blue.
  void say(const ByteString& bytes, const Endpoint& from) { perform(client.receive(bytes, from, now)); }

  template <class Kind> [[nodiscard]] std::size_t count() const
  {
    return static_cast<std::size_t>(std::ranges::count_if(
      events, [](const Event& event) { return std::holds_alternative<Kind>(event.action); }));
  }
  template <class Kind> [[nodiscard]] const Kind& last() const
  {
    const auto found = std::find_if(events.rbegin(), events.rend(), [](const Event& event) {
      return std::holds_alternative<Kind>(event.action);
    });
    REQUIRE(found != events.rend());
    return std::get<Kind>(found->action);
  }
  template <class Kind> [[nodiscard]] HostTime lastAt() const
  {
    const auto found = std::find_if(events.rbegin(), events.rend(), [](const Event& event) {
      return std::holds_alternative<Kind>(event.action);
    });
    REQUIRE(found != events.rend());
    return found->at;
  }

  /// A relay, and ben reached by a channel.
  void open()
  {
    start();
    pass(10 * kRoundTrip);
    perform(client.bindChannel(ben, now));
    pass(10 * kRoundTrip);
    REQUIRE(count<net::TurnClient::Reachable>() == 1);
    REQUIRE(reaches(ben));
  }

  [[nodiscard]] bool reaches(const Endpoint& peer) const
  {
    auto routes = client.routes();
    std::array<std::byte, 200> room{};
    return !routes.wrap(peer, {}, room).empty();
  }

private:
  struct Flight {
    HostTime at;
    bool isToServer = true;
    Endpoint server;
    ByteString bytes;
  };

  void land(const Flight& flight)
  {
    if (!flight.isToServer) return perform(client.receive(flight.bytes, flight.server, now));
    if (const auto reply = server.answer(flight.bytes, now); reply && !isLosing)
      onTheWay_.push_back({now + kOneWay, false, flight.server, *reply});
  }

  std::deque<Flight> onTheWay_;
  int idleSteps_ = 0;
};

} // namespace tutti::test
