#include <Catch.hpp>
#include <algorithm>
#include <cstdint>
#include <limits>
#include <tutti/room/Chat.hpp>

using namespace tutti;
using namespace tutti::room;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;
constexpr WallTime kWall{std::chrono::seconds{1'700'001'000}};

ChatLine said(const MemberKeys& author, std::uint32_t number, std::string text = "in G, please")
{
  const auto line = ChatLine::say(author, "Anna", number, 1'700'000'000 + number, std::move(text));
  REQUIRE(line);
  return *line;
}

} // namespace

TEST_CASE("What was said is read as it was said, and by whom")
{
  const auto anna = MemberKeys::draw();
  const auto line = said(anna, 1, "two\nlines \u266a");
  CHECK(ChatLine::parse(line.encode()) == line);
}

TEST_CASE("Nobody can put words into another's mouth")
{
  const auto bytes = said(MemberKeys::draw(), 1).encode();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto changed = bytes;
    changed[i] ^= std::byte{1};
    CHECK_FALSE(ChatLine::parse(changed));
  }
}

TEST_CASE("Nobody signs a line with keys of their own in another's name") // spec room R-7
{
  const auto anna = MemberKeys::draw();
  const auto mallory = MemberKeys::draw();
  auto bytes = said(mallory, 1).encode();
  constexpr std::size_t kAuthorAt = 12; // behind what it is for
  std::ranges::copy(anna.id().bytes(), bytes.begin() + kAuthorAt);
  const auto fields = std::span{bytes}.first(bytes.size() - Signature{}.size());
  std::ranges::copy(mallory.sign(fields), bytes.begin() + static_cast<std::ptrdiff_t>(fields.size()));
  const auto line = ChatLine::parse(bytes);
  REQUIRE_FALSE(line);
  CHECK(line.error().kind == ErrorKind::refused);
  const auto claimed = ChatLine::parseUnchecked(bytes);
  REQUIRE(claimed);
  CHECK(claimed->author == anna.id()); // so it would have been hers
}

TEST_CASE("A message has 1 to 500 letters and no control characters")
{
  const auto anna = MemberKeys::draw();
  std::string longest;
  for (int i = 0; i < 500; ++i) longest += "\u266a";
  CHECK(ChatLine::say(anna, "Anna", 1, 0, longest));
  CHECK_FALSE(ChatLine::say(anna, "Anna", 1, 0, longest + "x"));
  CHECK_FALSE(ChatLine::say(anna, "Anna", 1, 0, ""));
  CHECK_FALSE(ChatLine::say(anna, "Anna", 1, 0, "\xff"));
  CHECK_FALSE(ChatLine::say(anna, "Anna", 1, 0, "\x1b[31m"));
}

TEST_CASE("The last 200 lines are kept, each once, in the order in which they were said")
{
  const auto anna = MemberKeys::draw();
  const auto ben = MemberId::draw();
  ChatHistory history;
  for (std::uint32_t i = 250; i > 0; --i) // passed on, newest first
    history.hear(said(anna, i), ben, kStart, kWall);
  REQUIRE(history.lines().size() == 200);
  CHECK(history.lines().front().number == 51);
  CHECK(history.lines().back().number == 250);
  CHECK_FALSE(history.hear(said(anna, 250), ben, kStart, kWall));
}

TEST_CASE("Who talks too much is not heard for a while")
{
  const auto anna = MemberKeys::draw();
  ChatHistory history;
  std::uint32_t heard = 0;
  for (std::uint32_t i = 0; i < 100; ++i)
    heard += history.hear(said(anna, i), anna.id(), kStart, kWall) ? 1U : 0U;
  CHECK(heard == 10);
  CHECK(history.hear(said(anna, 500), anna.id(), kStart + 1s, kWall));
}

TEST_CASE("However wrong a clock is, what it dates is heard")
{
  const auto anna = MemberKeys::draw();
  const auto ben = MemberKeys::draw();
  const auto now = kWall.time_since_epoch().count();
  ChatHistory history;
  std::uint32_t number = 0;
  const auto hear = [&](const MemberKeys& author, std::int64_t saidAt, WallTime wall) {
    const auto line = ChatLine::say(author, "Somebody", ++number, saidAt, "in G, please");
    return history.hear(line.value(), author.id(), kStart, wall);
  };
  CHECK(hear(anna, now + 3600, kWall));
  CHECK(hear(ben, now + 1, kWall + 1s)); // an answer stands behind what it answers
  CHECK(history.lines().back().author == ben.id());
  CHECK(hear(anna, std::numeric_limits<std::int64_t>::max(), kWall + 2s));
  CHECK(hear(ben, now + 3, kWall + 3s));
  CHECK(history.lines().back().author == ben.id());
  CHECK(hear(anna, std::numeric_limits<std::int64_t>::min(), kWall + 4s));
  CHECK(history.lines().front().author == anna.id());
}

TEST_CASE("A list full of lines that are dated ahead is no wall before what is said now")
{
  ChatHistory history;
  const auto ahead = std::numeric_limits<std::int64_t>::max();
  for (std::uint32_t i = 0; i < ChatHistory::kMostLines; ++i) {
    const auto line = ChatLine::say(MemberKeys::draw(), "Nobody", i, ahead, "boo");
    REQUIRE(history.hear(line.value(), MemberId::draw(), kStart, kWall));
  }
  const auto anna = MemberKeys::draw();
  const auto now = kWall + 1s;
  const auto line = ChatLine::say(anna, "Anna", 1, now.time_since_epoch().count(), "in G, please");
  CHECK(history.hear(line.value(), anna.id(), kStart + 1s, now));
  CHECK(history.lines().size() == ChatHistory::kMostLines);
  CHECK(history.lines().back() == line.value());
}

TEST_CASE("Who passes on lines of ever new authors is heard no longer than a newcomer needs")
{
  const auto ben = MemberId::draw();
  ChatHistory history;
  std::uint32_t number = 0;
  const auto passOn = [&](HostTime now) {
    std::size_t heard = 0;
    for (int i = 0; i < 250; ++i) heard += history.hear(said(MemberKeys::draw(), ++number), ben, now, kWall);
    return heard;
  };
  CHECK(passOn(kStart) == ChatHistory::kMostLines);
  CHECK(passOn(kStart + 1min) == 1);
  const auto anna = MemberKeys::draw(); // others are heard as ever
  CHECK(history.hear(said(anna, ++number), anna.id(), kStart + 1min, kWall));
  CHECK(history.hear(said(MemberKeys::draw(), ++number), MemberId::draw(), kStart + 1min, kWall));
}
