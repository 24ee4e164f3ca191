#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <mutex>

#include <tutti/core/Endpoint.hpp>

#include "Source.hpp"

namespace tutti::serve {

/// Who may be inside at the same time: so many in all, and so many from one household, which cannot keep the
/// others out.
///
/// Threads: *any*.
class Doors {
public:
  struct Limits {
    std::size_t all = 0;
    std::size_t fromOne = 0; ///< IPv4 address, or /64
  };

  explicit Doors(Limits limits)
    : limits_{limits}
  {}

  /// Each one who enters leaves once.
  [[nodiscard]] bool tryEnter(const IpAddress& from)
  {
    const std::lock_guard lock{mutex_};
    const auto source = inside_.find(sourceOf(from));
    const bool isFull = all_ >= limits_.all || (source != inside_.end() && source->second >= limits_.fromOne);
    if (isFull) return false;
    ++all_;
    ++inside_[sourceOf(from)];
    return true;
  }

  void leave(const IpAddress& from)
  {
    const std::lock_guard lock{mutex_};
    const auto source = inside_.find(sourceOf(from));
    --all_;
    if (--source->second == 0) inside_.erase(source);
  }

private:
  const Limits limits_;
  std::mutex mutex_;
  std::size_t all_ = 0;
  std::map<IpAddress, std::size_t> inside_;
};

} // namespace tutti::serve
