#include <Catch.hpp>
#include <chrono>
#include <deque>
#include <tutti/net/PortMapping.hpp>

#include "Bytes.hpp"
#include "PretendRouter.hpp"

using namespace tutti;
using namespace std::chrono_literals;
using net::PortMapping;
using test::PretendRouter;
using Speaks = PretendRouter::Speaks;
using Why = PortMapping::Why;

namespace {

const IpAddress kRouter = IpAddress::v4({192, 168, 1, 1});
const IpAddress kHome = IpAddress::v4({192, 168, 1, 20});
const Endpoint kAtRouter{kRouter, PortMapping::kRouterPort};
const IpAddress kOutside = IpAddress::v4({203, 0, 113, 7});

PortMapping::Nonce nonceOf(int number)
{
  PortMapping::Nonce nonce{};
  nonce.fill(static_cast<std::byte>(number));
  return nonce;
}

PortMapping::Options wish()
{
  return {kRouter,
          kHome,
          {{PortMapping::Protocol::tcp, 7885, nonceOf(1)}, {PortMapping::Protocol::udp, 7886, nonceOf(2)}}};
}

/// A musician's machine and its router, 2 ms apart, in simulated time.
class Home {
public:
  PretendRouter router;
  HostTime now = hostTime(1'000'000'000);
  PortMapping mapping{wish(), now};
  std::vector<std::pair<HostTime, ByteString>> sent;
  std::vector<std::pair<HostTime, PortMapping::Action>> told;
  int lost = 0; ///< so many questions more

  /// Until then, all that happens.
  void playFor(Micros time)
  {
    const auto end = now + time;
    for (;;) {
      perform(mapping.advance(now));
      auto next = mapping.nextDeadline().value_or(HostTime::max());
      if (!onTheWay_.empty()) next = std::min(next, onTheWay_.front().first);
      if (next > end) break;
      now = std::max(now, next);
      deliver();
    }
    now = end;
  }

  void hear(const ByteString& bytes, const Endpoint& from = kAtRouter)
  {
    perform(mapping.receive(bytes, from, now));
  }

  [[nodiscard]] std::optional<PortMapping::Opened> opened() const
  {
    if (told.empty()) return std::nullopt;
    const auto* last = std::get_if<PortMapping::Opened>(&told.back().second);
    return last != nullptr ? std::optional{*last} : std::nullopt;
  }
  [[nodiscard]] std::optional<Why> closed() const
  {
    if (told.empty()) return std::nullopt;
    const auto* last = std::get_if<PortMapping::Closed>(&told.back().second);
    return last != nullptr ? std::optional{last->why} : std::nullopt;
  }

private:
  void deliver()
  {
    while (!onTheWay_.empty() && onTheWay_.front().first <= now) {
      const auto bytes = std::move(onTheWay_.front().second);
      onTheWay_.pop_front();
      hear(bytes);
    }
  }

  void perform(const PortMapping::Actions& actions)
  {
    for (const auto& action : actions) {
      const auto* send = std::get_if<PortMapping::Send>(&action);
      if (send == nullptr) {
        told.emplace_back(now, action);
        continue;
      }
      sent.emplace_back(now, send->bytes);
      if (lost-- > 0) continue;
      if (auto answer = router.answer(send->bytes, now))
        onTheWay_.emplace_back(now + 2ms, std::move(*answer));
    }
  }

  std::deque<std::pair<HostTime, ByteString>> onTheWay_;
};

} // namespace

TEST_CASE("A router that speaks PCP opens both ports within a round trip")
{
  Home home;
  home.playFor(1s);
  REQUIRE(home.opened());
  CHECK(home.opened()->outside == kOutside);
  CHECK(home.opened()->ports == std::vector<std::uint16_t>{7885, 7886});
  CHECK(home.told.front().first == hostTime(1'000'000'000) + 2ms);
  CHECK(home.sent.size() == 2);
}

TEST_CASE("The ports outside are those that the router says")
{
  Home home;
  home.router.shift = 1000;
  home.playFor(1s);
  REQUIRE(home.opened());
  CHECK(home.opened()->ports == std::vector<std::uint16_t>{8885, 8886});
}

TEST_CASE("A lost question is said again after 250 ms, then after twice as long")
{
  Home home;
  home.lost = 4; // both, twice
  home.playFor(1s);
  REQUIRE(home.opened());
  REQUIRE(home.sent.size() == 6);
  CHECK(home.sent[2].first - home.sent[0].first == 250ms);
  CHECK(home.sent[4].first - home.sent[2].first == 500ms);
}

TEST_CASE("A router that only speaks NAT-PMP says so, and is asked in its own language")
{
  Home home;
  home.router.speaks = Speaks::natPmp;
  home.playFor(1s);
  REQUIRE(home.opened());
  CHECK(home.opened()->outside == kOutside);
  CHECK(home.opened()->ports == std::vector<std::uint16_t>{7885, 7886});
  CHECK(home.router.open.size() == 2);
}

TEST_CASE("A router that says twice that it only speaks NAT-PMP is not taken for one that refuses")
{
  Home home;
  home.lost = 1000;
  home.playFor(10ms);
  const auto notPcp = test::bytes({0, 0x81, 0, 1, 0, 0, 1, 0});
  home.hear(notPcp);
  home.playFor(10ms);
  home.hear(notPcp); // the answer to the other question of before
  CHECK(home.told.empty());
  home.router.speaks = Speaks::natPmp;
  home.lost = 0;
  home.playFor(1s);
  CHECK(home.opened());
}

TEST_CASE("A router that is silent is given up soon, and asked again later")
{
  Home home;
  home.router.speaks = Speaks::nothing;
  home.playFor(10s);
  CHECK(home.closed() == Why::silent);
  CHECK(home.told.front().first - hostTime(1'000'000'000) < 4s);
  const auto before = home.router.questions;
  home.router.speaks = Speaks::pcp;
  home.playFor(3min);
  CHECK(home.opened());
  CHECK(home.router.questions <= before + 2);
}

TEST_CASE("What is open is renewed when half of its time is over")
{
  Home home;
  home.router.lifetime = 1000;
  home.playFor(1s);
  const auto first = home.sent.size();
  home.playFor(498s);
  CHECK(home.sent.size() == first);
  home.playFor(2s);
  CHECK(home.sent.size() == first + 2);
  CHECK(home.told.size() == 1); // nothing new
  home.playFor(24h);
  CHECK(home.told.size() == 1);
}

TEST_CASE("While renewals get lost, they are tried until the time is over; then it is said")
{
  Home home;
  home.router.lifetime = 1000;
  home.playFor(1s);
  home.router.speaks = Speaks::nothing;
  home.playFor(990s);
  CHECK(home.opened());
  CHECK(home.sent.size() > 2 + 4 * 3);
  home.playFor(20s);
  CHECK(home.closed() == Why::silent);
}

TEST_CASE("A router that began anew is asked for all ports at once")
{
  Home home;
  home.router.lifetime = 1000;
  home.playFor(400s);
  home.router.open.clear();
  home.router.startedAt = home.now;
  home.playFor(101s); // the first renewal tells
  CHECK(home.router.open.size() == 2);
  CHECK(home.opened());
}

TEST_CASE("A router that forgets says so by its clock, also while only one port is asked for")
{
  Home home;
  home.router.startedAt = home.now - 100h;
  home.playFor(1s);
  const auto asked = home.sent.size();
  home.playFor(3600s - 1s - 1ms); // the questions leave in the same moment, and the answer to one comes first
  home.router.startedAt = home.now;
  home.router.open.clear();
  home.playFor(1s);
  CHECK(home.router.open.size() == 2);
  CHECK(home.sent.size() >= asked + 3);
}

TEST_CASE("A new address of the router is told")
{
  for (const auto speaks : {Speaks::pcp, Speaks::natPmp}) {
    Home home;
    home.router.speaks = speaks;
    home.router.lifetime = 100;
    home.playFor(1s);
    home.router.outside = IpAddress::v4({203, 0, 113, 99});
    home.playFor(60s);
    REQUIRE(home.opened());
    CHECK(home.opened()->outside == home.router.outside);
  }
}

TEST_CASE("A refusal is told with its reason, and asked again after minutes")
{
  struct Case {
    Speaks speaks;
    int result;
    Why why;
  };
  for (const auto& [speaks, result, why] :
       {Case{Speaks::pcp, 2, Why::denied}, Case{Speaks::pcp, 4, Why::denied},
        Case{Speaks::pcp, 7, Why::noLine}, Case{Speaks::pcp, 8, Why::full}, Case{Speaks::pcp, 10, Why::full},
        Case{Speaks::pcp, 12, Why::unfit}, Case{Speaks::natPmp, 2, Why::denied},
        Case{Speaks::natPmp, 3, Why::noLine}, Case{Speaks::natPmp, 4, Why::full},
        Case{Speaks::natPmp, 5, Why::unfit}}) {
    Home home;
    home.router.speaks = speaks;
    home.router.result = static_cast<std::uint8_t>(result);
    home.router.lifetime = 60;
    home.playFor(20s);
    CHECK(home.closed() == why);
    CHECK(home.told.size() == 1);
    home.router.result = 0;
    home.router.lifetime = 7200;
    home.playFor(6min);
    CHECK(home.opened());
  }
}

TEST_CASE("An answer of no use is a refusal")
{
  Home home;
  home.router.lifetime = 0;
  home.playFor(1s);
  CHECK(home.closed() == Why::unfit);
}

TEST_CASE("Only the gateway is listened to, and only with our number")
{
  Home home;
  home.lost = 1000;
  home.playFor(10ms);
  const auto question = home.sent.front().second;
  PretendRouter other;
  const auto answer = *other.answer(question, home.now);
  home.hear(answer, {IpAddress::v4({192, 168, 1, 66}), PortMapping::kRouterPort});
  home.hear(answer, {kRouter, 4711});
  auto guessed = answer;
  guessed[24] ^= std::byte{1}; // the nonce
  home.hear(guessed);
  home.hear({});
  home.hear(test::bytes({2, 0x81, 0, 0}));
  CHECK(home.told.empty());
  home.hear(answer);
  home.hear(*other.answer(home.sent[1].second, home.now));
  CHECK(home.opened());
  home.hear(test::bytes({0, 0x81, 0, 1, 0, 0, 0, 9})); // "I speak NAT-PMP only", from whom has spoken PCP
  home.playFor(1s);
  CHECK(home.opened());
  CHECK(home.sent.size() == 2);
}

TEST_CASE("What was not asked for opens and closes nothing")
{
  Home home;
  home.router.speaks = Speaks::natPmp;
  home.playFor(1s);
  const auto told = home.told.size();
  home.hear(test::bytes({0, 0x81, 0, 2, 0, 0, 1, 0}));                                // refusal
  home.hear(test::bytes({0, 0x82, 0, 0, 0, 0, 1, 0, 0x1e, 0xcd, 0, 99, 0, 0, 1, 0})); // our port
  home.hear(test::bytes({0, 0x80, 0, 0, 0, 0, 1, 0, 198, 51, 100, 1}));               // address
  CHECK(home.told.size() == told);
}

TEST_CASE("Who leaves has the ports closed, and does not wait for a router that is gone")
{
  for (const auto speaks : {Speaks::pcp, Speaks::natPmp}) {
    Home home;
    home.router.speaks = speaks;
    home.playFor(1s);
    REQUIRE(home.router.open.size() == 2);
    home.mapping.release(home.now);
    home.playFor(100ms);
    CHECK(home.router.open.empty());
    CHECK(home.mapping.isOver());
  }
  Home gone;
  gone.playFor(1s);
  gone.router.speaks = Speaks::nothing;
  gone.mapping.release(gone.now);
  gone.playFor(700ms);
  CHECK_FALSE(gone.mapping.isOver());
  gone.playFor(100ms);
  CHECK(gone.mapping.isOver());
}

TEST_CASE("Where nothing was opened there is nothing to close")
{
  Home home;
  home.router.speaks = Speaks::nothing;
  home.playFor(10s);
  home.mapping.release(home.now);
  CHECK(home.mapping.isOver());
}

TEST_CASE("An address that is none in the Internet means another router")
{
  for (const auto* text : {"10.0.0.1", "172.16.3.4", "172.31.255.255", "192.168.0.1", "100.64.0.1",
                           "100.127.9.9", "169.254.1.1", "127.0.0.1", "0.0.0.0", "224.0.0.1"})
    CHECK(net::isBehindAnotherRouter(*IpAddress::parse(text)));
  for (const auto* text :
       {"203.0.113.7", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1", "11.0.0.1"})
    CHECK_FALSE(net::isBehindAnotherRouter(*IpAddress::parse(text)));
}
