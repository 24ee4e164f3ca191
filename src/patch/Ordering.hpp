#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace tutti::patch {

/// Sound flows from one module to another; modules are numbered from 0.
struct Flow {
  std::size_t from = 0;
  std::size_t to = 0;
};

/// For each of `flows`, the oldest first, whether it closes a cycle with older ones: then it has to wait for
/// the next block. So what was connected first keeps its timing, whatever is connected later.
std::vector<bool> closesCycle(std::size_t modules, std::span<const Flow> flows);

/// Every module after those that flow into it, otherwise by number. Nothing when there is a cycle.
std::optional<std::vector<std::size_t>> inOrder(std::size_t modules, std::span<const Flow> flows);

} // namespace tutti::patch
