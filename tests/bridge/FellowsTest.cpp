#include "Catch.hpp"

#include <Fellows.hpp>

using namespace std::chrono_literals;

namespace tutti::bridge {
namespace {

constexpr HostTime kStart = HostTime{} + 1h;
constexpr NodeId kSession{{'s'}};

room::MemberId member(std::uint8_t number)
{
  std::array<std::byte, room::MemberId::kSize> bytes{};
  bytes[0] = std::byte{number};
  return room::MemberId{bytes};
}

SiteState state(std::int64_t saidAt, const NodeId& session = kSession, std::vector<NodeId> peers = {})
{
  SiteState state;
  state.saidAt = {saidAt};
  state.session.id = session;
  state.peers = std::move(peers);
  return state;
}

Fellows roomOf(std::initializer_list<std::uint8_t> numbers)
{
  std::vector<RoomMember> members;
  for (const auto number : numbers) members.push_back({member(number)});
  Fellows fellows;
  fellows.setRoster(members);
  return fellows;
}

} // namespace

SCENARIO("The later word counts, whatever the order in which they come")
{
  auto fellows = roomOf({1, 2});
  CHECK(fellows.hear(member(1), state(10), kStart));
  CHECK_FALSE(fellows.hear(member(1), state(10), kStart));
  CHECK_FALSE(fellows.hear(member(1), state(9), kStart));
  CHECK(fellows.hear(member(1), state(11), kStart));
  CHECK(fellows.all().size() == 1);

  WHEN("it says goodbye, and an older word comes after that")
  {
    CHECK(fellows.hear(member(1), Goodbye{{20}}));
    THEN("it stays gone")
    {
      CHECK_FALSE(fellows.hear(member(1), state(15), kStart));
    }
    CHECK(fellows.all().empty());
    THEN("it may come back")
    {
      CHECK(fellows.hear(member(1), state(30), kStart));
    }
  }
}

SCENARIO("B-12 who is silent for six seconds is gone, and who left the room at once")
{
  auto fellows = roomOf({1, 2});
  fellows.hear(member(1), state(1), kStart);
  fellows.hear(member(2), state(1), kStart + 3s);
  fellows.advance(kStart + 5999ms);
  CHECK(fellows.all().size() == 2);
  fellows.advance(kStart + 6s);
  CHECK(fellows.find(member(1)) == nullptr);
  CHECK(fellows.find(member(2)) != nullptr);
  fellows.setRoster({{member(1)}});
  CHECK(fellows.all().empty());
}

SCENARIO("Nobody is remembered who is not in the room")
{
  auto fellows = roomOf({1});
  CHECK_FALSE(fellows.hear(member(9), state(1), kStart));
  CHECK(fellows.all().empty());
}

SCENARIO("Their session's clock is known when their own clock is")
{
  Fellows fellows;
  fellows.setRoster(
    {{.id = member(1)}, {.id = member(2), .clock = room::ClockSync::Relation{.offsetMicros = 2000.4}}});
  auto one = state(1);
  one.session.offset = Micros{-500};
  fellows.hear(member(1), one, kStart);
  fellows.hear(member(2), one, kStart);
  CHECK_FALSE(fellows.find(member(1))->offset());
  CHECK(fellows.find(member(2))->offset() == Micros{1500});
}

SCENARIO("B-3 the reference is where the founder lives, else the lowest member")
{
  auto fellows = roomOf({1, 3, 5});
  const auto self = member(2);
  fellows.hear(member(1), state(1, NodeId{{'o'}}), kStart); // of another session
  fellows.hear(member(3), state(1), kStart);
  fellows.hear(member(5), state(1, kSession, {NodeId{{'a'}}, kSession}), kStart);
  CHECK(referenceOf(kSession, self, false, fellows.all()) == member(5));
  CHECK(referenceOf(kSession, self, true, fellows.all()) == self); // both bridges of one LAN hear it
  CHECK(referenceOf(kSession, member(6), true, fellows.all()) == member(5));
  fellows.hear(member(5), state(2), kStart);
  CHECK(referenceOf(kSession, self, false, fellows.all()) == self);
  CHECK(referenceOf(kSession, member(4), false, fellows.all()) == member(3));
}

} // namespace tutti::bridge
