// A packet from anybody: read, opened (never with success), and given a roll-over count that reads back.
#include <algorithm>
#include <array>
#include <span>

#include <tutti/net/RollOver.hpp>
#include <tutti/net/Srtp.hpp>

#include "Require.hpp"

using namespace tutti;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  std::array<std::byte, 1500> buffer{};
  const auto whole = std::as_bytes(std::span{data, std::min(size, buffer.size() - net::kRollOverGrowth)});
  std::ranges::copy(whole, buffer.begin());
  if (const auto peek = net::RtpPeek::at(whole)) require(peek->headerSize <= whole.size());
  if (const auto grown = net::writeRollOver(buffer, whole.size(), 0xabcdef01)) {
    const auto packet = std::span{buffer}.first(*grown);
    require(net::readRollOver(packet) == 0xabcdef01U);
    require(std::ranges::equal(packet.last(whole.size() - net::RtpPeek::at(whole)->headerSize),
                               whole.subspan(net::RtpPeek::at(whole)->headerSize)));
  }
  std::ranges::copy(whole, buffer.begin());
  net::SrtpOpener opener;
  opener.addKey(0, net::SrtpKey{std::byte{1}});
  require(opener.open(std::span{buffer}.first(whole.size()), HostTime{}).outcome !=
          net::SrtpOpener::Outcome::opened);
  return 0;
}
