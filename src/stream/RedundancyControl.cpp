#include <tutti/stream/RedundancyControl.hpp>

#include <algorithm>

namespace tutti::stream {
namespace {

constexpr Micros kHold{30'000'000};
constexpr double kOneFrom = 0.001; // share lost between two reports: one packet in a second of 64 frames
constexpr double kTwoFrom = 0.03;  // then losses side by side are no accident any more
constexpr std::uint32_t kTwoFromJitter =
  48; // frames; then the packet that says a lost one again is often late

} // namespace

RedundancyControl::Receiver& RedundancyControl::slotFor(std::uint32_t ssrc, HostTime now)
{
  const auto known = std::ranges::find_if(
    receivers_, [&](const Receiver& one) { return one.ssrc == ssrc && one.heard != HostTime{}; });
  if (known != receivers_.end()) return *known;
  auto& oldest = *std::ranges::min_element(receivers_, {}, &Receiver::heard);
  oldest = {.ssrc = ssrc, .heard = now};
  return oldest;
}

void RedundancyControl::reported(std::uint32_t receiver, const net::RtcpReportBlock& block, HostTime now)
{
  auto& one = slotFor(receiver, now);
  const bool isFirst = one.highest == 0;
  const auto expected = static_cast<std::int32_t>(block.highestSequence - one.highest);
  const auto lost = block.cumulativeLost - one.lost;
  one.highest = block.highestSequence;
  one.lost = block.cumulativeLost;
  one.heard = now;
  if (isFirst || expected <= 0 || lost <= 0) return;
  const double share = static_cast<double>(lost) / expected;
  if (share >= kOneFrom) one.until[0] = now + kHold;
  if (share >= kTwoFrom || (share >= kOneFrom && block.jitter >= kTwoFromJitter)) one.until[1] = now + kHold;
}

std::size_t RedundancyControl::earlierFrames(HostTime now) const
{
  std::size_t wanted = 0;
  for (const auto& one : receivers_) {
    if (one.until[0] > now) wanted = std::max<std::size_t>(wanted, 1);
    if (one.until[1] > now) wanted = 2;
  }
  return wanted;
}

} // namespace tutti::stream
