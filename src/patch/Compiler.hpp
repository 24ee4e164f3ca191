#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "Plan.hpp"

namespace tutti::patch {

/// A connection between modules that are there.
struct Cable {
  std::shared_ptr<Wire> wire;
  std::size_t from = 0; ///< Which of the layout's modules, and which of its ports.
  std::size_t fromPort = 0;
  std::size_t to = 0;
  std::size_t toPort = 0;
  Wire::Timing timing = Wire::Timing::direct;
  Wire::Purpose purpose = Wire::Purpose::stays;
};

/// Modules and the cables between them.
struct Layout {
  std::vector<std::shared_ptr<Module>> modules;
  std::vector<Cable> cables;
};

/// Nothing when direct cables form a cycle.
std::unique_ptr<Plan> compile(const Layout& layout);

} // namespace tutti::patch
