#pragma once

#include <array>
#include <map>

#include "ByteScript.hpp"
#include "NodeWitness.hpp"

namespace tutti::fuzz {

/// A node among a few strangers who say whatever the steps decide: the truth, nonsense, or too much.
///
/// Strangers may answer pings and announce themselves on their own, so that a few bytes lead deep: into
/// joining, merging, following and losing sessions.
class NodeStory {
public:
  static constexpr std::uint8_t kKinds = 16;

  NodeStory()
    : witness_{kStart}
    , node_{time::Tempo::fromBpm(120), 1, kStart}
  {
    for (std::uint8_t i = 0; i < strangers_.size(); ++i) strangers_[i] = stranger(i);
  }

  void tell(const Step& step);
  /// Everyone falls silent: all must be forgotten.
  void end();

private:
  using Node = link::Node;

  struct Stranger {
    NodeId id;
    std::size_t gateway = 0;
    Endpoint discovery;
    link::PeerState state;
    std::int64_t clock = 0; ///< Its session time minus our host time.
    bool answers = false;
    Micros latency{0};
    bool announces = false;
    HostTime announcesAt{};
  };
  struct Pong {
    std::size_t gateway = 0;
    Endpoint from;
    Datagram datagram;
  };

  void act(const Step& step);
  static Stranger stranger(std::uint8_t number);
  static discovery::LocalAddress gateway(std::size_t number);

  void open(Draw& draw);
  void close(Draw& draw);
  void pass(Draw& draw);
  void describe(Draw& draw);
  void habits(Draw& draw);
  void say(Draw& draw);
  void sayRaw(Draw& draw);
  void ping(Draw& draw);
  void pong(Draw& draw);
  void flood(Draw& draw);
  void commit(Draw& draw);
  void edit(Draw& draw);

  void passUntil(HostTime end);
  void announce(Stranger& stranger);
  void hear(std::size_t gateway, std::span<const std::byte> datagram, const Endpoint& from);
  void hearMeasurement(std::size_t gateway, std::span<const std::byte> datagram, const Endpoint& from);
  void took(const Node::Actions& actions, const std::optional<NodeWitness::Question>& question = {});
  void answer(const Node::Send& ping);
  NodeId session(Draw& draw);
  Stranger& one(Draw& draw) { return strangers_[draw.below(strangers_.size())]; }

  static constexpr HostTime kStart = hostTime(1'000'000'000'000);
  static constexpr std::size_t kMostDatagrams = 700; // a run must stay short
  static constexpr Micros kMostAwake = std::chrono::seconds{40};
  static constexpr std::int64_t kFarthest = std::int64_t{1} << 53U;

  HostTime now_ = kStart;
  NodeWitness witness_;
  Node node_;
  std::array<Stranger, 6> strangers_;
  std::multimap<HostTime, Pong> onTheWay_;
  std::size_t datagrams_ = 0;
  Micros awake_{0};
};

} // namespace tutti::fuzz
