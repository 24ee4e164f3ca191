#include <Catch.hpp>

#include <algorithm>
#include <tutti/room/MemberKeys.hpp>
#include <tutti/serve/KnownRoom.hpp>

using namespace tutti;
using namespace tutti::serve;
using room::MemberKeys;
using room::Order;

namespace {

/// A room whose host's key we have.
struct Hosted {
  room::RoomId id = room::RoomId::draw();
  MemberKeys host = MemberKeys::draw();
  KnownRoom room = open();
  MemberKeys anna = MemberKeys::draw();
  MemberKeys ben = MemberKeys::draw();

  [[nodiscard]] KnownRoom open() const
  {
    room::wire::RoomRecord record;
    record.id = id;
    record.name = "Friday";
    record.host = host.signPublic();
    return {record, "hash"};
  }
  [[nodiscard]] ByteString order(std::uint64_t number, Order::What what,
                                 const room::MemberId& whom = {}) const
  {
    return Order{id, number, what, whom}.sign(host);
  }
  void comesIn(const MemberKeys& keys)
  {
    KnownMember member;
    member.id = keys.id();
    member.slot = room.freeSlot(0);
    room.members.emplace(member.id, member);
  }
};

} // namespace

TEST_CASE("Orders come to the same in whatever order they come")
{
  const Hosted hosted;
  std::vector all{hosted.order(1, Order::What::lock), hosted.order(2, Order::What::kick, hosted.anna.id()),
                  hosted.order(3, Order::What::unlock)};
  std::ranges::sort(all);
  do {
    auto room = hosted.open();
    for (const auto& order : all) CHECK(room.hearOrder(order));
    CHECK_FALSE(room.hearOrder(all.front())); // once more
    CHECK_FALSE(room.record.isLocked);
    CHECK(room.authority.isKicked(hosted.anna.id()));
    CHECK(room.orders == std::vector{hosted.order(1, Order::What::lock),
                                     hosted.order(2, Order::What::kick, hosted.anna.id()),
                                     hosted.order(3, Order::What::unlock)});
  } while (std::ranges::next_permutation(all).found);
}

TEST_CASE("A room obeys its host only, and remembers 256 orders")
{
  Hosted hosted;
  auto& room = hosted.room;
  CHECK_FALSE(room.obey(Order{hosted.id, 1, Order::What::lock, {}}.sign(hosted.anna)));
  CHECK_FALSE(room.hearOrder(Order{hosted.id, 1, Order::What::lock, {}}.sign(hosted.anna)));
  CHECK_FALSE(room.record.isLocked);
  for (std::uint64_t number = 1; number <= 300; ++number)
    REQUIRE(room.obey(hosted.order(number, number % 2 != 0 ? Order::What::lock : Order::What::unlock)));
  CHECK(room.orders.size() == 256);
  CHECK_FALSE(room.obey(hosted.order(300, Order::What::lock)));
}

TEST_CASE("An order that was forgotten is no news when it is said again")
{
  Hosted hosted;
  auto& room = hosted.room;
  for (std::uint64_t number = 1; number <= 300; ++number)
    REQUIRE(room.obey(hosted.order(number, number % 2 != 0 ? Order::What::lock : Order::What::unlock)));
  CHECK_FALSE(room.hearOrder(hosted.order(1, Order::What::lock)));
  CHECK(room.orders.size() == 256);
}

TEST_CASE("Of two orders with one number one counts, everywhere the same, and the other is never news again")
{
  const Hosted hosted;
  const auto lock = hosted.order(1, Order::What::lock);
  const auto mute = hosted.order(1, Order::What::mute, hosted.anna.id());
  auto one = hosted.open();
  auto other = hosted.open();
  one.hearOrder(lock);
  one.hearOrder(mute);
  other.hearOrder(mute);
  other.hearOrder(lock);
  CHECK(one.orders == other.orders);
  CHECK(one.orders.size() == 1);
  for (const auto& order : {lock, mute}) {
    CHECK_FALSE(one.hearOrder(order));
    CHECK_FALSE(other.hearOrder(order));
  }
}

TEST_CASE("Who is sent away and still there is told")
{
  Hosted hosted;
  hosted.comesIn(hosted.anna);
  hosted.comesIn(hosted.ben);
  CHECK(hosted.room.kicked().empty());
  REQUIRE(hosted.room.obey(hosted.order(1, Order::What::kick, hosted.ben.id())));
  CHECK(hosted.room.kicked() == std::vector{hosted.ben.id()});
}

TEST_CASE("A box keeps the newest letter of each who is there")
{
  Hosted hosted;
  hosted.comesIn(hosted.anna);
  hosted.comesIn(hosted.ben);
  auto& room = hosted.room;
  const room::wire::Letter first{hosted.anna.id(), hosted.ben.id(), {std::byte{1}}};
  const room::wire::Letter second{hosted.anna.id(), hosted.ben.id(), {std::byte{2}}};
  CHECK(room.put(second, {2, 1}, true));
  CHECK_FALSE(room.put(first, {1, 1}, true)); // late
  auto& ben = room.members.at(hosted.ben.id());
  CHECK(ben.hasMail());
  REQUIRE(room.updateFor(ben).letters.size() == 1);
  CHECK_FALSE(ben.hasMail()); // fetched
  CHECK(room.updateFor(ben).letters.empty());
  CHECK_FALSE(room.put(second, {2, 1}, true)); // heard once more
  room.members.erase(hosted.anna.id());
  hosted.comesIn(hosted.anna);
  CHECK_FALSE(room.put({hosted.anna.id(), hosted.host.id(), {}}, {3, 1}, true)); // not in the room
}

TEST_CASE("Letters of who has left are not kept")
{
  Hosted hosted;
  hosted.comesIn(hosted.anna);
  hosted.comesIn(hosted.ben);
  hosted.comesIn(hosted.host);
  auto& room = hosted.room;
  CHECK(room.put({hosted.anna.id(), hosted.ben.id(), {}}, {}, false));
  room.members.erase(hosted.anna.id());
  CHECK(room.put({hosted.host.id(), hosted.ben.id(), {}}, {}, false));
  CHECK(room.members.at(hosted.ben.id()).letters.size() == 1);
}

TEST_CASE("What a room tells has one number at each directory, and is never 0")
{
  Hosted hosted;
  hosted.comesIn(hosted.anna);
  auto& room = hosted.room;
  const std::vector<room::wire::RoomForwarder> forwarders{{1, {}, 7885}};
  auto same = room;
  same.revision = 77;
  same.forwarder = 9;
  const auto digest = room.digest(forwarders);
  CHECK(digest != 0);
  CHECK(digest < std::uint64_t{1} << 48U); // exact as a double
  CHECK(same.digest(forwarders) == digest);
  CHECK(room.digest({}) != digest);
  CHECK(room.digest({{1, {}, 7886}}) != digest); // in another place
  CHECK(room.digest({{1, {IpAddress::v4({192, 0, 2, 1})}, 7885}}) != digest);
  room.members.begin()->second.card = {std::byte{1}};
  CHECK(room.digest(forwarders) != digest);
}

TEST_CASE("Another host of a room begins anew, the same one goes on")
{
  Hosted hosted;
  auto& room = hosted.room;
  REQUIRE(room.obey(hosted.order(1, Order::What::lock)));
  auto record = room.record;
  record.name = "Saturday";
  CHECK_FALSE(room.describe(record));
  CHECK(room.record.name == "Saturday");
  CHECK(room.record.isLocked);
  record.host = hosted.anna.signPublic();
  CHECK(room.describe(record));
  CHECK_FALSE(room.record.isLocked);
  CHECK(room.orders.empty());
  CHECK(room.obey(Order{hosted.id, 1, Order::What::lock, {}}.sign(hosted.anna)));
}
