#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include <tutti/core/Assert.hpp>

namespace tutti {

/// A few items, stored in place: making one allocates nothing.
template <class T, std::size_t Capacity> class InlineList {
public:
  constexpr InlineList() = default;

  /// False if there is no room.
  constexpr bool tryAdd(const T& item)
  {
    if (size_ == Capacity) return false;
    items_[size_++] = item;
    return true;
  }

  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  [[nodiscard]] static constexpr std::size_t capacity() { return Capacity; }

  constexpr const T& operator[](std::size_t index) const
  {
    TUTTI_ASSERT(index < size_);
    return items_[index];
  }
  constexpr T& operator[](std::size_t index)
  {
    TUTTI_ASSERT(index < size_);
    return items_[index];
  }
  constexpr const T& back() const { return (*this)[size_ - 1]; }

  constexpr auto begin() const { return items_.begin(); }
  constexpr auto end() const { return items_.begin() + static_cast<std::ptrdiff_t>(size_); }

  friend constexpr bool operator==(const InlineList& a, const InlineList& b)
  {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

private:
  std::array<T, Capacity> items_{};
  std::size_t size_ = 0;
};

} // namespace tutti
