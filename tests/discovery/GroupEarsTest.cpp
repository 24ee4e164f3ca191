#include <Alone.hpp>
#include <Catch.hpp>
#include <Fixtures.hpp>
#include <algorithm>
#include <asio/buffer.hpp>
#include <asio/steady_timer.hpp>
#include <string>
#include <thread>
#include <tutti/discovery/AsioEndpoint.hpp>
#include <tutti/discovery/GroupEars.hpp>
#include <tutti/discovery/Sockets.hpp>
#include <vector>

using namespace tutti;
using namespace tutti::discovery;
using namespace std::chrono_literals;

namespace {

const Endpoint kGroup{*IpAddress::parse("239.76.78.75"), 40'404};
constexpr const char* kLater = "10.9.9.9";

/// Somebody at this address speaks again and again until the ears have heard them.
bool isHeardFrom(asio::io_context& context, const IpAddress& address, const std::vector<IpAddress>& heard)
{
  const auto all = localAddresses();
  const auto local = std::ranges::find(all, address, &LocalAddress::address);
  REQUIRE(local != all.end());
  auto mouth = openOwnSocket(context, *local);
  REQUIRE(mouth);
  const auto hello = test::bytesOf("68656c6c6f");
  for (int attempt = 0; attempt < 3000; ++attempt) {
    mouth->send_to(asio::buffer(hello), toAsio(kGroup));
    context.restart();
    context.run_for(10ms);
    if (std::ranges::find(heard, address) != heard.end()) return true;
  }
  return false;
}

} // namespace

TEST_CASE("What is said to a group is heard on each network, also on one that comes later")
{
  std::thread visitor{[] {
    if (!test::isAlone()) return;
    asio::io_context context;
    std::vector<IpAddress> heard;
    std::size_t longest = 0;
    int looks = 0;
    GroupEars ears{context, kGroup,
                   [&](std::span<const std::byte> datagram, const IpAddress& from) {
                     heard.push_back(from);
                     longest = std::max(longest, datagram.size());
                   },
                   [&] { ++looks; }};
    ears.start();
    CHECK(looks == 1);
    CHECK(isHeardFrom(context, IpAddress::v4({127, 0, 0, 1}), heard));
    CHECK(longest == 5);
    if (!test::addAddress(kLater)) return;
    CHECK(isHeardFrom(context, *IpAddress::parse(kLater), heard));
  }};
  visitor.join();
}
