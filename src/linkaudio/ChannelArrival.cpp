#include <tutti/linkaudio/ChannelArrival.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>

#include <tutti/net/RedPayload.hpp>
#include <tutti/stream/StreamFormat.hpp>

#include "BeatMath.hpp"
#include "CarriedSample.hpp"

namespace tutti::linkaudio {

Result<ChannelArrival> ChannelArrival::open(ChannelId carried, stream::Codec codec, audio::SampleRate rate,
                                            std::size_t channels)
{
  return stream::Decoder::open(codec, rate, channels).map([&](stream::Decoder&& decoder) {
    return ChannelArrival{carried, std::move(decoder), rate, channels};
  });
}

ChannelArrival::ChannelArrival(ChannelId carried, stream::Decoder decoder, audio::SampleRate rate,
                               std::size_t channels)
  : rate_{rate}
  , channels_{channels}
  , decoder_{std::move(decoder)}
  , packetiser_{carried}
  , frames_(channels, std::vector<float>(stream::Decoder::kMostFrames))
  , room_(frames_.begin(), frames_.end())
{}

std::int64_t ChannelArrival::placeOf(std::uint32_t timestamp) const
{
  if (!newest_) return timestamp;
  return *newest_ + static_cast<std::int32_t>(timestamp - static_cast<std::uint32_t>(*newest_));
}

/// What waits is dated in the session before.
void ChannelArrival::follow(NodeId session)
{
  if (session_ == session) return;
  session_ = session;
  waiting_.clear();
}

void ChannelArrival::receive(const net::RtpPacket& packet, HostTime now)
{
  ++counts_.packets;
  const auto said = packet.extension(BeatStamp::kExtension);
  const auto stamp = said ? BeatStamp::parse(*said) : std::nullopt;
  if (!stamp) {
    ++counts_.refused;
    return;
  }
  if (!session_ || stamp->session != BeatStamp::nameOf(*session_)) {
    ++counts_.foreign;
    return;
  }
  const auto first = placeOf(packet.header.timestamp);
  newest_ = std::max(first, newest_.value_or(first));
  if (packet.header.payloadType != stream::kRedPayloadType)
    return take(packet.header.payloadType, first, packet.payload, *stamp, 0, now);
  const auto blocks = net::parseRed(packet.payload);
  if (!blocks) {
    ++counts_.refused;
    return;
  }
  for (const auto& block : *blocks) // the packet's own is the last one, and is not earlier
    take(block.payloadType, first - block.timestampOffset, block.data, *stamp, block.timestampOffset, now);
}

void ChannelArrival::take(std::uint8_t payloadType, std::int64_t first, std::span<const std::byte> data,
                          const BeatStamp& stamp, double earlier, HostTime now)
{
  if (stream::codecOf(payloadType) != decoder_.codec()) {
    ++counts_.refused;
    return;
  }
  const bool isAnew = next_ && std::abs(first - *next_) > 4 * std::int64_t{rate_.hertz()};
  if (isAnew) {
    waiting_.clear();
    next_.reset();
    newest_ = first;
  }
  if ((next_ && first < *next_) || waiting_.contains(first)) return; // it has come before
  const auto count = decoder_.decode(data, room_);
  if (!count || count->frames == 0) {
    ++counts_.refused;
    return;
  }
  const auto upb = static_cast<double>(stamp.tempo.microsPerBeat());
  Block block;
  block.end = first + count->frames;
  block.begin = later(stamp.begin, -earlier * microBeatsPerFrame(rate_, upb));
  block.tempo = stamp.tempo;
  block.came = now;
  const auto steps = stepsOf(decoder_.codec());
  block.samples.reserve(static_cast<std::size_t>(count->frames) * channels_);
  for (std::size_t frame = 0; frame < static_cast<std::size_t>(count->frames); ++frame)
    for (const auto& channel : frames_) block.samples.push_back(fromCarried(channel[frame], steps));
  waiting_.emplace(first, std::move(block));
}

/// In order: what is next at once, what is after a hole when the hole was waited for.
void ChannelArrival::emit(HostTime now)
{
  while (!waiting_.empty()) {
    const auto front = waiting_.begin();
    const bool isNext = next_ && front->first == *next_;
    const bool isOverdue = now - front->second.came >= kPatience || waiting_.size() > kMostWaiting;
    if (next_ && !isNext && !isOverdue) return;
    if (next_ && !isNext) ++counts_.holes;
    const auto& block = front->second;
    packetiser_.push(
      {*session_, block.begin, block.tempo, rate_, static_cast<std::uint8_t>(channels_), block.samples}, now);
    next_ = block.end;
    waiting_.erase(front);
    while (!waiting_.empty() && waiting_.begin()->first < *next_) waiting_.erase(waiting_.begin());
  }
}

std::vector<AudioBuffer> ChannelArrival::drain(HostTime now)
{
  emit(now);
  packetiser_.advance(now);
  std::vector<AudioBuffer> buffers;
  while (auto buffer = packetiser_.next()) buffers.push_back(std::move(*buffer));
  return buffers;
}

void ChannelArrival::clear()
{
  waiting_.clear();
  next_.reset();
  newest_.reset();
  packetiser_.clear();
}

} // namespace tutti::linkaudio
