#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <tutti/linkaudio/Channel.hpp>
#include <tutti/linkaudio/Refusals.hpp>

#include "Announcement.hpp"
#include "Targets.hpp"

namespace tutti::linkaudio {

/// Which channels others publish, as heard on each of our gateways.
///
/// What an announcement does not list is not forgotten; what is not heard of any more, is. Bounded: 256
/// channels of one peer on one gateway.
///
/// Threads: one at a time.
/// Spec:    link-audio 4.3.
class Directory {
public:
  static constexpr std::size_t kMostOfOnePeer = 256;

  void announced(const Way& by, const Announcement& announcement, std::chrono::seconds ttl, HostTime now,
                 Refusals& refusals);
  /// Only the peer itself can take its channel back.
  void left(const Way& by, const ChannelId& id);
  /// Nobody else is there any more.
  void keep(const Targets& targets);
  void advance(HostTime now);
  /// Sometimes earlier than something ends, never later.
  [[nodiscard]] std::optional<HostTime> nextDeadline() const { return due_; }

  /// Whether `list` may have become another since this was asked.
  bool takeChange() { return std::exchange(hasChanged_, false); }

  /// Those of this session, each once, sorted by the names of peer and channel.
  [[nodiscard]] std::vector<Channel> list(const NodeId& session) const;
  /// Whichever session it was announced in.
  [[nodiscard]] bool isOf(const ChannelId& id, const NodeId& peer) const;
  /// Who publishes it in this session.
  [[nodiscard]] std::optional<NodeId> publisher(const ChannelId& id, const NodeId& session) const;

  [[nodiscard]] std::size_t size() const { return records_.size(); }

private:
  struct Key {
    ChannelId id;
    IpAddress gateway;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Record {
    std::string name;
    NodeId peer;
    std::string peerName;
    NodeId session;
    HostTime until{};
    [[nodiscard]] bool looksLike(const Record& other) const;
  };
  [[nodiscard]] bool isForeign(const ChannelId& id, const NodeId& peer) const;
  void put(const Key& key, Record record);
  template <class Predicate> void dropIf(Predicate isOver);

  std::map<Key, Record> records_;
  std::map<Way, std::size_t> counts_;
  std::optional<HostTime> due_; // looked up again only when it has come: asked after every datagram
  bool hasChanged_ = false;
};

} // namespace tutti::linkaudio
