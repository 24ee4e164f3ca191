#include <Asking.hpp>
#include <Catch.hpp>

#include "Words.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using namespace tutti::linkaudio::test;

TEST_CASE("A request is said as on the wire")
{
  const auto packet = encodeRequest(NodeId::fromBytes(bytesOf("5e63527175294440")),
                                    {NodeId::fromBytes(bytesOf("242c613669226855"))});
  CHECK(copyOf(packet.bytes()) ==
        bytesOf("63686e6e6c737601 04 05 0000 5e63527175294440 63686964 00000008 242c613669226855"));
}

TEST_CASE("A stop is a request that is good for no time")
{
  const auto request = encodeRequest(node("us"), channel("drums"));
  const auto stop = encodeStop(node("us"), channel("drums"));
  CHECK(stop.size() == 36);
  CHECK(parseMessage(stop.bytes())->ttl.count() == 0);
  CHECK(parseMessage(stop.bytes())->type == MessageType::stop);
  CHECK(parseAsking(stop.bytes().subspan(20)) == channel("drums"));
  CHECK(parseAsking(request.bytes().subspan(20)) == channel("drums"));
}

TEST_CASE("A pong brings the ping back, whatever it was")
{
  for (const std::int64_t ping : {std::int64_t{123'456}, std::int64_t{0}, std::int64_t{-1}, INT64_MIN})
    CHECK(parsePong(encodePong(node("us"), ping).bytes().subspan(20)) == ping);
}

TEST_CASE("Whoever asks for nothing, or answers nothing, is not heard")
{
  CHECK_FALSE(parseAsking({}).has_value());
  CHECK_FALSE(parseAsking(bytesOf("63686964 00000007 24 2c 61 36 69 22 68")).has_value());
  CHECK_FALSE(parseAsking(bytesOf("63686964 00000008 242c61366922")).has_value());
  CHECK_FALSE(parseAsking(bytesOf("63686964 00000008 242c613669226855 00")).has_value());
  CHECK_FALSE(parseAsking(bytesOf("5f5f6874 00000008 242c613669226855")).has_value());
  CHECK_FALSE(parsePong(bytesOf("63686964 00000008 242c613669226855")).has_value());
  CHECK_FALSE(parsePong(bytesOf("5f5f6874 00000009 242c61366922685500")).has_value());
}
