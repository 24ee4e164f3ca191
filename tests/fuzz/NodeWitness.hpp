#pragma once

#include <array>
#include <cstdlib>
#include <map>
#include <set>

#include "Node.hpp"
#include "Require.hpp"

namespace tutti::fuzz {

/// Watches everything that a node says and remembers, and stops the run at the first thing that must not be.
class NodeWitness {
public:
  using Node = link::Node;
  struct Question {
    link::GatewayAddress gateway;
    Endpoint from;
  };

  explicit NodeWitness(HostTime start)
    : start_{start}
  {}

  void opened(const link::GatewayAddress& gateway) { open_.insert(gateway); }
  void closed(const link::GatewayAddress& gateway) { open_.erase(gateway); }
  void closedAll() { open_.clear(); }
  void heardFrom(const IpAddress& source) { sources_.insert(source); }

  /// All that came of one call; `question` is the datagram that was handed in, if it was one.
  void judge(const Node::Actions& actions, const std::optional<Question>& question, HostTime now)
  {
    std::size_t answers = 0;
    std::size_t pings = 0;
    for (const auto& action : actions) {
      const auto* send = std::get_if<Node::Send>(&action);
      if (send == nullptr) continue;
      require(open_.contains(send->gateway));
      if (!send->to) {
        judgeAnnouncement(*send);
      } else if (isPing(*send)) {
        ++pings;
        require(sources_.contains(send->to->address)); // no third party is ever pinged
      } else {
        ++answers;
        require(question && send->gateway == question->gateway && *send->to == question->from);
        judgeAnswer(*send, now);
      }
    }
    require(answers <= 1 && pings <= 64);
  }

  void judgeState(const Node& node, HostTime now)
  {
    const auto& sessions = node.sessions();
    require(isTempo(sessions.client().timeline.tempo) && isTempo(sessions.timeline().tempo));
    judgeBeats(sessions.client().timeline, now);
    judgeTable(node.peers());
    require(node.peers().count(sessions.current()) == node.peerCount());
    const auto status = node.status(now);
    const auto burden = node.burden();
    require(burden.entries <= 1024 && burden.expected == burden.entries);
    require(burden.sessions <= 1025 && burden.measurements <= 32);
    require(status.changes.size() <= 64 && status.syncHistory.size() <= 1024);
    require(!node.nextDeadline() || *node.nextDeadline() > now - std::chrono::hours{24 * 365});
  }

private:
  static bool isPing(const Node::Send& send)
  {
    const auto message = link::parseMeasurementMessage(send.datagram.bytes());
    return send.socket == Node::Socket::measurement && message &&
           message->type == link::MeasurementType::ping;
  }

  static void judgeAnnouncement(const Node::Send& send)
  {
    require(send.socket == Node::Socket::discovery);
    judgeDiscovery(send.datagram);
  }

  /// What we say is what we would accept from others.
  static void judgeDiscovery(const Datagram& datagram)
  {
    const auto message = discovery::parseMessage(datagram.bytes());
    require(message.has_value());
    if (message->type != discovery::MessageType::byeBye)
      require(link::parsePeerState(message->payload).has_value());
  }

  void judgeAnswer(const Node::Send& send, HostTime now)
  {
    if (send.socket == Node::Socket::discovery) judgeDiscovery(send.datagram);
    if (send.to->address.isLoopback()) return;
    const auto sinceStart = std::chrono::ceil<std::chrono::seconds>(now - start_).count();
    const auto answers = ++answers_[send.to->address];
    require(answers_.size() > 1000 || answers <= 256 + 50 * static_cast<std::size_t>(sinceStart));
  }

  static bool isTempo(time::Tempo tempo) { return tempo.bpm() >= 20.0 && tempo.bpm() <= 999.0; }

  static void judgeBeats(const time::HostTimeline& timeline, HostTime now)
  {
    for (const std::int64_t quantum : {0, 1, 1'500'000, 4'000'000}) {
      const auto bar = time::Beats::fromMicroBeats(quantum);
      const time::BeatGrid grid{timeline, bar, true};
      const auto phase = grid.phaseAt(now);
      require(phase >= time::Beats{} && (quantum == 0 ? phase == time::Beats{} : phase < bar));
      static_cast<void>(grid.timeAt(grid.beatAt(now)));
      static_cast<void>(grid.timeAt(time::Beats::fromMicroBeats(-1)));
    }
  }

  static void judgeTable(const link::PeerTable& peers)
  {
    std::map<IpAddress, std::size_t> ofSource;
    for (const auto& [key, entry] : peers.entries()) require(++ofSource[entry.source.address] <= 256);
  }

  HostTime start_;
  std::set<link::GatewayAddress> open_;
  std::set<IpAddress> sources_;
  std::map<IpAddress, std::size_t> answers_;
};

} // namespace tutti::fuzz
