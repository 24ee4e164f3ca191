#include <Catch.hpp>
#include <Message.hpp>

#include "Words.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using namespace tutti::linkaudio::test;
using namespace std::chrono_literals;

namespace {

const auto kSound = beginPacket(MessageType::audio, 0s, node("sender"));

MessageFault faultOf(const Bytes& bytes)
{
  const auto message = parseMessage(bytes);
  REQUIRE_FALSE(message);
  return message.error();
}

Bytes with(std::size_t offset, int value)
{
  auto bytes = copyOf(kSound.bytes());
  bytes.at(offset) = static_cast<std::byte>(value);
  return bytes;
}

} // namespace

TEST_CASE("A message without payload is twenty bytes")
{
  CHECK(copyOf(kSound.bytes()) == bytesOf("63686e6e6c737601 06 00 0000 73656e6465720000"));
  const auto message = parseMessage(kSound.bytes());
  REQUIRE(message);
  CHECK(message->type == MessageType::audio);
  CHECK(message->ttl == 0s);
  CHECK(message->sender == node("sender"));
  CHECK(message->payload.empty());
}

TEST_CASE("What is too short or says something else first is not Link Audio")
{
  CHECK(faultOf({}) == MessageFault::noMagic);
  CHECK(faultOf(bytesOf("63686e6e6c737601 7879")) == MessageFault::noMagic);
  CHECK(faultOf(Bytes(32)) == MessageFault::noMagic);
  for (std::size_t size = 0; size < 20; ++size)
    CHECK(faultOf(copyOf(kSound.bytes().first(size))) == MessageFault::noMagic);
}

TEST_CASE("Other versions, groups and types are told apart")
{
  CHECK(faultOf(with(7, 2)) == MessageFault::foreignVersion);
  CHECK(faultOf(with(10, 1)) == MessageFault::foreignGroup);
  CHECK(faultOf(with(11, 1)) == MessageFault::foreignGroup);
  CHECK(faultOf(with(8, 0)) == MessageFault::unknownType);
  CHECK(faultOf(with(8, 7)) == MessageFault::unknownType);
  CHECK(faultOf(with(8, 255)) == MessageFault::unknownType);
}

TEST_CASE("A datagram of 1200 bytes is read, a longer one is refused")
{
  auto bytes = copyOf(kSound.bytes());
  bytes.resize(1200);
  CHECK(parseMessage(bytes).has_value());
  bytes.resize(1201);
  CHECK(faultOf(bytes) == MessageFault::tooLong);
}
