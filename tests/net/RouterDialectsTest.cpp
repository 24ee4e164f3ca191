#include <Catch.hpp>
#include <tutti/net/PortMapping.hpp>

#include "Bytes.hpp"
#include "PretendRouter.hpp"

using namespace tutti;
using net::PortMapping;

namespace {

const IpAddress kHome = IpAddress::v4({192, 168, 1, 20});
const IpAddress kOutside = IpAddress::v4({203, 0, 113, 7});

PortMapping::Nonce nonceOf(int number)
{
  PortMapping::Nonce nonce{};
  nonce.fill(static_cast<std::byte>(number));
  return nonce;
}

} // namespace

TEST_CASE("A question for a port reads as RFC 6887 and RFC 6886 draw it")
{
  const PortMapping::Port port{PortMapping::Protocol::tcp, 7885, nonceOf(0xab)};
  const auto pcp = net::routers::pcpMap({port, 7885, {}, 7200}, kHome);
  CHECK(pcp == test::bytes({
                 2,    1,    0,    0,    0,    0,    0x1c, 0x20, // version, MAP, 7200 s
                 0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0xff, 0xff, // ::ffff:
                 192,  168,  1,    20,                                                   // 192.168.1.20
                 0xab, 0xab, 0xab, 0xab, 0xab, 0xab, 0xab, 0xab, 0xab, 0xab, 0xab, 0xab, // nonce
                 6,    0,    0,    0,    0x1e, 0xcd, 0x1e, 0xcd,                         // TCP, 7885, 7885
                 0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0xff, 0xff,
                 0,    0,    0,    0, // ::ffff:0.0.0.0
               }));
  CHECK(net::routers::natPmpMap({port, 7885, {}, 7200}) ==
        test::bytes({0, 2, 0, 0, 0x1e, 0xcd, 0x1e, 0xcd, 0, 0, 0x1c, 0x20}));
  CHECK(net::routers::natPmpAddress() == test::bytes({0, 0}));
}

TEST_CASE("Answers read as the RFCs draw them")
{
  const auto pcp = net::routers::readPcpAnswer(test::bytes({
    2,    0x81, 0,    0,    0,    0,    0x0e, 0x10, 0,    0,    1,    0, // MAP, SUCCESS, 3600 s, epoch 256
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0, // reserved
    0xab, 0xab, 0xab, 0xab, 0xab, 0xab, 0xab, 0xab, 0xab, 0xab, 0xab, 0xab, 17,  0, 0,   0,
    0x1e, 0xcd, 0x9c, 0x40, // UDP, 7885, 40000
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0xff, 0xff, 203, 0, 113, 7,
  }));
  REQUIRE(pcp);
  CHECK(pcp->result == 0);
  CHECK(pcp->lifetime == 3600);
  CHECK(pcp->epoch == 256);
  CHECK(pcp->port.protocol == PortMapping::Protocol::udp);
  CHECK(pcp->port.number == 7885);
  CHECK(pcp->port.nonce == nonceOf(0xab));
  CHECK(pcp->outsidePort == 40000);
  CHECK(pcp->outside == kOutside);

  const auto mapped = net::routers::readNatPmpAnswer(
    test::bytes({0, 0x81, 0, 0, 0, 0, 1, 0, 0x1e, 0xcd, 0x9c, 0x40, 0, 0, 0x0e, 0x10}));
  REQUIRE(mapped);
  CHECK(mapped->epoch == 256);
  CHECK(mapped->mapped == net::routers::NatPmpAnswer::Mapped{PortMapping::Protocol::udp, 7885, 40000, 3600});
  const auto address =
    net::routers::readNatPmpAnswer(test::bytes({0, 0x80, 0, 0, 0, 0, 1, 0, 203, 0, 113, 7}));
  REQUIRE(address);
  CHECK(address->outside == kOutside);
  CHECK_FALSE(net::routers::readNatPmpAnswer(test::bytes({0, 0x80, 0, 0, 0, 0, 1, 0, 203, 0, 113})));
}
