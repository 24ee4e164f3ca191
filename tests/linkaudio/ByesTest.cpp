#include <Byes.hpp>
#include <Catch.hpp>

#include "Words.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using namespace tutti::linkaudio::test;

namespace {

std::vector<ChannelId> channels(std::size_t count)
{
  std::vector<ChannelId> ids;
  for (std::size_t i = 0; i < count; ++i) ids.push_back(channel(std::to_string(i)));
  return ids;
}

} // namespace

TEST_CASE("Two hundred goodbyes are a packet of 146 and one of 54")
{
  const auto packets = encodeByes(node("sender"), channels(200));
  REQUIRE(packets.size() == 2);
  CHECK(packets[0].size() == 1200);
  CHECK(packets[1].size() == 464);
  auto heard = parseByes(packets[0].bytes().subspan(20));
  const auto rest = parseByes(packets[1].bytes().subspan(20));
  REQUIRE((heard && rest));
  CHECK(heard->size() == 146);
  heard->insert(heard->end(), rest->begin(), rest->end());
  CHECK(*heard == channels(200));
}

TEST_CASE("Nobody leaves without a word, and no word is said for nobody")
{
  CHECK(encodeByes(node("sender"), {}).empty());
  CHECK(encodeByes(node("sender"), channels(146)).size() == 1);
  CHECK(encodeByes(node("sender"), channels(147)).size() == 2);
}

TEST_CASE("Goodbyes that do not add up are refused")
{
  CHECK(parseByes({}) == std::vector<ChannelId>{});
  CHECK(parseByes(bytesOf("61756362 00000004 00000000")) == std::vector<ChannelId>{});
  CHECK(parseByes(bytesOf("61756362 0000000c 00000001 0102030405060708")).has_value());
  CHECK_FALSE(parseByes(bytesOf("61756362 0000000c 00000002 0102030405060708")).has_value());
  CHECK_FALSE(
    parseByes(bytesOf("61756362 0000000c 20000001 0102030405060708")).has_value()); // eight times it is one
  CHECK_FALSE(parseByes(bytesOf("61756362 0000000d 00000001 0102030405060708 00")).has_value());
  CHECK_FALSE(parseByes(bytesOf("61756362 00000003 000000")).has_value());
  CHECK_FALSE(parseByes(bytesOf("61756362 0000000c 00000001 01020304050607")).has_value());
  CHECK_FALSE(parseByes(bytesOf("617563")).has_value());
}
