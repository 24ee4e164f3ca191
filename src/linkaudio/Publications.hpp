#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "Announcement.hpp"
#include "Requesters.hpp"

namespace tutti::linkaudio {

/// Our own channels, in the order in which they were published, and who wants each.
///
/// Threads: one at a time. Memory: 256 channels.
/// Spec:    link-audio 4.1, 5.2.
class Publications {
public:
  static constexpr std::size_t kMost = 256;

  /// False: there is no room, or the id is taken.
  bool add(const ChannelId& id, std::string_view name);
  /// False: there is none.
  bool rename(const ChannelId& id, std::string_view name);
  bool remove(const ChannelId& id);

  [[nodiscard]] bool contains(const ChannelId& id) const { return requesters_.contains(id); }
  [[nodiscard]] const std::vector<OfferedChannel>& offered() const { return offered_; }
  [[nodiscard]] std::vector<ChannelId> ids() const;
  /// Of one that is there.
  Requesters& requesters(const ChannelId& id) { return requesters_.at(id); }
  [[nodiscard]] bool isWanted(const ChannelId& id) const;

  void keep(const std::function<bool(const NodeId&)>& isThere);
  void advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  /// Those that are wanted now and were not, or the other way round, since this was asked last.
  struct Turn {
    ChannelId channel;
    bool isWanted = false;
  };
  std::vector<Turn> takeTurns();

private:
  std::vector<OfferedChannel> offered_;
  std::map<ChannelId, Requesters> requesters_;
  std::map<ChannelId, bool> wasWanted_;
};

} // namespace tutti::linkaudio
