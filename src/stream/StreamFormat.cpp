#include <tutti/stream/StreamFormat.hpp>

#include <algorithm>
#include <array>

#include <tutti/audio/SampleFormat.hpp>

#include "PcmLayout.hpp"

namespace tutti::stream {
namespace {

constexpr std::int32_t kOpusRate = 48'000; // RFC 7587 4.1: whatever is inside, the clock is this
constexpr std::array<std::int64_t, 3> kOpusPackets{120, 240, 480}; // 2.5, 5, 10 ms

Result<void> checkOpus(const StreamFormat& format)
{
  if (format.rate.hertz() != kOpusRate)
    return failure(ErrorKind::unsupported,
                   "Opus needs a device at 48 kHz; choose PCM, or set the device to 48 kHz");
  if (std::ranges::find(kOpusPackets, format.packet.frames) == kOpusPackets.end())
    return failure(ErrorKind::unsupported, "Opus packets are 2.5, 5 or 10 ms long");
  return {};
}

} // namespace

Result<void> check(const StreamFormat& format)
{
  if (format.channels < 1 || format.channels > kMostChannels)
    return failure(ErrorKind::unsupported, "a stream has one channel or two");
  if (format.codec == Codec::opus) return checkOpus(format);
  const auto most = kLargestPayload / (bytesPerSample(format.codec) * format.channels);
  if (format.packet.frames < 1 || static_cast<std::size_t>(format.packet.frames) > most)
    return failure(ErrorKind::unsupported, "a packet is too long for the network; choose shorter ones");
  return {};
}

audio::FrameCount packetFor(Codec codec, std::size_t channels, audio::FrameCount block)
{
  if (codec == Codec::opus) {
    auto packet = kOpusPackets.front();
    for (const auto candidate : kOpusPackets)
      if (candidate <= block.frames) packet = candidate;
    return {packet};
  }
  const auto most = kLargestPayload / (bytesPerSample(codec) * std::max<std::size_t>(channels, 1));
  auto packet = std::max<std::int64_t>(block.frames, 1);
  while (packet > static_cast<std::int64_t>(most))
    packet = (packet + 1) / 2; // halves of a block stay in step with it
  return {packet};
}

} // namespace tutti::stream
