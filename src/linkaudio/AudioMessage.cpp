#include "AudioMessage.hpp"

#include <tutti/core/Assert.hpp>
#include <tutti/core/ByteReader.hpp>

namespace tutti::linkaudio {
namespace {

constexpr std::uint32_t kMostChunks = 44;
constexpr std::size_t kChunkBytes = 26;
constexpr std::size_t kFixedBytes = 8; // codec, rate, channels, sample bytes
constexpr std::uint8_t kPcm16 = 1;

struct Format {
  std::uint8_t codec = 0;
  std::uint32_t rate = 0;
  std::uint8_t channels = 0;
  std::uint16_t sampleBytes = 0;
};

bool isSane(const Format& format)
{
  return format.codec == kPcm16 && format.rate >= 8'000 && format.rate <= 192'000 && format.channels >= 1 &&
         format.channels <= 8;
}

/// Of a record that is there.
std::optional<Chunk> readChunk(ByteReader& in)
{
  Chunk chunk;
  chunk.sequence = *in.u64();
  chunk.frames = *in.u16();
  const auto begin = *in.i64();
  const auto microsPerBeat = *in.i64();
  if (begin < -time::kLargest || begin > time::kLargest) return std::nullopt;
  if (microsPerBeat < 60'000 || microsPerBeat > 3'000'001) return std::nullopt;
  chunk.begin = time::Beats::fromMicroBeats(begin);
  chunk.tempo = time::Tempo::fromMicrosPerBeat(microsPerBeat);
  return chunk;
}

/// How many frames the chunks have together; nothing where there is no chunk, or a bad one.
std::optional<std::size_t> readChunks(ByteReader& in, std::vector<Chunk>& chunks)
{
  const auto count = in.u32();
  if (!count || *count < 1 || *count > kMostChunks || in.remaining() < *count * kChunkBytes)
    return std::nullopt;
  chunks.reserve(*count);
  std::size_t frames = 0;
  for (std::uint32_t i = 0; i < *count; ++i) {
    const auto chunk = readChunk(in);
    if (!chunk) return std::nullopt;
    frames += chunk->frames;
    chunks.push_back(*chunk);
  }
  return frames;
}

std::optional<Format> readFormat(ByteReader& in)
{
  if (in.remaining() < kFixedBytes) return std::nullopt;
  Format format;
  format.codec = *in.u8();
  format.rate = *in.u32();
  format.channels = *in.u8();
  format.sampleBytes = *in.u16();
  if (!isSane(format)) return std::nullopt;
  return format;
}

std::size_t framesOf(const AudioBuffer& buffer)
{
  std::size_t frames = 0;
  for (const auto& chunk : buffer.chunks) frames += chunk.frames;
  return frames;
}

} // namespace

std::optional<AudioBuffer> parseAudio(std::span<const std::byte> payload)
{
  ByteReader in{payload};
  if (in.remaining() < 2 * NodeId::kSize) return std::nullopt;
  AudioBuffer buffer;
  buffer.channel = {NodeId::fromBytes(*in.bytes(NodeId::kSize))};
  buffer.session = NodeId::fromBytes(*in.bytes(NodeId::kSize));
  const auto frames = readChunks(in, buffer.chunks);
  const auto format = frames ? readFormat(in) : std::nullopt;
  if (!format || *frames * format->channels * 2 != format->sampleBytes ||
      in.remaining() != format->sampleBytes)
    return std::nullopt;
  buffer.rate = audio::SampleRate::fromHertz(static_cast<std::int32_t>(format->rate));
  buffer.channels = format->channels;
  buffer.samples.reserve(format->sampleBytes / 2);
  while (!in.atEnd()) buffer.samples.push_back(static_cast<std::int16_t>(*in.u16()));
  return buffer;
}

Packet encodeAudio(const NodeId& sender, const AudioBuffer& buffer)
{
  TUTTI_ASSERT(!buffer.chunks.empty() && buffer.chunks.size() <= kMostChunks);
  TUTTI_ASSERT(framesOf(buffer) * buffer.channels == buffer.samples.size());
  auto packet = beginPacket(MessageType::audio, std::chrono::seconds{0}, sender);
  PacketWriter out{packet};
  out.bytes(buffer.channel.bytes.bytes());
  out.bytes(buffer.session.bytes());
  out.u32(static_cast<std::uint32_t>(buffer.chunks.size()));
  for (const auto& chunk : buffer.chunks) {
    out.u64(chunk.sequence);
    out.u16(chunk.frames);
    out.i64(chunk.begin.microBeats());
    out.i64(chunk.tempo.microsPerBeat());
  }
  out.u8(kPcm16);
  out.u32(static_cast<std::uint32_t>(buffer.rate.hertz()));
  out.u8(buffer.channels);
  out.u16(static_cast<std::uint16_t>(2 * buffer.samples.size()));
  for (const auto sample : buffer.samples) out.u16(static_cast<std::uint16_t>(sample));
  return packet;
}

} // namespace tutti::linkaudio
