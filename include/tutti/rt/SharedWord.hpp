#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include <tutti/rt/Foreign.hpp>

namespace tutti::rt {

/// A number in memory that two programs share: either reads and writes it, and one can wait until the other
/// changes it and calls `wakeSharedWord`. What the other writes is never more than a number.
using SharedWord = std::atomic<std::uint32_t>;
static_assert(SharedWord::is_always_lock_free && sizeof(SharedWord) == 4, "it lies in memory of both");

/// Sleeps while the word is still `seen`, at most so long; also wakes for no reason at all.
///
/// Threads: any but audio.
void waitAtSharedWord(const SharedWord& word, std::uint32_t seen, std::chrono::microseconds most) noexcept;

} // namespace tutti::rt
