#include <Catch.hpp>
#include <tutti/endpoint/Announcement.hpp>

using namespace tutti;
using namespace tutti::endpoint;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;
const IpAddress kStage = IpAddress::v4({192, 168, 1, 20});
const IpAddress kOther = IpAddress::v4({192, 168, 1, 21});
const IpAddress kLoopback = IpAddress::v4({127, 0, 0, 1});

Announcement announced(std::string name, std::uint8_t id = 1)
{
  return {ServerId{{'s', 'e', 'r', 'v', 'e', 'r', '0', id}}, 4711, false, std::move(name)};
}

} // namespace

TEST_CASE("An announcement tells who takes calls, and survives the wire")
{
  auto said = announced("Stage box");
  CHECK(Announcement::parse(said.encode()).value() == said);
  said.isLeaving = true;
  CHECK(Announcement::parse(said.encode()).value() == said);
  const auto bytes = said.encode();
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(Announcement::parse(std::span{bytes}.first(size)));
}

TEST_CASE("What is no announcement of a server is not listed")
{
  auto newer = announced("Stage").encode();
  newer[14] = std::byte{2};
  CHECK(Announcement::parse(newer).error().kind == ErrorKind::unsupported);
  auto portless = announced("Stage");
  portless.port = 0;
  CHECK_FALSE(Announcement::parse(portless.encode()));
  CHECK_FALSE(Announcement::parse(announced("").encode()));
  CHECK_FALSE(Announcement::parse(announced("two\nlines").encode()));
  CHECK_FALSE(Announcement::parse(announced(std::string(65, 'x')).encode()));
  auto longer = announced("Stage").encode();
  longer.push_back(std::byte{0});
  CHECK_FALSE(Announcement::parse(longer));
}

TEST_CASE("A server is listed at once, and goes when it says so or after two seconds of silence")
{
  LanServerTable table;
  CHECK(table.hear(announced("Stage"), kStage, kStart));
  CHECK_FALSE(table.hear(announced("Stage"), kStage, kStart + 500ms));
  REQUIRE(table.servers().size() == 1);
  CHECK(table.servers().front().at == Endpoint{kStage, 4711});
  CHECK_FALSE(table.advance(kStart + 2400ms));
  CHECK(table.advance(kStart + 2500ms));

  table.hear(announced("Stage"), kStage, kStart);
  auto bye = announced("Stage");
  bye.isLeaving = true;
  CHECK_FALSE(table.hear(bye, kOther, kStart)); // nobody can send another away
  CHECK(table.hear(bye, kStage, kStart));
  CHECK(table.servers().empty());
}

TEST_CASE("Nobody takes over another server's name by using its id")
{
  LanServerTable table;
  table.hear(announced("Stage"), kStage, kStart);
  CHECK_FALSE(table.hear(announced("Evil"), kOther, kStart + 100ms));
  CHECK(table.servers().front().at.address == kStage);
}

TEST_CASE("A server on this machine is listed by the address that others can use")
{
  LanServerTable table;
  table.hear(announced("Stage"), kLoopback, kStart);
  CHECK(table.hear(announced("Stage"), kStage, kStart));
  CHECK_FALSE(table.hear(announced("Stage"), kLoopback, kStart));
  CHECK(table.servers().front().at.address == kStage);
}

TEST_CASE("Servers without end fill no memory, and those of one address crowd out nobody")
{
  LanServerTable table;
  for (int i = 0; i < 1000; ++i) {
    ServerId id{{static_cast<std::uint8_t>(i & 255), static_cast<std::uint8_t>(i >> 8)}};
    table.hear({id, 1, false, "x"}, kStage, kStart);
  }
  CHECK(table.servers().size() == LanServerTable::kMostOfOne);
  CHECK(table.hear(announced("Jazz"), kOther, kStart));
  CHECK(table.servers().front().name == "Jazz");
}
