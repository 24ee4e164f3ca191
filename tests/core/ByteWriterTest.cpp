#include <Catch.hpp>
#include <Dice.hpp>
#include <tutti/core/ByteReader.hpp>
#include <tutti/core/ByteWriter.hpp>
#include <vector>

using namespace tutti;

namespace {

std::vector<unsigned> valuesOf(const Datagram& datagram)
{
  std::vector<unsigned> values;
  for (const auto byte : datagram.bytes()) values.push_back(std::to_integer<unsigned>(byte));
  return values;
}

} // namespace

TEST_CASE("Fields are written with the most significant byte first")
{
  Datagram datagram;
  ByteWriter writer{datagram};
  writer.u8(0xab);
  writer.u16(0x1a7c);
  writer.u32(0x746d6c6e);
  CHECK(valuesOf(datagram) == std::vector<unsigned>{0xab, 0x1a, 0x7c, 0x74, 0x6d, 0x6c, 0x6e});
}

TEST_CASE("A start at beat 1234, as it travels") // spec link 10.1, the value of `stst`
{
  Datagram datagram;
  ByteWriter writer{datagram};
  writer.u8(1);
  writer.i64(1'234'000'000);
  writer.i64(5678);
  CHECK(valuesOf(datagram) == std::vector<unsigned>{0x01, 0x00, 0x00, 0x00, 0x00, 0x49, 0x8d, 0x58, 0x80, //
                                                    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x16, 0x2e});
}

TEST_CASE("What the writer wrote the reader reads")
{
  test::Dice dice{12};
  for (int round = 0; round < 2000; ++round) {
    const auto signedValue = dice.anyWhole();
    const auto value = static_cast<std::uint64_t>(dice.anyWhole());
    CAPTURE(round, signedValue, value);
    Datagram datagram;
    ByteWriter writer{datagram};
    writer.i64(signedValue);
    writer.u64(value);
    writer.u32(static_cast<std::uint32_t>(value));
    writer.u16(static_cast<std::uint16_t>(value));
    writer.u8(static_cast<std::uint8_t>(value));

    ByteReader reader{datagram.bytes()};
    REQUIRE(reader.i64() == signedValue);
    REQUIRE(reader.u64() == value);
    REQUIRE(reader.u32() == static_cast<std::uint32_t>(value));
    REQUIRE(reader.u16() == static_cast<std::uint16_t>(value));
    REQUIRE(reader.u8() == static_cast<std::uint8_t>(value));
    REQUIRE(reader.atEnd());
  }
}
