#include <Catch.hpp>
#include <Dice.hpp>
#include <array>
#include <tutti/core/ByteReader.hpp>
#include <vector>

using namespace tutti;

namespace {

constexpr std::array<std::byte, 9> kCounting{std::byte{1}, std::byte{2}, std::byte{3},
                                             std::byte{4}, std::byte{5}, std::byte{6},
                                             std::byte{7}, std::byte{8}, std::byte{9}};

/// Asks `reader` for a field of this many bytes.
bool tryField(ByteReader& reader, std::size_t size)
{
  switch (size) {
  case 1:
    return reader.u8().has_value();
  case 2:
    return reader.u16().has_value();
  case 4:
    return reader.u32().has_value();
  case 8:
    return reader.u64().has_value();
  default:
    return reader.bytes(size).has_value();
  }
}

} // namespace

TEST_CASE("The first byte on the wire is the most significant one")
{
  CHECK(ByteReader{kCounting}.u8() == 0x01);
  CHECK(ByteReader{kCounting}.u16() == 0x0102);
  CHECK(ByteReader{kCounting}.u32() == 0x01020304U);
  CHECK(ByteReader{kCounting}.u64() == 0x0102030405060708U);
}

TEST_CASE("Fields follow one another")
{
  ByteReader reader{kCounting};
  CHECK(reader.u8() == 0x01);
  CHECK(reader.u16() == 0x0203);
  CHECK(reader.u32() == 0x04050607U);
  CHECK(reader.remaining() == 2);
  const auto rest = reader.bytes(2);
  REQUIRE(rest);
  CHECK(rest->front() == std::byte{8});
  CHECK(reader.atEnd());
}

TEST_CASE("A signed field keeps its sign")
{
  const std::vector<std::byte> minusTwo{std::byte{0xff}, std::byte{0xff}, std::byte{0xff}, std::byte{0xff},
                                        std::byte{0xff}, std::byte{0xff}, std::byte{0xff}, std::byte{0xfe}};
  CHECK(ByteReader{minusTwo}.i64() == -2);
  std::vector<std::byte> smallest(8);
  smallest[0] = std::byte{0x80};
  CHECK(ByteReader{smallest}.i64() == INT64_MIN);
}

TEST_CASE("What is not there is nothing, and the reader stays where it was")
{
  test::Dice dice{11};
  for (int round = 0; round < 2000; ++round) {
    const std::vector<std::byte> bytes(static_cast<std::size_t>(dice.whole(0, 20)), std::byte{0x5a});
    ByteReader reader{bytes};
    auto left = bytes.size();
    for (int field = 0; field < 6; ++field) {
      const auto size = static_cast<std::size_t>(dice.whole(0, 9));
      CAPTURE(round, field, size, left);
      const bool isThere = size <= left;
      REQUIRE(tryField(reader, size) == isThere);
      if (isThere) left -= size;
      REQUIRE(reader.remaining() == left);
    }
  }
}

TEST_CASE("A size from a stranger cannot lead past the end")
{
  ByteReader reader{kCounting};
  CHECK_FALSE(reader.bytes(SIZE_MAX));
  CHECK_FALSE(reader.bytes(kCounting.size() + 1));
  CHECK(reader.remaining() == kCounting.size());
  CHECK_FALSE(ByteReader{{}}.u8());
}
