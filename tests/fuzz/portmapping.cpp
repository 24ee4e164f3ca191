// What a router says, or whoever sits at its address: nothing is read beyond its end, no answer keeps us
// busy, what is opened has a port and comes from a question, and leaving takes two questions a port at most.
// Each step: how long it is, how much time passes before it (8 ms each), the bytes.
#include <algorithm>
#include <chrono>
#include <span>

#include <tutti/net/PortMapping.hpp>

#include "PortMappingWire.hpp"
#include "Require.hpp"

using namespace tutti;
using fuzz::require;
using net::PortMapping;

namespace {

const IpAddress kRouter = IpAddress::v4({192, 168, 1, 1});

PortMapping::Options wish()
{
  return {kRouter,
          IpAddress::v4({192, 168, 1, 20}),
          {{PortMapping::Protocol::tcp, 7885, {}}, {PortMapping::Protocol::udp, 7885, {}}}};
}

void look(const PortMapping::Actions& actions)
{
  require(actions.size() <= 8);
  for (const auto& action : actions) {
    if (const auto* send = std::get_if<PortMapping::Send>(&action)) require(send->bytes.size() <= 60);
    if (const auto* opened = std::get_if<PortMapping::Opened>(&action)) {
      require(opened->ports.size() == 2 && opened->outside.isV4());
      require(std::ranges::find(opened->ports, 0) == opened->ports.end());
    }
  }
}

void parseAll(std::span<const std::byte> datagram)
{
  static_cast<void>(net::routers::isUnknownVersion(datagram));
  if (const auto answer = net::routers::readNatPmpAnswer(datagram))
    require(answer->result != 0 || answer->mapped || answer->outside);
  if (const auto answer = net::routers::readPcpAnswer(datagram)) {
    const auto again =
      net::routers::pcpMap({answer->port, answer->outsidePort, answer->outside, answer->lifetime}, kRouter);
    require(std::ranges::equal(std::span{again}.subspan(24), datagram.subspan(24, 36)) ||
            datagram[37] != std::byte{0} || datagram[38] != std::byte{0} || datagram[39] != std::byte{0});
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  auto now = hostTime(1'000'000);
  PortMapping mapping{wish(), now};
  auto rest = std::as_bytes(std::span{data, size});
  while (rest.size() > 2) {
    now += std::chrono::milliseconds{8} * std::to_integer<int>(rest[1]);
    const auto length = std::min(std::to_integer<std::size_t>(rest[0]), rest.size() - 2);
    look(mapping.advance(now));
    const auto datagram = rest.subspan(2, length);
    parseAll(datagram);
    look(mapping.receive(datagram, {kRouter, PortMapping::kRouterPort}, now));
    require(mapping.receive(datagram, {kRouter, 1}, now).empty());
    if (const auto next = mapping.nextDeadline(); next && *next <= now) look(mapping.advance(now));
    rest = rest.subspan(2 + length);
  }
  mapping.release(now);
  std::size_t said = 0;
  for (int i = 0; i < 8 && !mapping.isOver(); ++i) {
    now = mapping.nextDeadline().value_or(now);
    said += mapping.advance(now).size();
  }
  require(mapping.isOver() && said <= 4);
  return 0;
}
