#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include <tutti/linkaudio/AudioBuffer.hpp>
#include <tutti/time/HostClock.hpp>

#include "Paths.hpp"

namespace tutti::linkaudio {

/// The channels of others that somebody here wants to hear: when each is asked for, and what of it was here
/// already.
///
/// A channel is asked for as soon as it can be, when the way to its peer has become another, and every second
/// as long as somebody wants it.
///
/// Threads: one at a time. Memory: 64 channels.
/// Spec:    link-audio 5.1, 6.5.
class Wishes {
public:
  static constexpr std::size_t kMost = 64;

  /// One more hears it. False: there is no room.
  bool add(const ChannelId& id);
  /// One less. True: it was the last.
  bool remove(const ChannelId& id);
  [[nodiscard]] bool contains(const ChannelId& id) const { return wishes_.contains(id); }

  /// Where a channel is asked for; nothing while nobody is known to have it.
  using Locate = std::function<const Paths::Path*(const ChannelId&)>;
  struct Question {
    ChannelId channel;
    IpAddress gateway;
    Endpoint to;
  };
  /// What is to be asked now.
  std::vector<Question> due(const Locate& locate, HostTime now);
  /// When to look again, as long as no path becomes another.
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;
  /// Where it was asked for last.
  [[nodiscard]] std::optional<Question> lastAsked(const ChannelId& id) const;

  /// False: this was here already, within the last 64.
  bool isNew(const ChannelId& id, std::uint64_t sequence);

private:
  static constexpr std::size_t kRemembered = 64;

  struct Wish {
    std::size_t listeners = 0;
    std::optional<Question> asked;
    HostTime askedAt{};
    std::array<std::uint64_t, kRemembered> heard{}; // no chunk has number 0
    std::size_t next = 0;
  };
  std::map<ChannelId, Wish> wishes_;
};

} // namespace tutti::linkaudio
