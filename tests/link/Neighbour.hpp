#pragma once

#include <optional>
#include <string_view>

#include <MeasurementMessage.hpp>
#include <PeerState.hpp>
#include <tutti/time/SessionTransform.hpp>

/// Another Link program, as far as a node can tell: what it announces, and how it answers pings.
namespace tutti::test {

inline NodeId named(std::string_view name)
{
  return NodeId::fromBytes(std::as_bytes(std::span{name}));
}

inline IpAddress address(std::string_view text)
{
  return IpAddress::parse(text).value();
}

struct Neighbour {
  NodeId id;
  Endpoint speaksFrom; ///< Of discovery.
  link::PeerState state;
  time::SessionTransform transform; ///< Of its session.
  std::chrono::seconds ttl{5};

  /// The founder of a session of its own name that began at `foundedAt`.
  static Neighbour founder(std::string_view name, const IpAddress& ip, HostTime foundedAt)
  {
    Neighbour one;
    one.id = named(name);
    one.speaksFrom = {ip, 4001};
    one.state.session = one.id;
    one.state.measurement = {ip, 4002};
    one.transform.intercept = Micros{-microsOf(foundedAt)};
    return one;
  }

  /// One more in the same session.
  [[nodiscard]] Neighbour friendNamed(std::string_view name, const IpAddress& ip) const
  {
    auto one = *this;
    one.id = named(name);
    one.speaksFrom.address = ip;
    one.state.measurement.address = ip;
    return one;
  }

  [[nodiscard]] Datagram alive() const { return said(discovery::MessageType::alive); }
  [[nodiscard]] Datagram response() const { return said(discovery::MessageType::response); }
  [[nodiscard]] Datagram byeBye() const { return link::encodeByeBye(id); }

  [[nodiscard]] Datagram pong(const Datagram& ping, HostTime now) const
  {
    const auto message = link::parseMeasurementMessage(ping.bytes());
    return link::encodePong(state.session, transform.toSession(now), message->payload);
  }

  /// Its user turns the tempo.
  void setTempo(double bpm, time::Beats at)
  {
    state.timeline = {time::Tempo::fromBpm(bpm), at, state.timeline.fromBeats(at)};
  }

private:
  [[nodiscard]] Datagram said(discovery::MessageType type) const
  {
    return link::encodeState(type, ttl, id, state);
  }
};

} // namespace tutti::test
