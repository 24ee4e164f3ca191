#include <AudioMessage.hpp>
#include <Catch.hpp>

#include "Words.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using namespace tutti::linkaudio::test;
using time::Beats;
using time::Tempo;

namespace {

AudioBuffer buffer(std::vector<Chunk> chunks, int hertz, std::uint8_t channels)
{
  AudioBuffer buffer{
    channel("drums"), node("session"), std::move(chunks), audio::SampleRate::fromHertz(hertz), channels, {}};
  std::size_t frames = 0;
  for (const auto& chunk : buffer.chunks) frames += chunk.frames;
  for (std::size_t i = 0; i < frames * channels; ++i)
    buffer.samples.push_back(static_cast<std::int16_t>(i * 7001));
  return buffer;
}

const auto kOne = buffer({{9977, 2, Beats::fromDouble(23), Tempo::fromBpm(120)}}, 44'100, 4);

std::optional<AudioBuffer> throughTheWire(const AudioBuffer& buffer)
{
  const auto packet = encodeAudio(node("sender"), buffer);
  const auto message = parseMessage(packet.bytes());
  return message ? parseAudio(message->payload) : std::nullopt;
}

/// The payload of `kOne` with these bytes at `offset`, counted as in the datagram.
std::optional<AudioBuffer> oneWith(std::size_t offset, std::string_view hex)
{
  auto bytes = copyOf(encodeAudio(node("sender"), kOne).bytes());
  std::ranges::copy(bytesOf(hex), bytes.begin() + static_cast<std::ptrdiff_t>(offset));
  return parseAudio(std::span{bytes}.subspan(20));
}

} // namespace

TEST_CASE("One chunk of two frames on four channels is 90 bytes")
{
  CHECK(encodeAudio(node("sender"), kOne).size() == 90);
  CHECK(throughTheWire(kOne) == kOne);
}

TEST_CASE("Three chunks with a tempo each are 166 bytes")
{
  const auto three = buffer({{12345, 5, Beats::fromDouble(0), Tempo::fromBpm(120)},
                             {12346, 2, Beats::fromDouble(2.5), Tempo::fromBpm(160)},
                             {12347, 3, Beats::fromDouble(5.2), Tempo::fromBpm(100)}},
                            48'000, 2);
  CHECK(encodeAudio(node("sender"), three).size() == 166);
  const auto heard = throughTheWire(three);
  REQUIRE(heard);
  CHECK(*heard == three);
  CHECK(heard->chunks[1].tempo.microsPerBeat() == 375'000);
  CHECK(heard->chunks[2].tempo.microsPerBeat() == 600'000);
  CHECK(heard->chunks[2].begin.microBeats() == 5'200'000);
}

TEST_CASE("A datagram of sound is as long as others make it")
{
  CHECK(encodeAudio(node("us"), buffer({{1, 251, {}, {}}}, 48'000, 1)).size() == 576);
  CHECK(encodeAudio(node("us"), buffer({{1, 125, {}, {}}}, 44'100, 2)).size() == 574);
  const auto longest = buffer({{1, 563, {}, {}}}, 48'000, 1);
  CHECK(encodeAudio(node("us"), longest).size() == 1200);
  CHECK(throughTheWire(longest) == longest);
}

TEST_CASE("A chunk of no frames is a chunk")
{
  const auto empty = buffer({{7, 0, Beats::fromDouble(-3), Tempo::fromBpm(100)}}, 48'000, 2);
  CHECK(throughTheWire(empty) == empty);
}

TEST_CASE("Sound that does not add up is refused")
{
  CHECK(oneWith(36, "00000001").has_value());
  CHECK_FALSE(oneWith(36, "00000000").has_value()); // no chunk
  CHECK_FALSE(oneWith(36, "00000002").has_value()); // one more than there are
  CHECK_FALSE(oneWith(36, "ffffffff").has_value());
  CHECK_FALSE(oneWith(36, "0000002d").has_value());
  CHECK_FALSE(oneWith(48, "00de").has_value()); // 222 frames
  CHECK_FALSE(oneWith(48, "0001").has_value());
  CHECK_FALSE(oneWith(66, "00").has_value()); // no codec
  CHECK_FALSE(oneWith(66, "02").has_value()); // one of the future
  CHECK_FALSE(oneWith(71, "02").has_value()); // two channels of twice the frames
  CHECK_FALSE(oneWith(71, "00").has_value());
  CHECK_FALSE(oneWith(72, "0011").has_value());
  CHECK_FALSE(oneWith(72, "000e").has_value());
  const auto bytes = copyOf(encodeAudio(node("sender"), kOne).bytes());
  for (std::size_t size = 20; size < bytes.size(); ++size)
    CHECK_FALSE(parseAudio(std::span{bytes}.subspan(20, size - 20)).has_value());
}

TEST_CASE("Rates, tempi and beats that nobody could play are refused")
{
  CHECK_FALSE(oneWith(67, "00000000").has_value());
  CHECK_FALSE(oneWith(67, "00001f3f").has_value()); // 7999 Hz
  CHECK(oneWith(67, "00001f40").has_value());
  CHECK(oneWith(67, "0002ee00").has_value()); // 192 000 Hz
  CHECK_FALSE(oneWith(67, "0002ee01").has_value());
  CHECK_FALSE(oneWith(58, "0000000000000000").has_value());
  CHECK_FALSE(oneWith(58, "ffffffffffffffff").has_value());
  CHECK_FALSE(oneWith(58, "000000000000ea5f").has_value()); // 59 999 µs
  CHECK(oneWith(58, "000000000000ea60").has_value());
  CHECK(oneWith(58, "00000000002dc6c1").has_value()); // 3 000 001 µs
  CHECK_FALSE(oneWith(58, "00000000002dc6c2").has_value());
  CHECK(oneWith(50, "4000000000000000").has_value()); // 2^62
  CHECK_FALSE(oneWith(50, "4000000000000001").has_value());
  CHECK_FALSE(oneWith(50, "8000000000000000").has_value());
  CHECK(oneWith(50, "c000000000000000").has_value());
}
