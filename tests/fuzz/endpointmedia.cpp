// Packets of a stranger who knows the session: what is accepted survives the way through our own writer, and
// frames come out once, whole and in order.
#include <algorithm>
#include <set>
#include <span>

#include <tutti/endpoint/MediaPacket.hpp>
#include <tutti/endpoint/StreamAssembler.hpp>

#include "ByteScript.hpp"
#include "Require.hpp"

using namespace tutti;
using fuzz::require;

namespace {

void parse(std::span<const std::byte> bytes)
{
  const auto packet = endpoint::parseMedia(bytes);
  if (!packet || packet->samples.size() > endpoint::kMostSampleBytes) return;
  const auto datagram = endpoint::encodeMedia(*packet);
  const auto again = endpoint::parseMedia(datagram.bytes());
  require(again && *again == *packet);
}

void assemble(std::span<const std::uint8_t> data)
{
  const auto steps = fuzz::splitSteps(data);
  if (steps.empty()) return;
  const std::size_t frameBytes = 1 + steps.front().kind % endpoint::StreamAssembler::kMostFrameBytes;
  endpoint::StreamAssembler assembler{frameBytes};
  std::set<std::int64_t> cameOut;
  for (const auto& step : steps) {
    fuzz::Draw draw{std::as_bytes(std::span{step.decisions})};
    const auto index = static_cast<std::uint64_t>(draw.flag() ? draw.raw() : draw.byte() * 7);
    std::int64_t last = -1;
    for (const auto& run : assembler.take(index % endpoint::kByteIndexEnd, draw.rest())) {
      require(run.first > last && !run.bytes.empty() && run.bytes.size() % frameBytes == 0);
      for (std::size_t i = 0; i < run.bytes.size() / frameBytes; ++i) {
        last = run.first + static_cast<std::int64_t>(i);
        require(cameOut.insert(last).second);
      }
    }
  }
  require(assembler.counts().frames == cameOut.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::span all{data, size};
  parse(std::as_bytes(all));
  assemble(all);
  return 0;
}
