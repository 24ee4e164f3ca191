#include <Catch.hpp>
#include <span>
#include <string>
#include <tutti/room/Talk.hpp>
#include <vector>

using namespace tutti;
using namespace tutti::room;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;
constexpr std::int64_t kSaidAt = 1'700'000'000;
constexpr WallTime kWall{std::chrono::seconds{kSaidAt + 10}};
constexpr std::size_t kHead = 3; // what kind of message it is, and for whom

ChatLine said(const MemberKeys& author, std::uint32_t number, std::string text)
{
  const auto line = ChatLine::say(author, "Anna", number, kSaidAt + number, std::move(text));
  REQUIRE(line);
  return *line;
}

/// Anna says, Ben hears.
struct Room {
  MemberKeys anna = MemberKeys::draw();
  MemberKeys ben = MemberKeys::draw();
  Talk annas;
  Talk bens;
  Talk::Partner annaAtBens;

  std::optional<MemberId> hear(const ByteString& packet, HostTime at)
  {
    ByteReader in{std::span{packet}.subspan(kHead)};
    return bens.hear(annaAtBens, in, anna.id(), ben.id(), at, kWall);
  }
};

} // namespace

TEST_CASE("A line is said thrice, and heard once")
{
  Room room;
  int heard = 0;
  int packets = 0;
  const auto take = [&](const std::vector<ByteString>& all, HostTime at) {
    for (const auto& packet : all) {
      ++packets;
      if (room.hear(packet, at)) ++heard;
    }
  };
  take(room.annas.say(said(room.anna, 1, "in G, please"), room.anna.id(), kStart), kStart);
  CHECK(heard == 1);
  while (room.annas.nextDeadline() != HostTime::max()) {
    const auto due = room.annas.nextDeadline();
    take(room.annas.advance(due), due);
  }
  CHECK(packets == 3);
  CHECK(heard == 1);
  REQUIRE(room.bens.history().lines().size() == 1);
  CHECK(room.bens.history().lines().front().text == "in G, please");
}

TEST_CASE("A line that is longer than a packet is heard when its last part is there, in whatever order")
{
  Room room;
  std::string text;
  for (std::size_t i = 0; i < ChatLine::kMostCharacters; ++i) text += "\u266a";
  auto packets = room.annas.say(said(room.anna, 1, text), room.anna.id(), kStart);
  REQUIRE(packets.size() == 2);
  CHECK_FALSE(room.hear(packets[1], kStart));
  CHECK_FALSE(room.hear(packets[1], kStart));
  CHECK(room.hear(packets[0], kStart) == room.anna.id());
}

TEST_CASE("What is cut short, has no parts, or more than a line needs, is nothing")
{
  Room room;
  const auto whole = room.annas.say(said(room.anna, 1, "in G"), room.anna.id(), kStart).front();
  for (std::size_t size = kHead; size < whole.size(); ++size)
    CHECK_FALSE(room.hear({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)}, kStart));
  for (const auto count : {0, 4, 255}) {
    auto odd = whole;
    odd[kHead + 3] = static_cast<std::byte>(count);
    CHECK_FALSE(room.hear(odd, kStart));
  }
  CHECK(room.hear(whole, kStart) == room.anna.id());
}

TEST_CASE("Nobody is told what they are said to have said themselves")
{
  Room room;
  const auto packets = room.annas.say(said(room.ben, 1, "I?"), room.anna.id(), kStart);
  CHECK_FALSE(room.hear(packets.front(), kStart));
  CHECK(room.bens.history().lines().empty());
}

TEST_CASE("Who comes later hears all that was said, no faster than twenty packets a second")
{
  Room room;
  constexpr std::size_t kLines = 10; // as many as may be said at once
  for (std::uint32_t i = 1; i <= kLines; ++i)
    room.annas.say(said(room.anna, i, "line " + std::to_string(i)), room.anna.id(), kStart);
  REQUIRE(room.annas.history().lines().size() == kLines);
  Talk::Partner newcomer;
  CHECK(newcomer.nextDeadline() == HostTime::max());
  newcomer.tell(room.annas.history());
  auto now = kStart;
  std::size_t packets = 0;
  for (; newcomer.nextDeadline() != HostTime::max() && now < kStart + 1min; now += 50ms)
    for (const auto& packet : newcomer.advance(5, now)) {
      ++packets;
      room.hear(packet, now);
    }
  CHECK(packets == 3 * kLines);
  CHECK(now >= kStart + 1s);
  CHECK(room.bens.history().lines().size() == kLines);
}
