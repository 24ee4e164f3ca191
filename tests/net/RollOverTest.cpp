#include <Catch.hpp>
#include <Fixtures.hpp>
#include <tutti/net/RollOver.hpp>
#include <tutti/net/RtpPeek.hpp>

#include "RtpPacket.hpp"

using namespace tutti;
using namespace tutti::net;
using test::RtpPacket;

namespace {

constexpr StreamId kStream{7, 2};

/// With a header extension of one element (id 1, two bytes), as for a level.
test::Bytes withLevel()
{
  return test::bytesOf("90 60 00 05 00000000 00070002  be de 00 01 11 aa bb 00  73 6f 75 6e 64");
}

std::string payloadOf(std::span<const std::byte> packet)
{
  const auto peek = RtpPeek::at(packet);
  REQUIRE(peek);
  const auto payload = packet.subspan(peek->headerSize);
  return {reinterpret_cast<const char*>(payload.data()), payload.size()};
}

} // namespace

TEST_CASE("The count is written into a packet without header extension, and read again")
{
  RtpPacket packet{kStream, 5};
  const auto size = writeRollOver(packet.buffer, packet.size, 0x01020304);
  REQUIRE(size);
  const auto bytes = std::span{packet.buffer}.first(*size);
  CHECK(*size == packet.size + kRollOverGrowth);
  CHECK(readRollOver(bytes) == 0x01020304U);
  CHECK(RtpPeek::at(bytes)->id == kStream);
  CHECK(payloadOf(bytes) == "sound");
}

TEST_CASE("Other elements stay, and what is there is overwritten")
{
  auto buffer = withLevel();
  const auto before = buffer.size();
  buffer.resize(before + kRollOverGrowth);
  const auto size = writeRollOver(buffer, before, 9);
  REQUIRE(size);
  auto packet = std::span{buffer}.first(*size);
  CHECK(readRollOver(packet) == 9U);
  CHECK(packet[17] == std::byte{0xaa});
  CHECK(payloadOf(packet) == "sound");
  CHECK(writeRollOver(buffer, *size, 10) == size);
  CHECK(readRollOver(packet) == 10U);
}

TEST_CASE("There is no count where the packet has none, is cut, or speaks another form")
{
  CHECK_FALSE(readRollOver(RtpPacket{kStream, 5}.bytes()));
  CHECK_FALSE(readRollOver(withLevel()));
  auto other = withLevel();
  other[12] = std::byte{0x10};
  CHECK_FALSE(readRollOver(other));
  CHECK_FALSE(writeRollOver(other, other.size(), 1));
  const auto whole = withLevel();
  for (std::size_t size = 0; size < 20; ++size) CHECK_FALSE(readRollOver(std::span{whole}.first(size)));
}

TEST_CASE("Nothing is appended to elements that cannot be read to their end")
{
  auto packet = test::bytesOf("90 60 00 05 00000000 00070002  be de 00 01 26 00 00 00  73 6f 75 6e 64");
  const auto size = packet.size();
  packet.resize(size + kRollOverGrowth);
  CHECK_FALSE(writeRollOver(packet, size, 1));
}

TEST_CASE("A full buffer is left as it is")
{
  RtpPacket packet{kStream, 5};
  const auto before = packet.bytes();
  CHECK_FALSE(writeRollOver(std::span{packet.buffer}.first(packet.size + 3), packet.size, 1));
  CHECK(packet.bytes() == before);
}

TEST_CASE("STUN, media and the rest are told apart by the first byte")
{
  CHECK(kindOf(test::bytesOf("00")) == PacketKind::stun);
  CHECK(kindOf(test::bytesOf("03")) == PacketKind::stun);
  CHECK(kindOf(test::bytesOf("04")) == PacketKind::other);
  CHECK(kindOf(test::bytesOf("80")) == PacketKind::media);
  CHECK(kindOf(test::bytesOf("bf")) == PacketKind::media);
  CHECK(kindOf(test::bytesOf("c0")) == PacketKind::other);
  CHECK(kindOf({}) == PacketKind::other);
}

TEST_CASE("A report is told from a stream, and its sender read from another place")
{
  const auto report = RtpPeek::at(test::bytesOf("80 c9 00 01 00070001"));
  REQUIRE(report);
  CHECK(report->isRtcp);
  CHECK(report->id == StreamId{7, 1});
}
