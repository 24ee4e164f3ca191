#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include <tutti/core/Assert.hpp>

namespace tutti {

/// One message of bounded size, stored in place: making one allocates nothing.
template <std::size_t Capacity> class BoundedDatagram {
public:
  BoundedDatagram() = default;

  [[nodiscard]] std::span<const std::byte> bytes() const { return std::span{storage_}.first(size_); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] static constexpr std::size_t capacity() { return Capacity; }

  void append(std::span<const std::byte> more)
  {
    TUTTI_ASSERT(more.size() <= Capacity - size_);
    std::copy(more.begin(), more.end(), storage_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += more.size();
  }

  friend bool operator==(const BoundedDatagram& a, const BoundedDatagram& b)
  {
    return std::ranges::equal(a.bytes(), b.bytes());
  }

private:
  std::array<std::byte, Capacity> storage_{};
  std::size_t size_ = 0;
};

/// Large enough for everything that Link says (spec link 2.3: messages are below 512 bytes).
using Datagram = BoundedDatagram<511>;

} // namespace tutti
