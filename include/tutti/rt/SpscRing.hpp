#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <memory>
#include <optional>
#include <type_traits>

#include <tutti/rt/Nonblocking.hpp>

namespace tutti::rt {

/// Hands every item from one thread to another, in order. When it is full, the newest is refused.
///
/// Both sides are wait-free. A pointer is an item too: that is how big things go in and come back to be
/// freed.
///
/// Threads: `tryPush` from one thread, `tryPop` from one other; either may be *audio*. Constructed outside.
template <class T> class SpscRing {
  static_assert(std::is_trivially_copyable_v<T>, "copying must not allocate or lock");

public:
  /// Room for at least `capacity` items.
  explicit SpscRing(std::size_t capacity)
    : mask_{std::bit_ceil(capacity < 1 ? std::size_t{1} : capacity) - 1}
    , items_{std::make_unique<T[]>(mask_ + 1)}
  {}
  SpscRing(const SpscRing&) = delete;
  SpscRing& operator=(const SpscRing&) = delete;

  bool tryPush(const T& item) noexcept TUTTI_NONBLOCKING
  {
    const auto written = written_.load(std::memory_order_relaxed);
    if (written - knownRead_ > mask_) {
      knownRead_ = read_.load(std::memory_order_acquire);
      if (written - knownRead_ > mask_) return false;
    }
    items_.get()[written & mask_] = item;
    written_.store(written + 1, std::memory_order_release);
    return true;
  }

  std::optional<T> tryPop() noexcept TUTTI_NONBLOCKING
  {
    const auto read = read_.load(std::memory_order_relaxed);
    if (read == knownWritten_) {
      knownWritten_ = written_.load(std::memory_order_acquire);
      if (read == knownWritten_) return std::nullopt;
    }
    const T item = items_.get()[read & mask_];
    read_.store(read + 1, std::memory_order_release);
    return item;
  }

  [[nodiscard]] std::size_t capacity() const noexcept TUTTI_NONBLOCKING { return mask_ + 1; }

private:
  const std::size_t mask_;
  const std::unique_ptr<T[]> items_;
  // Each side remembers what it last saw of the other, so that it seldom touches the other's cache line.
  alignas(64) std::atomic<std::size_t> written_ = 0; // both: items ever pushed
  std::size_t knownRead_ = 0;                        // writer
  alignas(64) std::atomic<std::size_t> read_ = 0;    // both: items ever popped
  std::size_t knownWritten_ = 0;                     // reader
};

} // namespace tutti::rt
