#include <Catch.hpp>
#include <Eventually.hpp>
#include <set>
#include <tutti/net/BatchSocket.hpp>
#include <tutti/net/Doorbell.hpp>

using namespace tutti;
using namespace tutti::net;

namespace {

const Endpoint kAnyPort{IpAddress::v4({127, 0, 0, 1}), 0};

BatchSocket opened(const Endpoint& local = kAnyPort)
{
  auto socket = BatchSocket::open(local);
  REQUIRE(socket);
  return std::move(*socket);
}

} // namespace

TEST_CASE("Many datagrams leave by one call and arrive, each with its sender and the kernel's time")
{
  auto a = opened();
  auto b = opened();
  constexpr std::size_t kCount = 150;
  std::array<std::array<std::byte, 8>, kCount> words{};
  std::vector<Outgoing> out;
  for (std::size_t i = 0; i < kCount; ++i) {
    words[i][0] = static_cast<std::byte>(i);
    out.push_back({words[i], b.local()});
  }
  const auto before = time::HostClock::now();
  CHECK(a.send(out) == kCount);
  std::set<int> heard;
  bool isFromA = true;
  bool isTimeRight = true;
  CHECK(test::eventually([&] {
    for (const auto& datagram : b.receive()) {
      heard.insert(std::to_integer<int>(datagram.bytes[0]));
      isFromA = isFromA && datagram.from == a.local() && datagram.bytes.size() == 8;
      isTimeRight = isTimeRight && datagram.at >= before - std::chrono::milliseconds{5} &&
                    datagram.at <= time::HostClock::now();
    }
    return heard.size() == kCount;
  }));
  CHECK(isFromA);
  CHECK(isTimeRight);
}

TEST_CASE("A datagram that the kernel refuses does not stop the others")
{
  auto a = opened();
  auto b = opened();
  const std::array<std::byte, 4> word{};
  const Endpoint nobody{IpAddress::v4({127, 0, 0, 1}), 0}; // port 0 cannot be sent to
  const std::array<Outgoing, 3> out{Outgoing{word, b.local()}, {word, nobody}, {word, b.local()}};
  CHECK(a.send(out) == 2);
}

TEST_CASE("A socket on all addresses shows IPv4 as IPv4")
{
  auto all = BatchSocket::open({IpAddress::v6({}), 0});
  if (!all) return; // no IPv6 on this machine
  auto four = opened();
  const std::array<std::byte, 3> word{};
  const std::array<Outgoing, 1> there{Outgoing{word, {kAnyPort.address, all->local().port}}};
  four.send(there);
  Endpoint from;
  CHECK(test::eventually([&] {
    for (const auto& datagram : all->receive()) from = datagram.from;
    return from.port != 0;
  }));
  CHECK(from == four.local());
  const std::array<Outgoing, 1> back{Outgoing{word, from}};
  CHECK(all->send(back) == 1);
  CHECK(test::eventually([&] { return !four.receive().empty(); }));
}

TEST_CASE("A taken port is refused with a sentence")
{
  const auto a = opened();
  const auto b = BatchSocket::open(a.local());
  REQUIRE_FALSE(b);
  CHECK(b.error().kind == ErrorKind::refused);
  CHECK(b.error().detail.find("Another program") != std::string::npos);
}

TEST_CASE("A doorbell ends a wait, also when it was rung before")
{
  const Doorbell bell;
  bell.ring();
  bell.waitUntil(std::nullopt);
  bell.waitUntil(time::HostClock::now()); // it had been heard: this one ends by its time
  auto a = opened();
  auto b = opened();
  const std::array<std::byte, 3> word{};
  const std::array<Outgoing, 1> out{Outgoing{word, b.local()}};
  a.send(out);
  bell.waitUntil(std::nullopt, b.descriptor());
  CHECK(test::eventually([&] { return !b.receive().empty(); }));
}

TEST_CASE("A wait ends when either of two sockets has something to read")
{
  const Doorbell bell;
  auto a = opened();
  auto b = opened();
  const std::array<std::byte, 3> word{};
  for (auto* listener : {&a, &b}) {
    const std::array<Outgoing, 1> out{Outgoing{word, listener->local()}};
    a.send(out);
    bell.waitUntil(std::nullopt, a.descriptor(), b.descriptor());
    CHECK(test::eventually([&] { return !listener->receive().empty(); }));
  }
}

TEST_CASE("A wait says which of many is ready, to be read from or written to")
{
  const Doorbell bell;
  auto a = opened();
  auto b = opened();
  std::array watches{Watch{a.descriptor()}, Watch{b.descriptor()}, Watch{a.descriptor(), false, true},
                     Watch{}};
  bell.waitUntil(std::nullopt, watches);
  CHECK_FALSE(watches[0].isReady);
  CHECK_FALSE(watches[1].isReady);
  CHECK(watches[2].isReady); // there is room
  const std::array<std::byte, 3> word{};
  const std::array<Outgoing, 1> out{Outgoing{word, b.local()}};
  a.send(out);
  bell.waitUntil(std::nullopt, std::span{watches}.first(2));
  CHECK_FALSE(watches[0].isReady);
  CHECK(watches[1].isReady);
  bell.ring();
  bell.waitUntil(std::nullopt, std::span{watches}.first(1)); // what was seen before is asked anew
  CHECK_FALSE(watches[0].isReady);
  bell.waitUntil(time::HostClock::now(), std::span{watches}.first(0));
}
