#pragma once

#include <cstdint>

#include <tutti/net/RtcpReport.hpp>
#include <tutti/net/RtpPacket.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::net {

/// A moment on a clock that counts as a stream's timestamps do: modulo 2^32, which at 48 kHz is passed once a
/// day.
std::uint32_t ticksAt(HostTime moment, double hertz);

/// Counts how one stream arrives: what a receiver reports about it.
///
/// A sequence that leaps by more than `kLargestGap` is believed at its second packet: the sender began anew.
///
/// Threads: one at a time.
/// Spec:    RFC 3550 A.1, A.3, A.8.
class RtpReception {
public:
  static constexpr int kLargestGap = 3000; // RFC 3550 A.1
  static constexpr int kMostReordered = 100;

  /// `arrival` on a clock that counts as the packet's timestamp does.
  void received(const RtpHeader& header, std::uint32_t arrival);

  /// Since the last call, and in all. `lastSenderReport` and `delaySinceLast` are the caller's.
  RtcpReportBlock report(std::uint32_t ssrc);

  [[nodiscard]] std::uint64_t packets() const { return received_; }
  /// Expected so far and not come; negative where duplicates came.
  [[nodiscard]] std::int64_t lost() const { return expected() - static_cast<std::int64_t>(received_); }

private:
  [[nodiscard]] std::int64_t expected() const;
  void begin(std::uint16_t sequence);
  bool count(std::uint16_t sequence);

  bool hasBegun_ = false;
  std::uint16_t highest_ = 0;
  std::uint32_t cycles_ = 0; // in 2^16
  std::uint32_t first_ = 0;
  std::uint32_t suspect_ = 0; // the sequence number that would confirm a leap, plus 2^16
  std::uint64_t received_ = 0;
  std::int64_t earlierExpected_ = 0; // before the sender began anew
  std::int64_t expectedAtReport_ = 0;
  std::uint64_t receivedAtReport_ = 0;
  bool hasTransit_ = false;
  std::uint32_t transit_ = 0;
  std::uint32_t jitterTimes16_ = 0;
};

} // namespace tutti::net
