#include <Catch.hpp>
#include <Fixtures.hpp>
#include <tutti/core/ByteString.hpp>
#include <tutti/net/TurnRoutes.hpp>

using namespace tutti;
using namespace tutti::net;
using stun::Attribute;

namespace {

const Endpoint kServer{*IpAddress::parse("192.0.2.1"), 3478};
const Endpoint kBen{*IpAddress::parse("198.51.100.20"), 7000};
const Endpoint kCora{*IpAddress::parse("198.51.100.30"), 7001};
const Endpoint kStranger{*IpAddress::parse("198.51.100.66"), 7000};

TurnRoutes routesBy(TurnTransport transport)
{
  TurnRoutes routes{kServer, transport, stun::TransactionId{}};
  routes.tryAdd({kBen, 0x4001, true});
  routes.tryAdd({kCora, 0, false});
  return routes;
}

test::Bytes wrapped(TurnRoutes& routes, const Endpoint& peer, std::string_view payload)
{
  std::array<std::byte, 1600> room{};
  return test::copyOf(routes.wrap(peer, asBytes(payload), room));
}

test::Bytes indication(const Endpoint& peer, std::string_view payload)
{
  stun::Writer out{stun::Class::indication, stun::Method::data, stun::TransactionId{}};
  out.addXorAddress(Attribute::xorPeerAddress, peer);
  out.add(Attribute::data, payload);
  return test::copyOf(out.bytes());
}

} // namespace

TEST_CASE("A peer with a channel costs four bytes, and padding only on a stream")
{
  auto datagrams = routesBy(TurnTransport::datagrams);
  CHECK(wrapped(datagrams, kBen, "abcde") == test::bytesOf("40 01 00 05 61 62 63 64 65"));
  auto stream = routesBy(TurnTransport::stream);
  CHECK(wrapped(stream, kBen, "abcde") == test::bytesOf("40 01 00 05 61 62 63 64 65 00 00 00"));
}

TEST_CASE("A peer without a channel gets Send indications, each another one")
{
  auto routes = routesBy(TurnTransport::datagrams);
  const auto first = wrapped(routes, kCora, "abcde");
  const auto message = stun::Message::parse(first);
  REQUIRE(message);
  CHECK(message->messageClass() == stun::Class::indication);
  CHECK(message->method() == static_cast<std::uint16_t>(stun::Method::send));
  CHECK(message->xorAddress(Attribute::xorPeerAddress) == kCora);
  CHECK(message->text(Attribute::data) == "abcde");
  const auto bytes = wrapped(routes, kCora, "abcde");
  const auto second = stun::Message::parse(bytes);
  REQUIRE(second);
  CHECK(second->transaction() != message->transaction());
}

TEST_CASE("A permitted peer that speaks from another port is answered there")
{
  auto routes = routesBy(TurnTransport::datagrams);
  const Endpoint elsewhere{kBen.address, 7777};
  const auto bytes = wrapped(routes, elsewhere, "x");
  const auto message = stun::Message::parse(bytes);
  REQUIRE(message);
  CHECK(message->xorAddress(Attribute::xorPeerAddress) == elsewhere);
}

TEST_CASE("Nothing is packed for strangers, without a relay, or into too little room")
{
  auto routes = routesBy(TurnTransport::datagrams);
  CHECK(wrapped(routes, kStranger, "x").empty());
  TurnRoutes none;
  CHECK(wrapped(none, kBen, "x").empty());
  std::array<std::byte, TurnRoutes::kMostAround> tight{};
  CHECK_FALSE(routes.wrap(kCora, {}, tight).empty());
  CHECK(routes.wrap(kCora, asBytes("x"), tight).empty());
  const std::string tooLong(1473, 'x');
  CHECK(wrapped(routes, kBen, tooLong).empty());
}

TEST_CASE("What peers say is unpacked, by channel and by indication")
{
  const auto routes = routesBy(TurnTransport::datagrams);
  const auto channelData = test::bytesOf("40 01 00 03 61 62 63");
  const auto byChannel = routes.unwrap(channelData, kServer);
  REQUIRE(byChannel);
  CHECK(byChannel->peer == kBen);
  CHECK(asText(byChannel->payload) == "abc");
  const auto bytes = indication(kCora, "hello");
  const auto byIndication = routes.unwrap(bytes, kServer);
  REQUIRE(byIndication);
  CHECK(byIndication->peer == kCora);
  CHECK(asText(byIndication->payload) == "hello");
}

TEST_CASE("A channel that the server knows before we do is understood, but not used")
{
  TurnRoutes routes{kServer, TurnTransport::datagrams, stun::TransactionId{}};
  routes.tryAdd({kBen, 0x4001, false});
  CHECK(routes.unwrap(test::bytesOf("40 01 00 00"), kServer));
  CHECK(wrapped(routes, kBen, "x").size() > 5);
}

TEST_CASE("Only the server is believed, and of it only what we permitted")
{
  const auto routes = routesBy(TurnTransport::datagrams);
  CHECK_FALSE(routes.unwrap(test::bytesOf("40 01 00 03 61 62 63"), kStranger));
  CHECK_FALSE(routes.unwrap(test::bytesOf("40 02 00 03 61 62 63"), kServer));
  CHECK_FALSE(routes.unwrap(indication(kStranger, "hello"), kServer));
  CHECK_FALSE(TurnRoutes{}.unwrap(indication(kCora, "hello"), Endpoint{}));
}

TEST_CASE("ChannelData that is cut, or longer than it says, is nothing")
{
  const auto routes = routesBy(TurnTransport::stream);
  for (const auto* cut :
       {"", "40", "40 01", "40 01 00", "40 01 00 03", "40 01 00 03 61 62", "40 01 00 01 61 00 00 00 00"})
    CHECK_FALSE(routes.unwrap(test::bytesOf(cut), kServer));
  CHECK(routes.unwrap(test::bytesOf("40 01 00 01 61 00 00 00"), kServer));
}

TEST_CASE("A table of peers ends where it ends")
{
  TurnRoutes routes{kServer, TurnTransport::datagrams, stun::TransactionId{}};
  for (std::size_t i = 0; i < TurnRoutes::kMostPeers; ++i)
    CHECK(routes.tryAdd({{kBen.address, static_cast<std::uint16_t>(i + 1)}, 0, false}));
  CHECK_FALSE(routes.tryAdd({kCora, 0, false}));
}
