#include "Catch.hpp"

#include <tutti/jam/PacketNotes.hpp>

using namespace tutti;
using jam::PacketNotes;

TEST_CASE("What a packet says of itself comes back, in steps of ten microseconds")
{
  const PacketNotes notes{audio::SampleRate::fromHertz(96'000), 1, Micros{2670}, Micros{2'750}};
  const auto bytes = notes.encode();
  CHECK(PacketNotes::parse(bytes) == notes);
}

TEST_CASE("Durations that do not fit are the longest, or none")
{
  const PacketNotes notes{audio::SampleRate{}, 2, Micros{-5}, Micros{10'000'000}};
  const auto parsed = PacketNotes::parse(notes.encode());
  REQUIRE(parsed);
  CHECK(parsed->deviceIn == Micros{0});
  CHECK(parsed->sentAfter == Micros{655'350});
}

TEST_CASE("What no musician sends is refused")
{
  auto bytes = PacketNotes{}.encode();
  CHECK_FALSE(PacketNotes::parse(std::span{bytes}.first(7)));
  bytes[3] = std::byte{3}; // channels
  CHECK_FALSE(PacketNotes::parse(bytes));
  bytes = PacketNotes{}.encode();
  bytes[0] = std::byte{0xff}; // a rate of 16 MHz
  CHECK_FALSE(PacketNotes::parse(bytes));
}
