#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/core/NodeId.hpp>
#include <tutti/time/HostClock.hpp>

#include "PeerState.hpp"

namespace tutti::link {

/// A gateway is known by its local address; IPv4 comes before IPv6.
using GatewayAddress = IpAddress;

/// Who was heard on which gateway, and what they last said.
///
/// Bounded: 1024 entries, 256 of one source address. When it is full, the entry that was never measured and
/// is longest unheard makes room; when there is none, the newcomer has to wait.
///
/// Threads: one at a time.
/// Spec:    link 2.8.
class PeerTable {
public:
  struct Key {
    NodeId id;
    GatewayAddress gateway;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Entry {
    PeerState state;
    Endpoint source;
    HostTime lastHeard{};
    bool isPingable = false; ///< Its measurement endpoint has the address it speaks from.
    bool isMeasured = false;
    HostTime inSessionSince{}; ///< When it was first heard in its session; kept by the table.
  };
  using Entries = std::map<Key, Entry>;

  struct Sighting {
    bool isRefused = false; ///< No room.
    bool isNewTimeline = false;
    bool isNewStartStop = false;
    bool isMembershipChanged = false;
    std::optional<Key> evicted; ///< Who made room.
  };
  Sighting saw(const Key& key, const Entry& entry);

  /// True: there was such an entry.
  bool remove(const Key& key) { return entries_.erase(key) > 0; }

  /// The id that spoke from `source` until now, if `key` is another: a node that took a new id without
  /// leaving. Whom a bridge speaks for is never meant: all of them have its socket.
  [[nodiscard]] std::optional<Key> formerId(const Key& key, const Endpoint& source) const;

  void removeGateway(const GatewayAddress& gateway);
  /// Whoever was in it.
  std::vector<Key> removeSession(const NodeId& session);
  void clear() { entries_.clear(); }

  /// We set this session's timeline, and take it that everyone follows: what they said before counts as old.
  void adoptTimeline(const NodeId& session, const time::SessionTimeline& timeline);
  void markMeasured(const NodeId& id);

  /// Whom to measure for a session: its founder, else the first in order; only who can be pinged.
  [[nodiscard]] std::optional<Key> measurable(const NodeId& session) const;
  /// Those that somebody is in.
  [[nodiscard]] std::set<NodeId> sessions() const;
  /// Who is in it.
  [[nodiscard]] std::set<NodeId> members(const NodeId& session) const;
  /// How many they are.
  [[nodiscard]] std::size_t count(const NodeId& session) const;
  [[nodiscard]] const Entry* find(const Key& key) const;
  [[nodiscard]] const Entries& entries() const { return entries_; }

private:
  struct Room {
    bool isThere = true;
    std::optional<Key> evicted;
  };
  Room makeRoomFor(const Endpoint& source);
  Room evictOldestUnmeasured(const std::function<bool(const Entry&)>& isCandidate);

  Entries entries_;
};

} // namespace tutti::link
