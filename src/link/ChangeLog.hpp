#pragma once

#include <deque>
#include <optional>
#include <vector>

#include <tutti/link/Status.hpp>

namespace tutti::link {

/// The last few things that happened, numbered, so that a view can tell its musician what is new.
class ChangeLog {
public:
  void add(HostTime at, Change::Kind kind, double before, double after, std::optional<IpAddress> by)
  {
    changes_.push_back({++number_, at, kind, before, after, by});
    if (changes_.size() > kMost) changes_.pop_front();
  }

  [[nodiscard]] std::vector<Change> list() const { return {changes_.begin(), changes_.end()}; }

private:
  static constexpr std::size_t kMost = 32;

  std::deque<Change> changes_;
  std::uint64_t number_ = 0;
};

} // namespace tutti::link
