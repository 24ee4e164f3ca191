#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <tutti/net/RtcpReport.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::stream {

/// How many earlier frames to say again, from what receivers report as lost: none on a clean path.
///
/// One sender feeds all: the receiver with the worst path decides.
///
/// Threads: one at a time.
class RedundancyControl {
public:
  /// A report about our stream, from one receiver.
  void reported(std::uint32_t receiver, const net::RtcpReportBlock& block, HostTime now);

  /// 0, 1 or 2. Rises with the report that shows the loss, falls after half a minute without.
  [[nodiscard]] std::size_t earlierFrames(HostTime now) const;

private:
  struct Receiver {
    std::uint32_t ssrc = 0;
    std::uint32_t highest = 0;
    std::int32_t lost = 0;
    HostTime heard{};
    std::array<HostTime, 2> until{}; // one, two earlier frames are wanted
  };
  Receiver& slotFor(std::uint32_t ssrc, HostTime now);

  std::array<Receiver, 64> receivers_{};
};

} // namespace tutti::stream
