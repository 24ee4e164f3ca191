#include <Catch.hpp>
#include <PeerTable.hpp>

using namespace tutti;
using namespace tutti::link;
using namespace std::chrono_literals;

namespace {

NodeId named(std::string_view name)
{
  return NodeId::fromBytes(std::as_bytes(std::span{name}));
}

const auto kOne = IpAddress::v4({10, 0, 0, 1});
const auto kTwo = IpAddress::v4({10, 0, 1, 1});
const auto kTwo6 = IpAddress::v6({0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 2);
const auto kSession = named("session");
const auto kOther = named("other");

/// What spec link 10.4 counts: calls that a sighting or a departure would make.
struct Story {
  PeerTable table;
  int memberships = 0;
  int timelines = 0;
  int startStops = 0;

  void sees(std::string_view name, const GatewayAddress& gateway, const NodeId& session = kSession,
            std::int64_t beat = 0)
  {
    PeerTable::Entry entry;
    entry.state.session = session;
    entry.state.timeline.beatOrigin = time::Beats::fromMicroBeats(beat);
    entry.isPingable = true;
    const auto sighting = table.saw({named(name), gateway}, entry);
    memberships += sighting.isMembershipChanged ? 1 : 0;
    timelines += sighting.isNewTimeline ? 1 : 0;
    startStops += sighting.isNewStartStop ? 1 : 0;
  }
  void leaves(std::string_view name, const GatewayAddress& gateway)
  {
    memberships += table.remove({named(name), gateway}) ? 1 : 0;
  }
  void closes(const GatewayAddress& gateway)
  {
    const auto before = table.entries().size();
    table.removeGateway(gateway);
    memberships += table.entries().size() != before ? 1 : 0;
  }
};

PeerTable::Entry heardFrom(const IpAddress& source, HostTime at, std::uint16_t port = 1)
{
  PeerTable::Entry entry;
  entry.state.session = kSession;
  entry.source = {source, port};
  entry.lastHeard = at;
  entry.isPingable = true;
  return entry;
}

NodeId numbered(std::size_t number)
{
  return named(std::to_string(10'000'000 + number));
}

IpAddress host(std::size_t number)
{
  return IpAddress::v4(
    {10, 0, static_cast<std::uint8_t>(number / 250), static_cast<std::uint8_t>(number % 250)});
}

constexpr std::size_t kMostEntries = 1024;
constexpr std::size_t kMostOfOneSource = 256;
constexpr auto kStart = HostTime{} + 1h;

} // namespace

TEST_CASE("A first sighting is news in every way")
{
  Story story;
  story.sees("foo", kOne);
  CHECK(story.memberships == 1);
  CHECK(story.timelines == 1);
  CHECK(story.startStops == 1);
  CHECK(story.table.count(kSession) == 1);
}

TEST_CASE("Who comes and leaves changes the membership twice")
{
  Story story;
  story.sees("foo", kOne);
  story.leaves("foo", kOne);
  CHECK(story.memberships == 2);
  CHECK(story.table.entries().empty());
}

TEST_CASE("One of two leaves, the other remains")
{
  Story story;
  story.sees("foo", kOne);
  story.sees("bar", kOne);
  story.leaves("foo", kOne);
  CHECK(story.memberships == 3);
  CHECK(story.table.find({named("bar"), kOne}));
  CHECK(story.table.entries().size() == 1);
}

TEST_CASE("The same peer on two gateways is one member")
{
  Story story;
  story.sees("foo", kOne);
  story.sees("foo", kTwo);
  story.sees("bar", kOne);
  story.sees("baz", kOne);
  CHECK(story.memberships == 3);
  CHECK(story.table.entries().size() == 4);
  CHECK(story.table.count(kSession) == 3);
}

TEST_CASE("A gateway that closes takes only its own entries along")
{
  Story story;
  story.sees("foo", kTwo);
  story.sees("bar", kTwo);
  story.sees("foo", kOne);
  story.sees("baz", kTwo);
  story.closes(kTwo);
  CHECK(story.memberships == 4);
  CHECK(story.table.entries().size() == 1);
  CHECK(story.table.find({named("foo"), kOne}));
}

TEST_CASE("What was said before, by anyone of the session, is no news")
{
  Story story;
  story.sees("foo", kOne, kSession, 5);
  story.sees("foo", kOne, kSession, 5);
  story.sees("bar", kOne, kSession, 5);
  CHECK(story.timelines == 1);
  CHECK(story.startStops == 1);
  story.sees("baz", kOne, kOther, 5);
  CHECK(story.timelines == 2);
  story.sees("bar", kOne, kSession, 6);
  CHECK(story.timelines == 3);
}

TEST_CASE("Going over to another session is a change of membership")
{
  Story story;
  story.sees("foo", kOne, kSession);
  story.sees("foo", kOne, kOther);
  CHECK(story.memberships == 2);
  CHECK(story.table.count(kSession) == 0);
  CHECK(story.table.count(kOther) == 1);
}

TEST_CASE("When we set the timeline, what the peers said before counts as old")
{
  Story story;
  story.sees("foo", kOne, kSession, 5);
  story.sees("bar", kOne, kOther, 5);
  const time::SessionTimeline ours{time::Tempo::fromBpm(130), time::Beats::fromMicroBeats(9), {}};
  story.table.adoptTimeline(kSession, ours);
  CHECK(story.table.find({named("foo"), kOne})->state.timeline == ours);
  CHECK(story.table.find({named("bar"), kOne})->state.timeline.beatOrigin == time::Beats::fromMicroBeats(5));
  story.sees("foo", kOne, kSession, 5);
  CHECK(story.timelines == 3);
}

TEST_CASE("The founder is measured if it is there, else the first in order")
{
  Story story;
  CHECK_FALSE(story.table.measurable(kSession));
  story.sees("bbb", kTwo6);
  story.sees("bbb", kTwo);
  story.sees("ccc", kOne);
  CHECK(story.table.measurable(kSession) == PeerTable::Key{named("bbb"), kTwo});
  story.sees("session", kTwo6);
  CHECK(story.table.measurable(kSession) == PeerTable::Key{kSession, kTwo6});
  story.sees("session", kTwo);
  CHECK(story.table.measurable(kSession) == PeerTable::Key{kSession, kTwo});
}

TEST_CASE("Who cannot be pinged is not measured")
{
  PeerTable table;
  auto entry = heardFrom(kOne, kStart);
  entry.isPingable = false;
  table.saw({kSession, kOne}, entry);
  CHECK_FALSE(table.measurable(kSession));
  table.saw({named("zzz"), kOne}, heardFrom(kOne, kStart));
  CHECK(table.measurable(kSession) == PeerTable::Key{named("zzz"), kOne});
}

TEST_CASE("A new id from a known source has a former one, on this gateway only")
{
  PeerTable table;
  table.saw({named("old"), kOne}, heardFrom(host(5), kStart, 4711));
  CHECK(table.formerId({named("new"), kOne}, {host(5), 4711}) == PeerTable::Key{named("old"), kOne});
  CHECK_FALSE(table.formerId({named("old"), kOne}, {host(5), 4711}));
  CHECK_FALSE(table.formerId({named("new"), kTwo}, {host(5), 4711}));
  CHECK_FALSE(table.formerId({named("new"), kOne}, {host(5), 4712}));
  CHECK_FALSE(table.formerId({named("new"), kOne}, {host(6), 4711}));
}

TEST_CASE("One source has room for 256 names, of which the longest unheard makes room")
{
  PeerTable table;
  for (std::size_t i = 0; i < kMostOfOneSource; ++i)
    table.saw({numbered(i), kOne}, heardFrom(host(5), kStart + std::chrono::milliseconds{i}));
  table.saw({named("neighbour"), kOne}, heardFrom(host(6), kStart));
  CHECK(table.entries().size() == kMostOfOneSource + 1);

  const auto sighting = table.saw({named("flood"), kOne}, heardFrom(host(5), kStart + 1s));
  CHECK_FALSE(sighting.isRefused);
  CHECK(sighting.evicted == PeerTable::Key{numbered(0), kOne});
  CHECK(table.entries().size() == kMostOfOneSource + 1);
  CHECK_FALSE(table.find({numbered(0), kOne}));
  CHECK(table.find({numbered(1), kOne}));
  CHECK(table.find({named("neighbour"), kOne}));
}

TEST_CASE("All sources together have room for 1024 names")
{
  PeerTable table;
  for (std::size_t i = 0; i < kMostEntries; ++i)
    table.saw({numbered(i), kOne},
              heardFrom(host(i), kStart + std::chrono::milliseconds{(i * 7) % kMostEntries}));
  CHECK(table.entries().size() == kMostEntries);
  table.saw({named("newcomer"), kOne}, heardFrom(host(2000), kStart + 2s));
  CHECK(table.entries().size() == kMostEntries);
  CHECK(table.find({named("newcomer"), kOne}));
  CHECK_FALSE(table.find({numbered(0), kOne}));
}

TEST_CASE("Who was measured stays, and without room the newcomer has to wait")
{
  PeerTable table;
  for (std::size_t i = 0; i < kMostOfOneSource; ++i) {
    table.saw({numbered(i), kOne}, heardFrom(host(5), kStart + std::chrono::milliseconds{i}));
    if (i != 100) table.markMeasured(numbered(i));
  }
  CHECK_FALSE(table.saw({named("first"), kOne}, heardFrom(host(5), kStart + 1s)).isRefused);
  CHECK_FALSE(table.find({numbered(100), kOne}));
  table.markMeasured(named("first"));

  const auto refused = table.saw({named("second"), kOne}, heardFrom(host(5), kStart + 2s));
  CHECK(refused.isRefused);
  CHECK_FALSE(refused.isNewTimeline);
  CHECK_FALSE(refused.isNewStartStop);
  CHECK_FALSE(refused.isMembershipChanged);
  CHECK_FALSE(table.find({named("second"), kOne}));
}

TEST_CASE("Who is known is always heard, however full the table")
{
  PeerTable table;
  for (std::size_t i = 0; i < kMostOfOneSource; ++i) {
    table.saw({numbered(i), kOne}, heardFrom(host(5), kStart));
    table.markMeasured(numbered(i));
  }
  CHECK_FALSE(table.saw({numbered(7), kOne}, heardFrom(host(5), kStart + 1s)).isRefused);
  CHECK(table.find({numbered(7), kOne})->lastHeard == kStart + 1s);
  CHECK(table.find({numbered(7), kOne})->isMeasured);
}

TEST_CASE("A session that is given up leaves the table with all its members")
{
  Story story;
  story.sees("foo", kOne, kOther);
  story.sees("foo", kTwo, kOther);
  story.sees("bar", kOne, kSession);
  const auto members = story.table.removeSession(kOther);
  CHECK(members == std::vector<PeerTable::Key>{{named("foo"), kOne}, {named("foo"), kTwo}});
  CHECK(story.table.count(kOther) == 0);
  CHECK(story.table.count(kSession) == 1);
  CHECK(story.table.entries().size() == 1);
}
