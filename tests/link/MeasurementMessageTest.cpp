#include <Catch.hpp>
#include <Fixtures.hpp>
#include <MeasurementMessage.hpp>

using namespace tutti;
using namespace tutti::link;
using discovery::MessageFault;
using test::Bytes;
using test::bytesOf;

namespace {

const auto kFirstPing = bytesOf("5f6c696e6b5f7601 01 5f5f687400000008 0000000000000002");
const auto kPongHead = bytesOf("5f6c696e6b5f7601 02");
const auto kSession = bytesOf("7365737300000008 4937214e50674132");
const auto kSessionTime = bytesOf("5f5f677400000008 0000000000000003");
const auto kHostTime = bytesOf("5f5f687400000008 0000000000000002");
const auto kPrevious = bytesOf("5f70677400000008 0000000000000001");

Bytes operator+(Bytes a, const Bytes& b)
{
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Bytes with(Bytes datagram, std::size_t offset, unsigned value)
{
  datagram.at(offset) = static_cast<std::byte>(value);
  return datagram;
}

MessageFault faultOf(std::span<const std::byte> datagram)
{
  const auto message = parseMeasurementMessage(datagram);
  REQUIRE_FALSE(message);
  return message.error();
}

} // namespace

TEST_CASE("A first ping says when it left")
{
  const auto ping = encodePing(hostTime(2), std::nullopt);
  CHECK(test::copyOf(ping.bytes()) == kFirstPing);
}

TEST_CASE("A following ping also says what the last pong said")
{
  const auto ping = encodePing(hostTime(870'204'987), sessionTime(3'010'561));
  CHECK(test::copyOf(ping.bytes()) == test::hexFixture("ping-v3-next.hex"));
}

TEST_CASE("A pong carries the ping's payload back as it came")
{
  const auto session = NodeId::fromBytes(bytesOf("4937214e50674132"));
  const auto ping = kHostTime + kPrevious;
  const auto pong = encodePong(session, sessionTime(3), ping);
  CHECK(test::copyOf(pong.bytes()) == kPongHead + kSession + kSessionTime + ping);

  const Bytes junk(kLargestEcho, std::byte{0xa5});
  CHECK(test::copyOf(encodePong(session, sessionTime(3), junk).bytes()) ==
        kPongHead + kSession + kSessionTime + junk);
  CHECK(encodePong(session, sessionTime(3), {}).size() == 9 + 16 + 16);
}

TEST_CASE("A captured pong is read")
{
  const auto datagram = test::hexFixture("pong-v3-next.hex");
  const auto message = parseMeasurementMessage(datagram);
  REQUIRE(message);
  CHECK(message->type == MeasurementType::pong);
  const auto pong = parsePong(message->payload);
  REQUIRE(pong);
  CHECK(pong->session.text() == "I7!NPgA2");
  CHECK(pong->answeredAt == sessionTime(3'010'641));
  CHECK(pong->pingSentAt == hostTime(870'204'987));
  CHECK(pong->previous == sessionTime(3'010'561));
}

TEST_CASE("Noise, other versions and other types are told apart")
{
  CHECK(faultOf({}) == MessageFault::noMagic);
  CHECK(faultOf(std::span{kFirstPing}.first(8)) == MessageFault::noMagic);
  CHECK(faultOf(with(kFirstPing, 0, 'x')) == MessageFault::noMagic);
  CHECK(faultOf(test::hexFixture("alive-v3-ipv4.hex")) == MessageFault::noMagic);
  CHECK(faultOf(with(kFirstPing, 7, 2)) == MessageFault::foreignVersion);
  CHECK(faultOf(with(kFirstPing, 8, 0)) == MessageFault::unknownType);
  CHECK(faultOf(with(kFirstPing, 8, 3)) == MessageFault::unknownType);
}

TEST_CASE("A ping without any payload is a ping")
{
  const auto message = parseMeasurementMessage(std::span{kFirstPing}.first(9));
  REQUIRE(message);
  CHECK(message->type == MeasurementType::ping);
  CHECK(message->payload.empty());
}

TEST_CASE("Entries of a pong come in any order, and but for the session may be missing")
{
  const auto pong =
    parsePong(kPrevious + kHostTime + kSession + bytesOf("666f6f21 00000001 09") + kSessionTime);
  REQUIRE(pong);
  CHECK(pong->answeredAt == sessionTime(3));
  CHECK(pong->pingSentAt == hostTime(2));
  CHECK(pong->previous == sessionTime(1));

  const auto bare = parsePong(kSession);
  REQUIRE(bare);
  CHECK(bare->answeredAt == SessionTime{});
  CHECK(bare->pingSentAt == HostTime{});
  CHECK(bare->previous == SessionTime{});

  CHECK_FALSE(parsePong(kSessionTime + kHostTime));
  CHECK_FALSE(parsePong({}));
}

TEST_CASE("A pong torn anywhere but between entries is none")
{
  const auto whole = kSession + kSessionTime + kHostTime + kPrevious;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    CAPTURE(size);
    CHECK(parsePong(std::span{whole}.first(size)).has_value() == (size > 0 && size % 16 == 0));
  }
}

TEST_CASE("Values of the wrong size, and times that no clock shows, spoil a pong")
{
  CHECK_FALSE(parsePong(kSession + bytesOf("5f5f6774 00000007 00000000000003")));
  CHECK_FALSE(parsePong(bytesOf("73657373 00000007 4937214e506741") + kSessionTime));
  CHECK_FALSE(parsePong(bytesOf("73657373 00000009 4937214e5067413200") + kSessionTime));
  CHECK(parsePong(kSession + bytesOf("5f5f6774 00000008 0020000000000000")));
  for (const auto* entry : {"5f5f6774 00000008 0020000000000001", "5f5f6874 00000008 7fffffffffffffff",
                            "5f706774 00000008 8000000000000000", "5f5f6774 00000008 ffdfffffffffffff"}) {
    CAPTURE(entry);
    CHECK_FALSE(parsePong(kSession + bytesOf(entry)));
  }
}
