#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <type_traits>

#include <tutti/rt/Nonblocking.hpp>

namespace tutti::rt {

/// Hands the newest value from one thread to another; older unread ones are overwritten.
///
/// Three slots: one being written, one being read, one in the middle that changes hands by an atomic
/// exchange. Both sides are wait-free.
///
/// Threads: `write` from one thread, `tryReadNew` and `read` from one other; either may be *audio*.
template <class T> class Latest {
  static_assert(std::is_trivially_copyable_v<T>, "copying must not allocate or lock");

public:
  explicit Latest(const T& initial = T{})
    : slots_{initial, initial, initial}
  {}
  Latest(const Latest&) = delete;
  Latest& operator=(const Latest&) = delete;

  void write(const T& value) noexcept TUTTI_NONBLOCKING
  {
    slots_[writing_] = value;
    writing_ = middle_.exchange(writing_ | kFresh, std::memory_order_acq_rel) & kIndex;
  }

  /// The newest value, if there is one that was not read yet.
  std::optional<T> tryReadNew() noexcept TUTTI_NONBLOCKING
  {
    if ((middle_.load(std::memory_order_relaxed) & kFresh) == 0) return std::nullopt;
    reading_ = middle_.exchange(reading_, std::memory_order_acq_rel) & kIndex;
    return slots_[reading_];
  }

  /// The newest value, read before or not.
  const T& read() noexcept TUTTI_NONBLOCKING
  {
    if ((middle_.load(std::memory_order_relaxed) & kFresh) != 0)
      reading_ = middle_.exchange(reading_, std::memory_order_acq_rel) & kIndex;
    return slots_[reading_];
  }

private:
  static constexpr std::uint32_t kIndex = 3;
  static constexpr std::uint32_t kFresh = 4;

  std::array<T, 3> slots_;
  alignas(64) std::uint32_t writing_ = 0;             // writer
  alignas(64) std::uint32_t reading_ = 1;             // reader
  alignas(64) std::atomic<std::uint32_t> middle_ = 2; // both
};

} // namespace tutti::rt
