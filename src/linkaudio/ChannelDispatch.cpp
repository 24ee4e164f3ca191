#include <tutti/linkaudio/ChannelDispatch.hpp>

#include <algorithm>
#include <array>

#include "BeatMath.hpp"
#include "CarriedSample.hpp"
#include "Continuity.hpp"

namespace tutti::linkaudio {
namespace {

constexpr audio::FrameCount kUsual{128};
constexpr std::size_t kRepeatable = 600; // bytes of a packet, so that an earlier one fits beside it
constexpr std::size_t kMostAnchors = 512;

audio::FrameCount packetOf(stream::Codec codec, std::size_t channels)
{
  const std::size_t each = (codec == stream::Codec::pcm24 ? 3 : 2) * channels;
  const auto most = static_cast<std::int64_t>(kRepeatable / each / 32 * 32);
  return std::min(kUsual, audio::FrameCount{most});
}

} // namespace

struct ChannelDispatch::Counting {
  Continuity continuity;
};

Result<ChannelDispatch> ChannelDispatch::open(stream::Codec codec, audio::SampleRate rate,
                                              std::size_t channels, std::uint32_t ssrc,
                                              std::uint16_t firstSequence)
{
  const stream::StreamFormat format{codec, rate, channels, packetOf(codec, channels)};
  return stream::Encoder::open(format).map(
    [&](stream::Encoder&& encoder) { return ChannelDispatch{std::move(encoder), ssrc, firstSequence}; });
}

ChannelDispatch::ChannelDispatch(stream::Encoder encoder, std::uint32_t ssrc, std::uint16_t firstSequence)
  : encoder_{std::move(encoder)}
  , packetiser_{format().rate, format().channels, format().packet}
  , counting_{std::make_unique<Counting>()}
  , ssrc_{ssrc}
  , sequence_{firstSequence}
{}

ChannelDispatch::~ChannelDispatch() = default;
ChannelDispatch::ChannelDispatch(ChannelDispatch&&) noexcept = default;
ChannelDispatch& ChannelDispatch::operator=(ChannelDispatch&&) noexcept = default;

bool ChannelDispatch::fits(const AudioBuffer& buffer) const
{
  return buffer.rate == format().rate && buffer.channels == format().channels;
}

void ChannelDispatch::push(const AudioBuffer& buffer, HostTime arrived)
{
  if (!fits(buffer)) return;
  std::span<const std::int16_t> samples{buffer.samples};
  for (const auto& chunk : buffer.chunks) {
    const auto count = std::size_t{chunk.frames} * buffer.channels;
    if (count > samples.size()) return;
    const auto own = samples.first(count);
    samples = samples.subspan(count);
    const auto place = counting_->continuity.place(chunk, buffer.rate, arrived);
    if (!place || place->first < end_ || own.empty()) continue;
    if (anchors_.size() == kMostAnchors) anchors_.pop_front();
    anchors_.push_back({place->first, buffer.session, chunk.begin, chunk.tempo});
    push(own, place->first);
    end_ = place->first + chunk.frames;
  }
}

void ChannelDispatch::push(std::span<const std::int16_t> samples, std::int64_t first)
{
  const auto channels = format().channels;
  const auto steps = stepsOf(format().codec);
  stream::Chunk chunk;
  chunk.first = SampleTime{first};
  for (std::size_t i = 0; i < samples.size(); i += chunk.frames * channels) {
    chunk.frames =
      static_cast<std::uint32_t>(std::min(stream::Chunk::kFrames, (samples.size() - i) / channels));
    for (std::size_t frame = 0; frame < chunk.frames; ++frame)
      for (std::size_t channel = 0; channel < channels; ++channel)
        chunk.samples[channel][frame] = toCarried(samples[i + frame * channels + channel], steps);
    packetiser_.push(chunk);
    chunk.first.frames += chunk.frames;
    while (const auto packet = packetiser_.next()) write(*packet);
  }
}

/// Of frames that were pushed, in order.
BeatStamp ChannelDispatch::stampOf(std::int64_t first)
{
  while (anchors_.size() > 1 && anchors_[1].first <= first) anchors_.pop_front();
  const auto& anchor = anchors_.front();
  const auto upb = static_cast<double>(anchor.tempo.microsPerBeat());
  const double since = static_cast<double>(first - anchor.first) * microBeatsPerFrame(format().rate, upb);
  return {BeatStamp::nameOf(anchor.session), later(anchor.begin, since), anchor.tempo};
}

void ChannelDispatch::write(const stream::Packetiser::Packet& packet)
{
  const auto timestamp = static_cast<std::uint32_t>(packet.first.frames);
  const auto stamp = stampOf(packet.first.frames).encode();
  const auto coded = encoder_.encode(packet.channels);
  const auto payload = redundancy_.pack(format().codec, timestamp, coded, earlier_);
  net::RtpPacket out;
  out.header = {.marker = false,
                .payloadType = payload.payloadType,
                .sequenceNumber = sequence_++,
                .timestamp = timestamp,
                .ssrc = ssrc_};
  out.extensions.tryAdd({BeatStamp::kExtension, stamp});
  out.payload = payload.bytes.bytes();
  ready_.push_back(net::encodeRtp(out));
}

std::optional<net::MediaDatagram> ChannelDispatch::next()
{
  if (ready_.empty()) return std::nullopt;
  auto packet = ready_.front();
  ready_.pop_front();
  return packet;
}

} // namespace tutti::linkaudio
