#include <Catch.hpp>
#include <Fixtures.hpp>
#include <asio/buffer.hpp>
#include <asio/steady_timer.hpp>
#include <tutti/discovery/AsioEndpoint.hpp>
#include <tutti/discovery/Sockets.hpp>

using namespace tutti;
using namespace tutti::discovery;
using namespace std::chrono_literals;
using asio::ip::udp;

namespace {

const LocalAddress kLoopback = [] {
  for (const auto& local : localAddresses())
    if (local.address.isV4() && local.isLoopback()) return local;
  throw std::runtime_error{"this machine has no loopback"};
}();
const auto kGroup = *IpAddress::parse("239.76.78.75"); // not Link's own: nobody else is disturbed
const auto kNobody = *IpAddress::parse("192.0.2.1");   // RFC 5737: no machine has it

std::uint16_t portOf(const udp::socket& socket)
{
  return socket.local_endpoint().port();
}

/// What comes to the socket within a generous while.
std::optional<test::Bytes> received(asio::io_context& context, udp::socket& socket, udp::endpoint& from)
{
  std::array<std::byte, 64> buffer{};
  std::optional<test::Bytes> datagram;
  asio::steady_timer patience{context, 10s};
  patience.async_wait([&](const asio::error_code& error) {
    if (!error) socket.cancel();
  });
  socket.async_receive_from(asio::buffer(buffer), from, [&](const asio::error_code& error, std::size_t size) {
    if (!error) datagram = test::copyOf(std::span{buffer}.first(size));
    patience.cancel();
  });
  context.restart();
  context.run();
  return datagram;
}

bool says(const Error& error, const std::string& words)
{
  return error.detail.find(words) != std::string::npos;
}

const auto kHello = test::bytesOf("68656c6c6f");

} // namespace

TEST_CASE("Two programs share the port, and both hear the group")
{
  asio::io_context context;
  auto first = openGroupSocket(context, kLoopback, {kGroup, 0});
  REQUIRE(first);
  const auto port = portOf(*first);
  auto second = openGroupSocket(context, kLoopback, {kGroup, port});
  REQUIRE(second);
  auto speaker = openOwnSocket(context, kLoopback);
  REQUIRE(speaker);

  speaker->send_to(asio::buffer(kHello), toAsio(Endpoint{kGroup, port}));

  for (auto* listener : {&*first, &*second}) {
    udp::endpoint from;
    CHECK(received(context, *listener, from) == kHello);
    CHECK(fromAsio(from) == Endpoint{kLoopback.address, portOf(*speaker)});
  }
}

TEST_CASE("An own socket hears who answers it")
{
  asio::io_context context;
  auto one = openOwnSocket(context, kLoopback);
  auto other = openOwnSocket(context, kLoopback);
  REQUIRE(one);
  REQUIRE(other);
  CHECK(portOf(*one) != portOf(*other));

  one->send_to(asio::buffer(kHello), toAsio(Endpoint{kLoopback.address, portOf(*other)}));
  udp::endpoint from;
  CHECK(received(context, *other, from) == kHello);
  CHECK(from.port() == portOf(*one));
}

TEST_CASE("Sockets never wait")
{
  asio::io_context context;
  auto group = openGroupSocket(context, kLoopback, {kGroup, 0});
  auto own = openOwnSocket(context, kLoopback);
  REQUIRE(group);
  REQUIRE(own);
  CHECK(group->non_blocking());
  CHECK(own->non_blocking());
}

TEST_CASE("A port that another program keeps to itself is refused in words for a musician")
{
  asio::io_context context;
  const udp::socket selfish{context, udp::endpoint{udp::v4(), 0}};
  const auto port = portOf(selfish);

  const auto group = openGroupSocket(context, kLoopback, {kGroup, port});
  REQUIRE_FALSE(group);
  CHECK(group.error().kind == ErrorKind::refused);
  CHECK(says(group.error(), "Another program keeps UDP port " + std::to_string(port)));
  CHECK(says(group.error(), "on " + kLoopback.interfaceName));
  CHECK(says(group.error(), "Tutti tries again by itself"));
}

TEST_CASE("An address that has gone is unavailable, by name")
{
  asio::io_context context;
  const LocalAddress gone{"eth9", 999, kNobody, 24};
  for (const auto& socket : {openGroupSocket(context, gone, {kGroup, 0}), openOwnSocket(context, gone)}) {
    REQUIRE_FALSE(socket);
    CHECK(socket.error().kind == ErrorKind::unavailable);
    CHECK(says(socket.error(), "eth9 (192.0.2.1) cannot be used"));
  }
}

TEST_CASE("An endpoint survives the way to Asio and back")
{
  const Endpoint v4{*IpAddress::parse("192.168.1.20"), 20808};
  const Endpoint v6{IpAddress::parse("fe80::1")->withScope(3), 4711};
  CHECK(fromAsio(toAsio(v4)) == v4);
  CHECK(fromAsio(toAsio(v6)) == v6);
  CHECK(toAsio(v6).address().to_v6().scope_id() == 3);
}
