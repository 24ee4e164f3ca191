#pragma once

#include <algorithm>
#include <functional>
#include <vector>

#include <Node.hpp>

#include "Neighbour.hpp"

/// One node on the desk: driven by hand, its clock ours, every word it says written down.
namespace tutti::test {

class NodeOnDesk {
public:
  static constexpr HostTime kStart = HostTime{} + std::chrono::hours{1};

  struct Spoken {
    HostTime at{};
    link::Node::Send send;
  };

  explicit NodeOnDesk(double bpm = 120, std::uint64_t seed = 1)
    : node{time::Tempo::fromBpm(bpm), seed, kStart}
  {}

  /// Enabled, with one gateway, at the start.
  static NodeOnDesk onWire(double bpm = 120)
  {
    NodeOnDesk desk{bpm};
    desk.take(desk.node.enable(desk.now));
    desk.open(kWire);
    return desk;
  }

  static discovery::LocalAddress local(const char* name, unsigned index, const IpAddress& ip, unsigned bits)
  {
    return {name, index, ip.isLinkLocal() ? ip.withScope(index) : ip, bits};
  }
  static inline const auto kWire = local("eth0", 2, address("10.0.0.1"), 24);
  static inline const auto kRadio = local("wlan0", 3, address("192.168.7.1"), 24);
  static inline const auto kWire6 = local("eth0", 2, address("fe80::1"), 64);
  static inline const auto kLoopback = local("lo", 1, address("127.0.0.1"), 8);
  static constexpr std::uint16_t kMeasurementPort = 5002;

  void open(const discovery::LocalAddress& gateway)
  {
    take(node.openGateway(gateway, {gateway.address, kMeasurementPort}, now));
  }
  void close(const discovery::LocalAddress& gateway) { take(node.closeGateway(gateway.address, now)); }
  void enable() { take(node.enable(now)); }
  void disable() { take(node.disable(now)); }
  void carry(const link::BridgeOrder& order) { take(node.carry(order, now)); }
  void offerAudio(const link::AudioSockets& sockets) { take(node.offerAudio(sockets, now)); }
  void commit(const link::Node::Commit& change) { take(node.commit(change, now)); }

  /// The user turns the tempo here.
  void setTempo(double bpm)
  {
    const auto& client = node.sessions().client();
    link::SessionState state{client, link::SessionState::Company::withPeers};
    state.setTempo(time::Tempo::fromBpm(bpm), now);
    commit({state.current().timeline, std::nullopt, now});
  }
  void startPlaying() { commit({std::nullopt, link::StartStop{true, now, now}, now}); }
  void stopPlaying() { commit({std::nullopt, link::StartStop{false, now, now}, now}); }

  void hear(std::span<const std::byte> datagram, const Endpoint& from,
            const discovery::LocalAddress& gateway = kWire)
  {
    take(node.receiveDiscovery(gateway.address, datagram, from, now));
  }
  void hear(const Datagram& datagram, const Neighbour& from, const discovery::LocalAddress& gateway = kWire)
  {
    hear(datagram.bytes(), from.speaksFrom, gateway);
  }
  void hearMeasurement(std::span<const std::byte> datagram, const Endpoint& from,
                       const discovery::LocalAddress& gateway = kWire)
  {
    take(node.receiveMeasurement(gateway.address, datagram, from, now));
  }

  /// From now on these answer our pings, `kOneWay` there and `kOneWay` back.
  void meet(const Neighbour& neighbour) { neighbours_.push_back(neighbour); }
  void forgetNeighbours() { neighbours_.clear(); }
  static constexpr Micros kOneWay{100};

  /// Serves every alarm and every pong until then.
  void playUntil(HostTime end)
  {
    for (;;) {
      const auto due = node.nextDeadline();
      const auto pong = std::ranges::min_element(pongs_, {}, &PongOnTheWay::at);
      const bool isPong = pong != pongs_.end() && (!due || pong->at <= *due);
      const auto next = isPong ? pong->at : due.value_or(HostTime::max());
      if (next > end) break;
      now = std::max(now, next);
      if (!isPong) {
        take(node.advance(now));
        continue;
      }
      const auto arrived = *pong;
      pongs_.erase(pong);
      take(node.receiveMeasurement(arrived.gateway, arrived.datagram.bytes(), arrived.from, now));
    }
    now = end;
  }
  void playFor(Micros duration) { playUntil(now + duration); }

  /// The neighbour goes on saying its Alive four times a second, for so long.
  void listenTo(const Neighbour& neighbour, Micros duration)
  {
    for (const auto end = now + duration; now < end;) {
      hear(neighbour.alive(), neighbour);
      playFor(std::min<Micros>(std::chrono::milliseconds{250}, end - now));
    }
  }

  /// What it sent since the last call.
  std::vector<Spoken> said() { return std::exchange(spoken_, {}); }
  std::vector<link::Node::Action> reported() { return std::exchange(reports_, {}); }

  /// How many discovery messages of a kind are among these.
  static std::size_t count(const std::vector<Spoken>& spoken, discovery::MessageType type)
  {
    return static_cast<std::size_t>(std::ranges::count_if(spoken, [&](const Spoken& one) {
      const auto message = discovery::parseMessage(one.send.datagram.bytes());
      return message && message->type == type;
    }));
  }
  static std::size_t countPings(const std::vector<Spoken>& spoken)
  {
    return static_cast<std::size_t>(std::ranges::count_if(spoken, [](const Spoken& one) {
      const auto message = link::parseMeasurementMessage(one.send.datagram.bytes());
      return message && message->type == link::MeasurementType::ping;
    }));
  }
  [[nodiscard]] link::Refusals refusals() const { return node.status(now).refusals; }

  HostTime now = kStart;
  link::Node node;

private:
  struct PongOnTheWay {
    HostTime at{};
    link::GatewayAddress gateway;
    Endpoint from;
    Datagram datagram;
  };

  void take(const link::Node::Actions& actions)
  {
    for (const auto& action : actions) {
      const auto* send = std::get_if<link::Node::Send>(&action);
      if (send == nullptr) {
        reports_.push_back(action);
        continue;
      }
      spoken_.push_back({now, *send});
      for (const auto& neighbour : neighbours_)
        if (send->to == neighbour.state.measurement && countPings({spoken_.back()}) == 1)
          pongs_.push_back(
            {now + 2 * kOneWay, send->gateway, *send->to, neighbour.pong(send->datagram, now + kOneWay)});
    }
  }

  std::vector<Neighbour> neighbours_;
  std::vector<PongOnTheWay> pongs_;
  std::vector<Spoken> spoken_;
  std::vector<link::Node::Action> reports_;
};

} // namespace tutti::test
