#pragma once

#include "NodeOnDesk.hpp"

/// A node on a network as large as 10.0.0.0/8, and strangers who may say anything to it.
namespace tutti::test {

class Target : public NodeOnDesk {
public:
  static constexpr auto kOwn = IpAddress::v4({10, 0, 0, 1});

  Target()
  {
    enable();
    plugIn();
  }
  void plugIn() { open(kLan); }
  void unplug() { close(kLan); }

  static IpAddress address(unsigned number)
  {
    return IpAddress::v4({10, static_cast<std::uint8_t>(1 + number / 65'536),
                          static_cast<std::uint8_t>(number / 256), static_cast<std::uint8_t>(number)});
  }
  static NodeId name(unsigned number, char family = 'p')
  {
    return NodeId{{static_cast<std::uint8_t>(family), static_cast<std::uint8_t>(number >> 16U),
                   static_cast<std::uint8_t>(number >> 8U), static_cast<std::uint8_t>(number)}};
  }

  /// What a well-behaved member of a session says from an address.
  static link::PeerState state(const NodeId& session, const IpAddress& from)
  {
    link::PeerState state;
    state.session = session;
    state.measurement = {from, kMeasurementPort};
    return state;
  }

  void hears(const NodeId& id, const link::PeerState& state, const Endpoint& from,
             std::chrono::seconds ttl = std::chrono::seconds{5})
  {
    hear(link::encodeState(discovery::MessageType::alive, ttl, id, state).bytes(), from, kLan);
  }
  void hearsGoodbye(const NodeId& id, const Endpoint& from)
  {
    hear(link::encodeByeBye(id).bytes(), from, kLan);
  }
  void isPinged(const Endpoint& from)
  {
    hearMeasurement(link::encodePing(now, std::nullopt).bytes(), from, kLan);
  }

  /// Somebody answers all pings to this address until they end, at once, for this session and by this clock.
  void answers(const IpAddress& as, const NodeId& session, SessionTime clock)
  {
    using std::chrono::microseconds;
    for (auto pings = sentTo(as); !pings.empty(); pings = sentTo(as)) {
      now += microseconds{200};
      for (const auto& ping : pings) {
        const auto pong =
          link::encodePong(session, clock + microseconds{100}, ping.datagram.bytes().subspan(9));
        hearMeasurement(pong.bytes(), *ping.to, kLan);
      }
      clock += microseconds{200};
    }
  }

  /// What went to this address since something was last asked for.
  std::vector<link::Node::Send> sentTo(const IpAddress& address)
  {
    std::vector<link::Node::Send> sent;
    for (const auto& spoken : said())
      if (spoken.send.to && spoken.send.to->address == address) sent.push_back(spoken.send);
    return sent;
  }
  /// The latest of what went to the group since then, as others read it.
  std::optional<link::PeerState> announced()
  {
    std::optional<link::PeerState> latest;
    for (const auto& spoken : said())
      if (!spoken.send.to) latest = link::parsePeerState(spoken.send.datagram.bytes().subspan(20));
    return latest;
  }

  [[nodiscard]] const NodeId& session() const { return node.sessions().current(); }
  [[nodiscard]] SessionTime sessionNow() const { return node.sessions().transform().toSession(now); }
  [[nodiscard]] link::SessionState capture() const
  {
    return {node.sessions().client(), node.peerCount() > 0 ? link::SessionState::Company::withPeers
                                                           : link::SessionState::Company::alone};
  }
  void commitState(const link::SessionState& state)
  {
    link::Node::Commit change;
    change.at = now;
    if (state.changesTimeline()) change.timeline = state.current().timeline;
    if (state.changesStartStop()) {
      change.startStop = state.current().startStop;
      change.startStop->decidedAt = now;
    }
    commit(change);
  }
  /// Whether it ever thought itself alone, and began anew, since the last call.
  bool wasAlone()
  {
    return std::ranges::any_of(reported(), [](const auto& report) {
      const auto* count = std::get_if<link::Node::PeerCountChanged>(&report);
      return count != nullptr && count->peers == 0;
    });
  }

private:
  static inline const auto kLan = local("wlan0", 2, kOwn, 8);
};

} // namespace tutti::test
