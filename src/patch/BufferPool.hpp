#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace tutti::patch {

/// Hands out numbers of buffers, and again those that nobody needs any more: what was used last is still in
/// the cache.
class BufferPool {
public:
  std::vector<std::size_t> take(std::size_t count)
  {
    std::vector<std::size_t> taken;
    for (; taken.size() < count; taken.push_back(takeOne())) {
    }
    return taken;
  }
  void giveBack(std::span<const std::size_t> buffers)
  {
    free_.insert(free_.end(), buffers.begin(), buffers.end());
  }
  [[nodiscard]] std::size_t size() const { return size_; }

private:
  std::size_t takeOne()
  {
    if (free_.empty()) return size_++;
    const auto last = free_.back();
    free_.pop_back();
    return last;
  }

  std::vector<std::size_t> free_;
  std::size_t size_ = 0;
};

} // namespace tutti::patch
