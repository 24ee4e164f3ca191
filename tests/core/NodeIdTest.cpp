#include <Catch.hpp>
#include <random>
#include <set>
#include <string_view>
#include <tutti/core/NodeId.hpp>

using namespace tutti;

namespace {

NodeId idOf(std::string_view characters)
{
  return NodeId::fromBytes(std::as_bytes(std::span{characters}));
}

// Bytes count as unsigned, the first one most: 0x80 is more than 0x7f.
static_assert(NodeId{{0x80, 0, 0, 0, 0, 0, 0, 0}} > NodeId{{0x7f, 255, 255, 255, 255, 255, 255, 255}});
static_assert(NodeId{} < NodeId{{0, 0, 0, 0, 0, 0, 0, 1}});

} // namespace

TEST_CASE("The smaller id of two is the one whose first differing byte is smaller")
{
  // Seen on the wire, spec link 13.4: `#` is 0x23, `K` is 0x4b.
  CHECK(idOf("#iDqw,s[") < idOf("K{,_X6j\""));
  CHECK(idOf("u#bc7>kU") == idOf("u#bc7>kU"));
}

TEST_CASE("A drawn id is eight printable characters")
{
  std::mt19937_64 generator{13};
  std::set<std::uint8_t> seen;
  for (int i = 0; i < 2000; ++i) {
    const auto id = NodeId::random(generator);
    for (const auto byte : id.bytes()) seen.insert(std::to_integer<std::uint8_t>(byte));
  }
  CHECK(*seen.begin() == 33);
  CHECK(*seen.rbegin() == 126);
  CHECK(seen.size() == 94);
}

TEST_CASE("Two drawn ids differ")
{
  std::mt19937_64 generator{14};
  std::set<NodeId> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(NodeId::random(generator));
  CHECK(ids.size() == 1000);
}

TEST_CASE("An id read from the wire is the id that was written")
{
  const auto id = idOf("I7!NPgA2");
  CHECK(NodeId::fromBytes(id.bytes()) == id);
}

TEST_CASE("Too few bytes are filled with zero, too many are left alone")
{
  CHECK(idOf("ab").hex() == "6162000000000000");
  CHECK(idOf("") == NodeId{});
  CHECK(idOf("12345678rest") == idOf("12345678"));
}

TEST_CASE("An id shows itself in digits and in characters")
{
  CHECK(idOf("I7!NPgA2").hex() == "4937214e50674132");
  CHECK(idOf("I7!NPgA2").text() == "I7!NPgA2");
  CHECK(NodeId{{0, 32, 33, 126, 127, 128, 255, 65}}.text() ==
        "..!~...A"); // no control characters in a terminal
}
