#include <Catch.hpp>
#include <algorithm>
#include <tutti/net/RedPayload.hpp>

#include "Bytes.hpp"

using namespace tutti;
using namespace tutti::net;
using test::bytes;

namespace {

const auto kOld = bytes({1, 2});
const auto kNew = bytes({3, 4, 5});

// RFC 2198 3 by hand: type 96, 64 earlier (0x0040 << 2), two bytes; then type 96
const auto kPair = bytes({0xe0, 0x01, 0x00, 0x02, 0x60, 1, 2, 3, 4, 5});

} // namespace

TEST_CASE("An earlier frame and the packet's own are written as RFC 2198 draws them")
{
  RedBlocks blocks;
  blocks.tryAdd({96, 64, kOld});
  blocks.tryAdd({96, 0, kNew});
  CHECK(std::ranges::equal(encodeRed(blocks).bytes(), kPair));
  CHECK(redSize(blocks) == kPair.size());
}

TEST_CASE("An earlier frame and the packet's own are read as RFC 2198 draws them")
{
  const auto blocks = parseRed(kPair);
  REQUIRE(blocks);
  REQUIRE(blocks->size() == 2);
  CHECK((*blocks)[0] == RedBlock{96, 64, kOld});
  CHECK((*blocks)[1] == RedBlock{96, 0, kNew});
}

TEST_CASE("The largest offset and the longest block survive the way")
{
  const std::vector<std::byte> longest(kLargestRedBlock, std::byte{7});
  RedBlocks blocks;
  blocks.tryAdd({1, kFurthestRedOffset, longest});
  blocks.tryAdd({127, 0, kNew});
  const auto payload = encodeRed(blocks);
  const auto read = parseRed(payload.bytes());
  REQUIRE(read);
  CHECK(*read == blocks);
}

TEST_CASE("A redundant payload that ends early or never ends its heads is refused")
{
  for (std::size_t size = 0; size < 7; ++size) CHECK_FALSE(parseRed(std::span{kPair}.first(size)));
  CHECK_FALSE(parseRed(std::vector<std::byte>(100, std::byte{0xff})));
}

TEST_CASE("A payload of heads alone has an empty block")
{
  const auto blocks = parseRed(bytes({0x60}));
  REQUIRE(blocks);
  CHECK(blocks->back().data.empty());
}
