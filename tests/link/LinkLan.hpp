#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <vector>

#include "Node.hpp"
#include "SimulatedNetwork.hpp"

namespace tutti::link::test {

using tutti::test::SimulatedClock;
using tutti::test::SimulatedTime;
using tutti::test::SimulatedWire;

/// Link nodes on one simulated LAN, each with its own clock, joined by wires as bad as you like.
class LinkLan {
public:
  static constexpr std::uint16_t kDiscoveryPort = 40'000;
  static constexpr std::uint16_t kMeasurementPort = 40'001;

  class Host {
  public:
    Host(LinkLan& lan, std::size_t number, double bpm, SimulatedClock clock, std::uint64_t seed)
      : lan_{lan}
      , address_{IpAddress::v4(
          {10, 0, static_cast<std::uint8_t>(number / 250), static_cast<std::uint8_t>(number % 250 + 1)})}
      , clock_{clock}
      , node_{time::Tempo::fromBpm(bpm), seed, now()}
    {}

    [[nodiscard]] HostTime now() const { return clock_.read(lan_.time_.now()); }
    [[nodiscard]] const SimulatedClock& clock() const { return clock_; }
    [[nodiscard]] const IpAddress& address() const { return address_; }
    Node& node() { return node_; }

    void enable()
    {
      lan_.act(*this, node_.enable(now()));
      plugIn();
    }
    void disable() { lan_.act(*this, node_.disable(now())); }
    void plugIn()
    {
      isConnected_ = true;
      lan_.act(*this, node_.openGateway({"eth0", 2, address_, 16}, {address_, kMeasurementPort}, now()));
    }
    void unplug()
    {
      lan_.act(*this, node_.closeGateway(address_, now()));
      isConnected_ = false;
    }
    /// As after kill -9: nothing goes out or comes in any more.
    void crash()
    {
      isConnected_ = false;
      isRunning_ = false;
    }

    void followStartStop() { node_.setFollowsStartStop(true); }
    void ignoreStartStop() { node_.setFollowsStartStop(false); }

    [[nodiscard]] SessionState capture() const
    {
      return {node_.sessions().client(),
              node_.peerCount() > 0 ? SessionState::Company::withPeers : SessionState::Company::alone};
    }
    void commit(const SessionState& state)
    {
      Node::Commit commit;
      commit.at = now();
      if (state.changesTimeline()) commit.timeline = state.current().timeline;
      if (state.changesStartStop()) {
        commit.startStop = state.current().startStop;
        commit.startStop->decidedAt = commit.at;
      }
      lan_.act(*this, node_.commit(commit, now()));
    }
    void setTempo(double bpm)
    {
      auto state = capture();
      state.setTempo(time::Tempo::fromBpm(bpm), now());
      commit(state);
    }
    void play()
    {
      auto state = capture();
      state.startPlaying(now());
      commit(state);
    }
    void stop()
    {
      auto state = capture();
      state.stopPlaying(now());
      commit(state);
    }

    [[nodiscard]] double bpm() const { return node_.sessions().client().timeline.tempo.bpm(); }
    [[nodiscard]] bool isPlaying() const { return node_.sessions().client().startStop.isPlaying; }
    [[nodiscard]] std::size_t peers() const { return node_.peerCount(); }
    [[nodiscard]] const NodeId& session() const { return node_.sessions().current(); }
    /// Session time at this very moment, in µs with the clock's fraction.
    [[nodiscard]] double sessionNow() const
    {
      const auto local = clock_.offset + lan_.time_.now() * (1 + clock_.ppm * 1e-6);
      return local + static_cast<double>(node_.sessions().transform().intercept.count());
    }

  private:
    friend class LinkLan;
    LinkLan& lan_;
    IpAddress address_;
    SimulatedClock clock_;
    Node node_;
    bool isConnected_ = false;
    bool isRunning_ = true;
    std::optional<HostTime> wakesAt_;
    std::uint64_t alarm_ = 0;
  };

  explicit LinkLan(std::uint64_t seed, SimulatedWire wire = {})
    : random_{seed}
    , wire_{wire}
  {}

  /// A machine with an arbitrary clock; Link is off.
  Host& add(double bpm, double ppm = 0)
  {
    std::uniform_real_distribution<double> offset{1e6, 1e12};
    hosts_.push_back(
      std::make_unique<Host>(*this, hosts_.size(), bpm, SimulatedClock{offset(random_), ppm}, random_()));
    return *hosts_.back();
  }

  Host& host(std::size_t number) { return *hosts_[number]; }
  [[nodiscard]] std::size_t size() const { return hosts_.size(); }
  void setWire(SimulatedWire wire) { wire_ = wire; }
  /// Cuts the LAN in two at this host, or joins it again: hosts below `boundary` and the others do not hear
  /// each other.
  void split(std::optional<std::size_t> boundary) { boundary_ = boundary; }

  void run(std::chrono::duration<double> duration) { time_.runUntil(time_.now() + duration.count() * 1e6); }
  /// True when `isSo` became true within `limit`.
  bool runUntil(const std::function<bool()>& isSo, std::chrono::duration<double> limit)
  {
    const auto end = time_.now() + limit.count() * 1e6;
    while (!isSo()) {
      if (time_.now() >= end) return false;
      time_.runUntil(std::min(end, time_.now() + 1000));
    }
    return true;
  }
  [[nodiscard]] double seconds() const { return time_.now() / 1e6; }

  /// Everyone in one session, and everyone counts everyone.
  [[nodiscard]] bool isOneSession() const
  {
    std::set<NodeId> sessions;
    for (const auto& host : hosts_)
      if (host->isRunning_ && host->node_.isEnabled()) sessions.insert(host->session());
    return sessions.size() == 1;
  }

  [[nodiscard]] std::uint64_t datagramsSent() const { return datagrams_; }

  /// Sees every datagram as it leaves; may be empty.
  std::function<void(const Host& sender, const Node::Send&)> onSend;

  /// Puts a datagram onto a host's discovery socket, as a stranger would.
  void inject(Host& to, std::span<const std::byte> datagram, const Endpoint& from)
  {
    act(to, to.node_.receiveDiscovery(to.address_, datagram, from, to.now()));
  }

private:
  void act(Host& host, const Node::Actions& actions)
  {
    for (const auto& action : actions)
      if (const auto* send = std::get_if<Node::Send>(&action)) transmit(host, *send);
    arm(host);
  }

  void arm(Host& host)
  {
    const auto due = host.node_.nextDeadline();
    if (due == host.wakesAt_) return;
    host.wakesAt_ = due;
    const auto alarm = ++host.alarm_;
    if (!due) return;
    time_.at(std::max(time_.now(), host.clock_.trueTimeOf(*due) + 1), [this, &host, alarm] {
      if (alarm != host.alarm_ || !host.isRunning_) return;
      host.wakesAt_.reset();
      act(host, host.node_.advance(host.now()));
    });
  }

  void transmit(Host& sender, const Node::Send& send)
  {
    if (!sender.isConnected_) return;
    ++datagrams_;
    if (onSend) onSend(sender, send);
    const Endpoint from{sender.address_,
                        send.socket == Node::Socket::measurement ? kMeasurementPort : kDiscoveryPort};
    for (auto& receiver : hosts_) {
      if (receiver.get() == &sender || !isReachable(sender, *receiver)) continue;
      if (send.to && send.to->address != receiver->address_) continue;
      for (const auto delay : wire_.send(random_, send.to.has_value()))
        time_.after(delay, [this, to = receiver.get(), from, bytes = send.datagram,
                            isMeasurement = send.to && send.to->port == kMeasurementPort] {
          deliver(*to, bytes, from, isMeasurement);
        });
    }
  }

  bool isReachable(const Host& a, const Host& b) const
  {
    if (!b.isConnected_) return false;
    const auto side = [&](const Host& host) {
      for (std::size_t i = 0; i < hosts_.size(); ++i)
        if (hosts_[i].get() == &host) return !boundary_ || i < *boundary_;
      return true;
    };
    return !boundary_ || side(a) == side(b);
  }

  void deliver(Host& host, const Datagram& datagram, const Endpoint& from, bool isMeasurement)
  {
    if (!host.isConnected_ || !host.isRunning_) return;
    const auto now = host.now();
    act(host, isMeasurement ? host.node_.receiveMeasurement(host.address_, datagram.bytes(), from, now)
                            : host.node_.receiveDiscovery(host.address_, datagram.bytes(), from, now));
  }

  std::mt19937_64 random_;
  SimulatedTime time_;
  SimulatedWire wire_;
  std::optional<std::size_t> boundary_;
  std::vector<std::unique_ptr<Host>> hosts_;
  std::uint64_t datagrams_ = 0;
};

} // namespace tutti::link::test
