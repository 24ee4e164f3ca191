#include <Catch.hpp>
#include <Dice.hpp>
#include <algorithm>
#include <array>
#include <vector>

#include <tutti/endpoint/StreamAssembler.hpp>
#include <tutti/endpoint/StreamPacker.hpp>

using namespace tutti;
using namespace tutti::endpoint;

namespace {

const SessionToken kSession{{'s', 'e', 's', 's', 'i', 'o', 'n', '1'}};
constexpr StreamId kStream{1, Direction::fromServer, 2};

/// Packs blocks and puts together what comes of them.
struct Wire {
  Wire(AudioFormat wanted, std::size_t mostBytes)
    : format{wanted}
    , packer{kSession, kStream, wanted, mostBytes}
    , assembler{wanted.frameBytes()}
  {}

  void push(SampleTime first, const std::vector<std::vector<float>>& channels)
  {
    const std::vector<std::span<const float>> views{channels.begin(), channels.end()};
    packer.push(first, views);
    while (const auto datagram = packer.next()) {
      ++packets;
      const auto packet = parseMedia(datagram->bytes()).value();
      REQUIRE(packet.session == kSession);
      REQUIRE(packet.stream == kStream);
      REQUIRE(packet.type == format.type);
      REQUIRE(packet.sequence == sequence++);
      REQUIRE(packet.timestamp == packet.byteIndex / format.frameBytes());
      for (const auto& run : assembler.take(packet.byteIndex, packet.samples)) {
        if (out.empty()) firstOut = run.first;
        lastOut = run.first;
        out.insert(out.end(), run.bytes.begin(), run.bytes.end());
      }
    }
  }

  AudioFormat format;
  StreamPacker packer;
  StreamAssembler assembler;
  std::vector<std::byte> out;
  std::int64_t firstOut = -1, lastOut = -1;
  std::uint16_t sequence = 0;
  int packets = 0;
};

std::vector<std::vector<float>> block(test::Dice& dice, std::size_t channels, std::size_t frames)
{
  std::vector<std::vector<float>> all(channels, std::vector<float>(frames));
  for (auto& channel : all)
    for (auto& sample : channel) sample = static_cast<float>(dice.real(-1, 1));
  return all;
}

} // namespace

TEST_CASE("What is packed comes out to the bit, for every type and every size of packet")
{
  for (std::uint8_t type = 0; type < kSampleTypes; ++type)
    for (const std::size_t mostBytes : {1U, 3U, 5U, 13U, 64U, 1300U}) {
      const AudioFormat format{.channels = 3, .type = sampleTypeOf(type).value()};
      CAPTURE(type, mostBytes);
      test::Dice dice{type};
      Wire wire{format, mostBytes};
      std::vector<std::byte> sent;
      std::int64_t at = 12'345;
      for (const std::size_t frames : {64U, 1U, 7U, 100U}) {
        const auto channels = block(dice, format.channels, frames);
        wire.push(SampleTime{at}, channels);
        at += static_cast<std::int64_t>(frames);
        std::vector<std::byte> bytes(frames * format.frameBytes());
        const std::vector<std::span<const float>> views{channels.begin(), channels.end()};
        encodeFrames(views, bytes, format.type);
        sent.insert(sent.end(), bytes.begin(), bytes.end());
      }
      REQUIRE(wire.out == sent);
      REQUIRE(wire.firstOut == 0);
    }
}

TEST_CASE("A block that fits is one packet, and nothing waits for the next block")
{
  test::Dice dice{1};
  Wire wire{{}, kMostSampleBytes};
  wire.push(SampleTime{0}, block(dice, 2, 64));
  CHECK(wire.packets == 1);
  CHECK(wire.out.size() == 64 * 8);
}

TEST_CASE("Frames that the device lost leave a hole; a count that jumps or runs backwards does not")
{
  test::Dice dice{1};
  Wire wire{{.channels = 1}, kMostSampleBytes};
  wire.push(SampleTime{1000}, block(dice, 1, 64));
  wire.push(SampleTime{1128}, block(dice, 1, 64));
  CHECK(wire.lastOut == 128);
  wire.push(SampleTime{5}, block(dice, 1, 64)); // the sound server began anew
  CHECK(wire.lastOut == 192);
  wire.push(SampleTime{5 + 64 + 480'001}, block(dice, 1, 64));
  CHECK(wire.lastOut == 256);
  wire.push(SampleTime{5 + 64 + 480'001 + 64}, block(dice, 1, 64));
  CHECK(wire.lastOut == 320);
}
