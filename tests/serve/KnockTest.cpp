#include <Catch.hpp>
#include <TemporaryFolder.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/udp.hpp>
#include <thread>
#include <tutti/net/Stun.hpp>
#include <tutti/serve/Host.hpp>

#include "Knock.hpp"

using namespace tutti;
using namespace tutti::serve;

namespace {

const IpAddress kLoopback = IpAddress::v4({127, 0, 0, 1});

std::unique_ptr<Host> hostIn(const test::TemporaryFolder& folder)
{
  Host::Options options;
  options.listen = kLoopback;
  options.stateFolder = folder.path();
  options.isAnnounced = false;
  auto host = Host::open(options);
  REQUIRE(host);
  return std::move(*host);
}

} // namespace

TEST_CASE("A host that is there lets in who knocks, at both doors")
{
  const test::TemporaryFolder folder;
  const auto host = hostIn(folder);
  const auto reply = knockAt(kLoopback, {host->httpPort(), host->udpPort(), {}});
  CHECK(reply.isTcpOpen);
  CHECK(reply.isUdpOpen);
}

TEST_CASE("Doors behind which nobody is stay closed")
{
  asio::io_context context;
  const asio::ip::udp::socket taken{context,
                                    {asio::ip::address_v4::loopback(), 0}}; // hears, and says nothing
  const auto port = taken.local_endpoint().port();
  const auto reply = knockAt(kLoopback, {port, port, {}});
  CHECK_FALSE(reply.isTcpOpen);
  CHECK_FALSE(reply.isUdpOpen);
}

TEST_CASE("An answer without the number is nobody's")
{
  asio::io_context context;
  asio::ip::udp::socket parrot{context, {asio::ip::address_v4::loopback(), 0}};
  const auto port = parrot.local_endpoint().port();
  std::size_t longest = 0;
  std::thread talking{[&] {
    std::array<char, 600> heard{};
    asio::ip::udp::endpoint from;
    for (int i = 0; i < 3; ++i) {
      const auto size = parrot.receive_from(asio::buffer(heard), from);
      longest = std::max(longest, size);
      parrot.send_to(asio::buffer(heard, size), from); // a question is no answer
      net::stun::TransactionId other{};
      other.fill(std::byte{9});
      net::stun::Writer answer{net::stun::Class::success, net::stun::Method::binding, other};
      answer.addXorMappedAddress({kLoopback, 1});
      parrot.send_to(asio::buffer(answer.bytes().data(), answer.size()), from); // to somebody else's question
    }
  }};
  const auto reply = knockAt(kLoopback, {port, port, {}});
  talking.join();
  CHECK_FALSE(reply.isUdpOpen);
  CHECK(longest < 128);
}
