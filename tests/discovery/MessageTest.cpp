#include <Catch.hpp>
#include <Fixtures.hpp>
#include <tutti/discovery/Message.hpp>

using namespace tutti;
using namespace tutti::discovery;
using namespace std::chrono_literals;
using test::bytesOf;

namespace {

const auto kByeBye = bytesOf("5f 61 73 64 70 5f 76 01  03 00 00 00  75 23 62 63 37 3e 6b 55");
const auto kSender = NodeId::fromBytes(bytesOf("75 23 62 63 37 3e 6b 55"));

test::Bytes with(test::Bytes datagram, std::size_t offset, unsigned value)
{
  datagram.at(offset) = static_cast<std::byte>(value);
  return datagram;
}

MessageFault faultOf(std::span<const std::byte> datagram)
{
  const auto message = parseMessage(datagram);
  REQUIRE_FALSE(message);
  return message.error();
}

} // namespace

TEST_CASE("A goodbye is a header and nothing else")
{
  const auto message = parseMessage(kByeBye);
  REQUIRE(message);
  CHECK(message->type == MessageType::byeBye);
  CHECK(message->ttl == 0s);
  CHECK(message->sender == kSender);
  CHECK(message->payload.empty());
}

TEST_CASE("The header is written as every Link program writes it")
{
  Datagram datagram;
  ByteWriter out{datagram};
  writeHeader(out, MessageType::byeBye, 0s, kSender);
  CHECK(test::copyOf(datagram.bytes()) == kByeBye);
}

TEST_CASE("A captured Alive says its type, its time to live and its sender")
{
  const auto datagram = test::hexFixture("alive-v3-ipv4.hex");
  const auto message = parseMessage(datagram);
  REQUIRE(message);
  CHECK(message->type == MessageType::alive);
  CHECK(message->ttl == 5s);
  CHECK(message->sender.text() == "I7!NPgA2");
  CHECK(message->payload.size() == datagram.size() - 20);
  CHECK(message->payload.data() == datagram.data() + 20);
}

TEST_CASE("The same bytes with the type of a Response are a Response")
{
  const auto message = parseMessage(with(test::hexFixture("alive-v3-ipv4.hex"), 8, 2));
  REQUIRE(message);
  CHECK(message->type == MessageType::response);
}

TEST_CASE("What is too short or speaks another language is not discovery")
{
  CHECK(faultOf({}) == MessageFault::noMagic);
  CHECK(faultOf(std::span{kByeBye}.first(10)) == MessageFault::noMagic);
  CHECK(faultOf(std::span{kByeBye}.first(19)) == MessageFault::noMagic);
  CHECK(faultOf(test::Bytes(32)) == MessageFault::noMagic);
  CHECK(faultOf(test::hexFixture("ping-v3-first.hex")) == MessageFault::noMagic);
  for (std::size_t offset = 0; offset < 7; ++offset)
    CHECK(faultOf(with(kByeBye, offset, 0x58)) == MessageFault::noMagic);
}

TEST_CASE("Groups and types that we do not know are told apart")
{
  CHECK(faultOf(with(kByeBye, 10, 1)) == MessageFault::foreignGroup);
  CHECK(faultOf(with(kByeBye, 11, 1)) == MessageFault::foreignGroup);
  CHECK(faultOf(with(kByeBye, 8, 0)) == MessageFault::unknownType);
  CHECK(faultOf(with(kByeBye, 8, 4)) == MessageFault::unknownType);
  CHECK(faultOf(with(kByeBye, 8, 255)) == MessageFault::unknownType);
}

TEST_CASE("Every time to live that fits into a byte is read")
{
  for (const unsigned ttl : {0U, 1U, 5U, 127U, 128U, 255U})
    CHECK(parseMessage(with(kByeBye, 9, ttl))->ttl == std::chrono::seconds{ttl});
}

TEST_CASE("A later version of the protocol is not taken for noise")
{
  const auto later = with(kByeBye, 7, 2);
  CHECK(faultOf(later) == MessageFault::foreignVersion);
  CHECK(faultOf(std::span{later}.first(8)) == MessageFault::foreignVersion);
}
