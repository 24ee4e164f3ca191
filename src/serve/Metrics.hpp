#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include <tutti/serve/Forwarder.hpp>

#include "DelayHistogram.hpp"
#include "StoreStatistics.hpp"

namespace tutti::serve {

/// How a server is, in figures for whoever watches over it. No name, address or id is among them.
struct Metrics {
  std::size_t rooms = 0;
  std::size_t members = 0;
  ForwarderCounters forwarder;
  DelayHistogram delays;       ///< since the start
  DelayHistogram recentDelays; ///< those that the quantiles are of
  Micros processorTime{0};
  double processorShare = 0;            ///< of one core
  std::map<int, std::uint64_t> answers; ///< to questions over HTTPS, by status
  struct Shared {
    std::size_t membersHere = 0; ///< those of all members that ask us
    std::size_t forwarders = 0;
    StoreStatistics store;
  };
  std::optional<Shared> shared; ///< where the rooms are those of other servers, too

  /// As Prometheus reads them.
  /// Spec: Prometheus text format 0.0.4.
  [[nodiscard]] std::string text() const;
};

} // namespace tutti::serve
