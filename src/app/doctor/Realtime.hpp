#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "Finding.hpp"

namespace tutti::app {

/// Whether the audio thread will be let through before everything else.
struct RealtimeFacts {
  bool gotRealtime = false; ///< A thread asked for it, and got it.
  std::string whyNot;
  bool isMediaUrgent = false;                 ///< So did a thread that asked as the one for packets does.
  std::uint64_t priorityLimit = 0;            ///< RLIMIT_RTPRIO, 0 to 99.
  bool canLockMemory = false;                 ///< Enough for what the audio thread touches.
  std::uint64_t memoryLimitBytes = 0;         ///< RLIMIT_MEMLOCK.
  std::optional<std::int64_t> realtimeMicros; ///< The kernel's share for realtime a second; -1: all.
  bool hasRealtimeKit = false;                ///< rtkit would lend it.
  bool hasAudioGroup = false;                 ///< The system grants it to the group "audio".
};

RealtimeFacts probeRealtime();

Findings judge(const RealtimeFacts& facts);

} // namespace tutti::app
