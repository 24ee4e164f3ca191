// A forwarder among strangers and members: it never sends more bytes to a stranger than came from there, and
// media only to addresses that have proved themselves. The input is a list of packets: where from, how long,
// what.
#include <map>
#include <span>
#include <vector>

#include <tutti/serve/Forwarder.hpp>

#include "Require.hpp"

using namespace tutti;
using fuzz::require;

namespace {

Endpoint address(unsigned number)
{
  return {IpAddress::v4({192, 0, 2, static_cast<std::uint8_t>(number % 8)}), 4000};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  serve::Forwarder forwarder{serve::Forwarder::CookieKey{}};
  forwarder.admit({room::RoomId{}, 1, "anna", "x"});
  forwarder.admit({room::RoomId{}, 2, "ben", "y"});
  std::map<Endpoint, std::size_t> balance;
  auto now = HostTime{} + std::chrono::hours{1};
  auto rest = std::span{data, size};
  std::vector<net::Outgoing> out;
  while (rest.size() >= 2) {
    const auto from = address(rest[0]);
    const auto length = std::min<std::size_t>(rest[1], rest.size() - 2);
    std::vector<std::byte> bytes;
    for (const auto byte : rest.subspan(2, length)) bytes.push_back(static_cast<std::byte>(byte));
    rest = rest.subspan(2 + length);
    balance[from] += bytes.size();
    const net::Incoming packet{bytes, from, now};
    out.clear();
    forwarder.receive({&packet, 1}, now, out);
    for (const auto& sent : out) {
      require(sent.to == from && sent.bytes.size() <= balance[from]); // nobody here can prove anything
      balance[from] -= sent.bytes.size();
    }
    now += std::chrono::milliseconds{7};
  }
  require(forwarder.liveMembers(now) == 0);
  return 0;
}
