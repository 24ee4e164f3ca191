// What comes by a carried channel's stream, opened but not yet believed: whatever it is, what goes on to the
// LAN is sound of the right kind, in order, and not more than came. The bytes are packets, each after its
// length in two bytes.
#include <algorithm>
#include <span>

#include <tutti/linkaudio/CarriedId.hpp>
#include <tutti/linkaudio/ChannelArrival.hpp>

#include "Require.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  if (size < 1) return 0;
  const auto codec = (data[0] & 1U) != 0 ? stream::Codec::pcm24 : stream::Codec::pcm16;
  const std::uint8_t channels = (data[0] & 2U) != 0 ? 2 : 1;
  auto rest = std::as_bytes(std::span{data, size}).subspan(1);
  auto arrival =
    ChannelArrival::open(carriedId({}), codec, audio::SampleRate::fromHertz(48'000), channels).value();
  arrival.follow(NodeId{});
  auto now = HostTime{} + std::chrono::hours{1};
  std::size_t came = 0;
  std::size_t left = 0;
  std::uint64_t sequence = 0;
  while (rest.size() >= 2) {
    const auto told = std::to_integer<std::size_t>(rest[0]) * 256 + std::to_integer<std::size_t>(rest[1]);
    const auto length = std::min(told, rest.size() - 2);
    const auto bytes = rest.subspan(2, length);
    rest = rest.subspan(2 + length);
    now += std::chrono::milliseconds{length % 16};
    if (const auto packet = net::parseRtp(bytes)) {
      came += packet->payload.size();
      arrival.receive(*packet, now);
    }
    for (const auto& buffer : arrival.drain(now)) {
      require(buffer.channels == channels && isCarried(buffer.channel));
      std::size_t frames = 0;
      for (const auto& chunk : buffer.chunks) {
        require(chunk.sequence == ++sequence);
        frames += chunk.frames;
      }
      require(frames * channels == buffer.samples.size());
      left += buffer.samples.size() * 2;
    }
    require(left <= came);
  }
  return 0;
}
