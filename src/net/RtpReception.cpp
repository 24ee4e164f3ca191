#include <tutti/net/RtpReception.hpp>

#include <algorithm>
#include <cstdlib>

#include <tutti/time/Rounding.hpp>

namespace tutti::net {

std::uint32_t ticksAt(HostTime moment, double hertz)
{
  return static_cast<std::uint32_t>(time::rounded(static_cast<double>(microsOf(moment)) * hertz / 1e6));
}

void RtpReception::begin(std::uint16_t sequence)
{
  earlierExpected_ = hasBegun_ ? expected() : 0;
  hasBegun_ = true;
  highest_ = sequence;
  first_ = sequence;
  cycles_ = 0;
  suspect_ = 0;
  hasTransit_ = false;
}

std::int64_t RtpReception::expected() const
{
  if (!hasBegun_) return 0;
  const auto extended = std::int64_t{cycles_} * 0x10000 + highest_;
  return earlierExpected_ + extended - first_ + 1;
}

bool RtpReception::count(std::uint16_t sequence)
{
  if (!hasBegun_) begin(sequence);
  const auto step = static_cast<std::uint16_t>(sequence - highest_);
  if (step < kLargestGap) {
    if (sequence < highest_) ++cycles_;
    highest_ = sequence;
    return true;
  }
  if (step > 0x10000 - kMostReordered) return true; // late, or said twice
  if (suspect_ != 0x10000U + sequence) {
    suspect_ = 0x10000U + static_cast<std::uint16_t>(sequence + 1);
    return false;
  }
  begin(sequence);
  return true;
}

void RtpReception::received(const RtpHeader& header, std::uint32_t arrival)
{
  if (!count(header.sequenceNumber)) return;
  ++received_;
  const auto transit = arrival - header.timestamp;
  if (hasTransit_) {
    const auto change =
      static_cast<std::uint32_t>(std::abs(std::int64_t{static_cast<std::int32_t>(transit - transit_)}));
    jitterTimes16_ += change - ((jitterTimes16_ + 8) >> 4U); // RFC 3550 A.8
  }
  transit_ = transit;
  hasTransit_ = true;
}

RtcpReportBlock RtpReception::report(std::uint32_t ssrc)
{
  const auto expectedNow = expected() - expectedAtReport_;
  const auto lostNow = expectedNow - static_cast<std::int64_t>(received_ - receivedAtReport_);
  expectedAtReport_ = expected();
  receivedAtReport_ = received_;
  RtcpReportBlock block;
  block.ssrc = ssrc;
  if (expectedNow > 0 && lostNow > 0)
    block.fractionLost = static_cast<std::uint8_t>(std::min<std::int64_t>(lostNow * 256 / expectedNow, 255));
  block.cumulativeLost = static_cast<std::int32_t>(std::clamp<std::int64_t>(lost(), -0x800000, 0x7fffff));
  block.highestSequence = cycles_ << 16U | highest_;
  block.jitter = jitterTimes16_ >> 4U;
  return block;
}

} // namespace tutti::net
