#include <Catch.hpp>
#include <tutti/room/LanRooms.hpp>

using namespace tutti;
using namespace tutti::room;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;
const IpAddress kStage = IpAddress::v4({192, 168, 1, 20});
const IpAddress kStranger = IpAddress::v4({192, 168, 1, 66});
const IpAddress kLoopback = IpAddress::v4({127, 0, 0, 1});

Announcement announced(std::string name)
{
  Announcement room;
  room.httpPort = 7885;
  room.fingerprint.fill(std::byte{3});
  room.id = RoomId::draw();
  room.members = 4;
  room.kind = wire::RoomKind::password;
  room.name = std::move(name);
  return room;
}

} // namespace

TEST_CASE("An announcement tells a room and nothing secret")
{
  const auto room = announced("Jazz");
  CHECK(Announcement::parse(room.encode()).value() == room);
  const auto bytes = room.encode();
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(Announcement::parse(std::span{bytes}.first(size)));
}

TEST_CASE("What is no announcement is not listed")
{
  auto newer = announced("Jazz").encode();
  newer[10] = std::byte{2};
  CHECK(Announcement::parse(newer).error().kind == ErrorKind::unsupported);
  auto portless = announced("Jazz");
  portless.httpPort = 0;
  CHECK_FALSE(Announcement::parse(portless.encode()));
  CHECK_FALSE(Announcement::parse(announced("two\nlines").encode()));
  auto longer = announced("Jazz").encode();
  longer.push_back(std::byte{0});
  CHECK_FALSE(Announcement::parse(longer));
}

TEST_CASE("A room is listed at once and goes after two and a half seconds of silence")
{
  LanRoomTable table;
  const auto room = announced("Jazz");
  CHECK(table.hear(room, kStage, kStart));
  CHECK_FALSE(table.hear(room, kStage, kStart + 500ms));
  REQUIRE(table.rooms().size() == 1);
  CHECK(table.rooms().front().invitation().link().starts_with("tutti://192.168.1.20/Jazz#v1.."));
  CHECK_FALSE(table.advance(kStart + 2900ms));
  CHECK(table.advance(kStart + 3s));
  CHECK(table.rooms().empty());
}

TEST_CASE("News about a room are told, rooms are in order of their names")
{
  LanRoomTable table;
  auto room = announced("Zydeco");
  table.hear(room, kStage, kStart);
  table.hear(announced("Ambient"), kStage, kStart);
  room.members = 5;
  CHECK(table.hear(room, kStage, kStart));
  REQUIRE(table.rooms().size() == 2);
  CHECK(table.rooms().front().room.name == "Ambient");
  CHECK(table.rooms().back().room.members == 5);
}

TEST_CASE("A host on this machine is listed by the address that others can use, too")
{
  LanRoomTable table;
  const auto room = announced("Jazz");
  table.hear(room, kLoopback, kStart);
  CHECK(table.hear(room, kStage, kStart));
  CHECK_FALSE(table.hear(room, kLoopback, kStart));
  CHECK(table.rooms().front().host == "192.168.1.20");
}

TEST_CASE("A room that is heard is not moved by who says it from elsewhere")
{
  LanRoomTable table;
  const auto room = announced("Jazz");
  table.hear(room, kStage, kStart);
  auto copy = room;
  copy.httpPort = 666;
  copy.members = 0;
  CHECK_FALSE(table.hear(copy, kStranger, kStart + 1s));
  REQUIRE(table.rooms().size() == 1);
  CHECK(table.rooms().front().host == "192.168.1.20");
  CHECK(table.rooms().front().room == room);
}

TEST_CASE("A host that has got another address is listed there once it is silent at the old one")
{
  LanRoomTable table;
  const auto room = announced("Jazz");
  table.hear(room, kStage, kStart);
  CHECK_FALSE(table.hear(room, kStranger, kStart + 2s));
  CHECK(table.advance(kStart + 2500ms)); // what was heard from elsewhere keeps nothing alive
  CHECK(table.hear(room, kStranger, kStart + 2500ms));
  REQUIRE(table.rooms().size() == 1);
  CHECK(table.rooms().front().host == "192.168.1.66");
}

TEST_CASE("A flood of rooms fills no memory")
{
  LanRoomTable table;
  for (int i = 0; i < 1000; ++i)
    table.hear(announced("x"), IpAddress::v4({192, 168, 1, static_cast<std::uint8_t>(i % 250)}), kStart);
  CHECK(table.rooms().size() == 64);
}

TEST_CASE("Who announces a thousand rooms does not crowd out the others")
{
  LanRoomTable table;
  for (int i = 0; i < 1000; ++i) table.hear(announced("x"), kLoopback, kStart);
  CHECK(table.rooms().size() == 16);
  CHECK(table.hear(announced("Jazz"), kStage, kStart));
  CHECK(table.rooms().front().room.name == "Jazz");
}
