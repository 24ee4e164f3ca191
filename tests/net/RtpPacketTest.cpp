#include <Catch.hpp>
#include <algorithm>
#include <tutti/net/RtpPacket.hpp>

#include "Bytes.hpp"

using namespace tutti;
using namespace tutti::net;
using test::bytes;

namespace {

const auto kPayload = bytes({0x11, 0x22, 0x33});

// RFC 3550 5.1 by hand: marker, type 96, sequence 0x1234, timestamp 0xdeadbeef, source 0x00070001
const auto kPlain = bytes({0x80, 0xe0, 0x12, 0x34, 0xde, 0xad, 0xbe, 0xef, 0, 7, 0, 1, 0x11, 0x22, 0x33});

// RFC 8285 4.2 by hand: id 1 with four bytes, id 2 with one, one byte of padding
const auto kExtended = bytes({0x90, 0x60, 0,    1,   0,   0,   0,   2,    0,    0, 0,    3,    0xbe, 0xde,
                              0,    2,    0x13, 0xa, 0xb, 0xc, 0xd, 0x20, 0x7f, 0, 0x11, 0x22, 0x33});

} // namespace

TEST_CASE("A packet is written as RFC 3550 draws it")
{
  const RtpPacket packet{{true, 96, 0x1234, 0xdeadbeef, 0x00070001}, {}, kPayload};
  CHECK(std::ranges::equal(encodeRtp(packet).bytes(), kPlain));
  CHECK(rtpHeadSize({}) == 12);
}

TEST_CASE("A packet is read as RFC 3550 draws it")
{
  const auto packet = parseRtp(kPlain);
  REQUIRE(packet);
  CHECK(packet->header == RtpHeader{true, 96, 0x1234, 0xdeadbeef, 0x00070001});
  CHECK(std::ranges::equal(packet->payload, kPayload));
}

TEST_CASE("Header extensions are written and read as RFC 8285 draws them")
{
  const auto rollover = bytes({0xa, 0xb, 0xc, 0xd});
  const auto level = bytes({0x7f});
  RtpPacket packet{{false, 96, 1, 2, 3}, {}, kPayload};
  packet.extensions.tryAdd({1, rollover});
  packet.extensions.tryAdd({2, level});
  CHECK(std::ranges::equal(encodeRtp(packet).bytes(), kExtended));
  CHECK(rtpHeadSize(packet.extensions) == kExtended.size() - kPayload.size());

  const auto read = parseRtp(kExtended);
  REQUIRE(read);
  CHECK(read->extensions == packet.extensions);
  CHECK(std::ranges::equal(read->extension(1).value(), rollover));
  CHECK_FALSE(read->extension(3));
}

TEST_CASE("Contributing sources and foreign extensions are skipped, padding is taken off")
{
  const auto odd = bytes({0xb1, 0x60, 0, 1, 0, 0, 0, 2, 0, 0,    0,    3,    9, 9, 9,
                          9,    0x10, 0, 0, 1, 8, 8, 8, 8, 0x11, 0x22, 0x33, 0, 2});
  const auto packet = parseRtp(odd);
  REQUIRE(packet);
  CHECK(packet->extensions.empty());
  CHECK(std::ranges::equal(packet->payload, kPayload));
}

TEST_CASE("An element that is longer than its extension ends the list")
{
  auto torn = kExtended;
  torn[16] = std::byte{0x1f};
  const auto packet = parseRtp(torn);
  REQUIRE(packet);
  CHECK(packet->extensions.empty());
}

TEST_CASE("What ends early, pads too much or is of another version is refused")
{
  for (std::size_t size = 0; size < 12; ++size) CHECK_FALSE(parseRtp(std::span{kPlain}.first(size)));
  for (std::size_t size = 12; size < 24; ++size) CHECK_FALSE(parseRtp(std::span{kExtended}.first(size)));
  auto other = kPlain;
  other[0] = std::byte{0x40};
  CHECK_FALSE(parseRtp(other));
  auto padded = kPlain;
  padded[0] = std::byte{0xa0};
  padded.back() = std::byte{4}; // of three
  CHECK_FALSE(parseRtp(padded));
  padded.back() = std::byte{0};
  CHECK_FALSE(parseRtp(padded));
}

TEST_CASE("Reports and media are told apart by their second byte")
{
  CHECK(isRtcp(bytes({0x80, 200})));
  CHECK(isRtcp(bytes({0x80, 207})));
  CHECK_FALSE(isRtcp(kPlain));
  CHECK_FALSE(isRtcp(bytes({0x80})));
}
