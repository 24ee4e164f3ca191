#include <Catch.hpp>
#include <Dice.hpp>
#include <algorithm>
#include <numeric>
#include <set>

#include "Checks.hpp"

using namespace tutti;
using namespace tutti::serve;
using namespace std::chrono_literals;
using Desk = test::ForwarderOnDesk;

namespace {

const auto kRoom = room::RoomId::draw();
const auto kOtherRoom = room::RoomId::draw();
const auto kAnna = Desk::address(1);
const auto kBen = Desk::address(2);
const auto kCora = Desk::address(3);
const auto kVictim = Desk::address(200);

/// Anna, Ben and Cora play in one room.
Desk trio()
{
  Desk desk;
  desk.admit("anna", 1, kRoom);
  desk.admit("ben", 2, kRoom);
  desk.admit("cora", 3, kRoom);
  desk.prove("anna", kAnna);
  desk.prove("ben", kBen);
  desk.prove("cora", kCora);
  return desk;
}

std::set<Endpoint> receiversOf(const std::vector<net::Outgoing>& out)
{
  std::set<Endpoint> receivers;
  for (const auto& packet : out) receivers.insert(packet.to);
  return receivers;
}

} // namespace

TEST_CASE("What one plays reaches all the others, byte for byte, and not the player")
{
  auto desk = trio();
  const auto media = Desk::media(1);
  const auto out = desk.receive(kAnna, media);
  CHECK(receiversOf(out) == std::set{kBen, kCora});
  CHECK(std::ranges::equal(out.front().bytes, media));
  CHECK(desk.forwarder.liveMembers(desk.now) == 3);
}

TEST_CASE("Rooms do not hear each other")
{
  auto desk = trio();
  desk.admit("dora", 1, kOtherRoom);
  desk.prove("dora", Desk::address(4));
  CHECK(desk.receive(Desk::address(4), Desk::media(1)).empty());
  CHECK(receiversOf(desk.receive(kAnna, Desk::media(1))) == std::set{kBen, kCora});
}

TEST_CASE("A check without the cookie proves nothing: no media comes")
{
  Desk desk;
  desk.admit("anna", 1, kRoom);
  desk.admit("ben", 2, kRoom);
  desk.prove("anna", kAnna);
  desk.receive(kBen, Desk::check("ben", "secret ben").bytes());
  CHECK(desk.receive(kAnna, Desk::media(1)).empty());
  CHECK(desk.receive(kBen, Desk::media(2)).empty());
  CHECK(desk.dropped(Drop::stranger) == 1);
}

TEST_CASE("A captured check with a victim's address makes nobody send to the victim")
{
  auto desk = trio();
  const auto cookie = Desk::cookieIn(desk.receive(kBen, Desk::check("ben", "secret ben").bytes()));
  const auto captured = Desk::check("ben", "secret ben", cookie);
  desk.receive(kVictim, captured.bytes());
  CHECK(receiversOf(desk.receive(kAnna, Desk::media(1))) == std::set{kBen, kCora});
}

TEST_CASE("Many captured checks get the victim a few short answers at most")
{
  auto desk = trio();
  const auto captured = Desk::check("ben", "secret ben");
  std::size_t answers = 0;
  for (int i = 0; i < 10'000; ++i) {
    for (const auto& out : desk.receive(kVictim, captured.bytes())) {
      ++answers;
      CHECK(out.bytes.size() <= captured.size());
    }
  }
  CHECK(answers <= 50);
  CHECK(desk.dropped(Drop::tooOften) >= 9'950);
  desk.prove("ben", kBen); // is not kept from proving what it has
  CHECK(receiversOf(desk.receive(kAnna, Desk::media(1))).contains(kBen));
}

TEST_CASE("A flood of captured checks does not keep a member from renewing what it has")
{
  auto desk = trio();
  desk.now += 9s; // the old cookie would still be good, but the network has lost it
  const auto captured = Desk::check("ben", "secret ben");
  for (int i = 0; i < 1000; ++i) desk.receive(kVictim, captured.bytes());
  desk.prove("ben", kBen);
  desk.now += 9s;
  desk.prove("anna", kAnna);
  CHECK(receiversOf(desk.receive(kAnna, Desk::media(1))) == std::set{kBen});
}

TEST_CASE("What nobody has sealed does not keep a member from moving") // spec room R-16
{
  auto desk = trio();
  for (int i = 0; i < 1000; ++i) desk.receive(kVictim, Desk::check("ben", "a guess").bytes());
  CHECK(desk.dropped(Drop::badCheck) == 1000);
  const auto elsewhere = Desk::address(2, 5000);
  desk.now += 1ms;
  desk.prove("ben", elsewhere);
  CHECK(receiversOf(desk.receive(kAnna, Desk::media(1))) == std::set{elsewhere, kCora});
}

TEST_CASE("Nobody takes an address that another still proves") // spec room
{
  auto desk = trio();
  desk.now += 9s;
  desk.prove("ben", kAnna);
  CHECK(desk.dropped(Drop::badCheck) == 1);
  CHECK(desk.receive(kAnna, Desk::media(2)).empty());
  CHECK(receiversOf(desk.receive(kAnna, Desk::media(1))) == std::set{kBen, kCora});
  desk.now += 1s; // she has left it
  desk.prove("ben", kAnna);
  desk.prove("cora", kCora);
  CHECK(receiversOf(desk.receive(kAnna, Desk::media(2))) == std::set{kCora});
}

TEST_CASE("All strangers together get a hundred answers a second, and members are not kept waiting by them")
{
  auto desk = trio();
  net::stun::Writer plain{net::stun::Class::request, net::stun::Method::binding, {}};
  plain.padTo(100);
  std::size_t answers = 0;
  const auto ask = [&] {
    for (std::uint16_t i = 0; i < 10'000; ++i)
      answers += desk.receive(Desk::address(77, i), plain.bytes()).size();
  };
  ask();
  CHECK(answers == 200);
  desk.now += 1s;
  ask();
  CHECK(answers == 300);
  CHECK(desk.dropped(Drop::tooOften) == 19'700);
  desk.prove("ben", kBen);
  CHECK(receiversOf(desk.receive(kAnna, Desk::media(1))).contains(kBen));
}

TEST_CASE("Media stops ten seconds after the last proof")
{
  auto desk = trio();
  desk.now += 9s;
  desk.prove("anna", kAnna);
  desk.prove("cora", kCora);
  CHECK(receiversOf(desk.receive(kAnna, Desk::media(1))) == std::set{kBen, kCora});
  desk.now += 1s;
  CHECK(receiversOf(desk.receive(kAnna, Desk::media(1))) == std::set{kCora});
  CHECK(desk.receive(kBen, Desk::media(2)).empty());
}

TEST_CASE("A cookie is good for ten to twenty seconds")
{
  Desk desk;
  desk.admit("anna", 1, kRoom);
  const auto cookie = Desk::cookieIn(desk.receive(kAnna, Desk::check("anna", "secret anna").bytes()));
  desk.now += 10s;
  desk.receive(kAnna, Desk::check("anna", "secret anna", cookie).bytes());
  CHECK(desk.forwarder.liveMembers(desk.now) == 1);
  desk.now += 10s + 1us;
  desk.receive(kAnna, Desk::check("anna", "secret anna", cookie).bytes());
  CHECK(desk.forwarder.liveMembers(desk.now) == 0);
}

TEST_CASE("Who moves is heard from both addresses, and hears at the newer")
{
  auto desk = trio();
  desk.now += 1s;
  const auto elsewhere = Desk::address(1, 5000);
  desk.prove("anna", elsewhere);
  CHECK(desk.receive(kAnna, Desk::media(1)).size() == 2);
  CHECK(desk.receive(elsewhere, Desk::media(1)).size() == 2);
  CHECK(receiversOf(desk.receive(kBen, Desk::media(2))) == std::set{elsewhere, kCora});
  desk.now += 1s;
  desk.prove("anna", Desk::address(1, 6000)); // a third one: the oldest is forgotten
  CHECK(desk.receive(kAnna, Desk::media(1)).empty());
  CHECK(desk.receive(elsewhere, Desk::media(1)).size() == 2);
}

TEST_CASE("Nobody sends in another's name")
{
  auto desk = trio();
  CHECK(desk.receive(kAnna, Desk::media(2)).empty());
  CHECK(desk.dropped(Drop::wrongSlot) == 1);
}

TEST_CASE("Strangers get nothing, and are counted")
{
  auto desk = trio();
  CHECK(desk.receive(kVictim, Desk::media(1)).empty());
  CHECK(desk.receive(kVictim, Desk::check("nobody", "x").bytes()).empty());
  CHECK(desk.receive(kVictim, Desk::check("anna", "wrong").bytes()).empty());
  CHECK(desk.dropped(Drop::stranger) == 1);
  CHECK(desk.dropped(Drop::badCheck) == 2);
}

TEST_CASE("Junk of every kind is dropped without an answer")
{
  auto desk = trio();
  test::Dice dice{8};
  for (int i = 0; i < 20'000; ++i) {
    std::vector<std::byte> junk(static_cast<std::size_t>(dice.whole(0, 200)));
    for (auto& byte : junk) byte = static_cast<std::byte>(dice.whole(0, 255));
    REQUIRE(desk.receive(kVictim, junk).empty());
    desk.kept.clear();
  }
  const auto& dropped = desk.forwarder.counters().dropped;
  CHECK(std::accumulate(dropped.begin(), dropped.end(), std::uint64_t{0}) == 20'000);
}

TEST_CASE("A flood ends at its sender; the others go on")
{
  auto desk = trio();
  std::size_t passed = 0;
  for (int i = 0; i < 20'000; ++i) passed += desk.receive(kAnna, Desk::media(1)).empty() ? 0U : 1U;
  CHECK(passed == 3000);
  CHECK(desk.dropped(Drop::flood) == 17'000);
  CHECK(desk.receive(kBen, Desk::media(2)).size() == 2);
  desk.now += 1s;
  CHECK(desk.receive(kAnna, Desk::media(1)).size() == 2);
}

TEST_CASE("Who is reached by another way is left out")
{
  auto desk = trio();
  const std::array<std::uint16_t, 1> ben{2};
  desk.prove("anna", kAnna, ben);
  CHECK(receiversOf(desk.receive(kAnna, Desk::media(1))) == std::set{kCora});
  desk.prove("anna", kAnna);
  CHECK(receiversOf(desk.receive(kAnna, Desk::media(1))) == std::set{kBen, kCora});
}

TEST_CASE("Who is dismissed neither hears nor is heard")
{
  auto desk = trio();
  desk.forwarder.dismiss("ben");
  CHECK(receiversOf(desk.receive(kAnna, Desk::media(1))) == std::set{kCora});
  CHECK(desk.receive(kBen, Desk::media(2)).empty());
  desk.prove("ben", kBen);
  CHECK(desk.receive(kBen, Desk::media(2)).empty());
}

TEST_CASE("No answer is longer than its question, not even over IPv6")
{
  Desk desk;
  desk.admit("anna", 1, kRoom);
  const Endpoint six{*IpAddress::parse("2001:db8::1"), 9};
  for (const bool isPadded : {false, true}) {
    net::stun::Writer plain{net::stun::Class::request, net::stun::Method::binding, {}};
    if (isPadded) plain.padTo(100);
    for (const auto& from : {kAnna, six})
      for (const auto& out : desk.receive(from, plain.bytes())) CHECK(out.bytes.size() <= plain.size());
  }
  CHECK(desk.dropped(Drop::shortCheck) == 2);
  net::stun::Writer unpadded{net::stun::Class::request, net::stun::Method::binding, {}};
  unpadded.add(net::stun::Attribute::username, std::string_view{"anna"});
  unpadded.seal("secret anna");
  unpadded.addFingerprint();
  CHECK(desk.receive(six, unpadded.bytes()).empty());
  CHECK(desk.dropped(Drop::shortCheck) == 3);
}

TEST_CASE("All that comes and goes is counted")
{
  auto desk = trio();
  const auto before = desk.forwarder.counters();
  const auto media = Desk::media(1);
  desk.receive(kAnna, media);
  const auto after = desk.forwarder.counters();
  CHECK(after.packetsIn == before.packetsIn + 1);
  CHECK(after.packetsOut == before.packetsOut + 2);
  CHECK(after.bytesIn == before.bytesIn + media.size());
  CHECK(after.bytesOut == before.bytesOut + 2 * media.size());
}
