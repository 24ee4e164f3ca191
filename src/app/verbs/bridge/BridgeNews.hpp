#pragma once

#include <cstdint>
#include <vector>

#include <tutti/bridge/Snapshot.hpp>

namespace tutti::app {

/// What a bridge has found worth a line, told once each.
class BridgeNews {
public:
  /// What was not told yet.
  std::vector<bridge::Told> news(const bridge::Snapshot& snapshot);

private:
  std::uint64_t told_ = 0;
};

} // namespace tutti::app
