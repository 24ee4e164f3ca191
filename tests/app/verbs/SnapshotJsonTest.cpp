#include "verbs/link/SnapshotJson.hpp"

#include <nlohmann/json.hpp>

#include <Catch.hpp>

#include "SnapshotOf.hpp"

namespace tutti::app {
namespace {

using Events = std::vector<std::string_view>;
using namespace time::literals;

engine::Snapshot joined()
{
  auto snapshot = snapshotOf(122, hostTime(12'345'678'901));
  snapshot.isPlaying = true;
  snapshot.link.isEnabled = true;
  snapshot.link.peerCount = 2;
  snapshot.link.node = NodeId{{0, 1, 2, 3, 4, 5, 6, 0xff}};
  snapshot.link.session = NodeId{{'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'}};
  snapshot.link.sessionOffset = Micros{-3'644'404'535};
  snapshot.link.estimate = link::Estimate{Micros{-3'644'404'535}, Micros{12}, Micros{99}, 150};
  return snapshot;
}

} // namespace

TEST_CASE("A moment of the session is one JSON object, word for word")
{
  CHECK(
    encodeJson(joined(), "second") ==
    R"({"t":12345678901,"enabled":true,"peers":2,"tempo":122.000000,"beat":25102.894657,"phase":2.894657,)"
    R"("quantum":4.000000,"playing":true,"startStopSync":false,"session":"4142434445464748",)"
    R"("node":"00010203040506ff","offsetUs":-3644404535,"spreadUs":12,"event":"second"})");
}

TEST_CASE("A founder has no spread")
{
  auto snapshot = joined();
  snapshot.link.estimate.reset();
  CHECK(nlohmann::json::parse(encodeJson(snapshot, "second"))["spreadUs"].is_null());
}

TEST_CASE("Beats keep six decimals on either side of zero")
{
  const auto beat = [](std::int64_t micros) {
    const auto text = encodeJson(snapshotOf(60, hostTime(micros), 1_beats), "second");
    const auto from = text.find("\"beat\":") + 7;
    return text.substr(from, text.find(',', from) - from);
  };
  CHECK(beat(0) == "0.000000");
  CHECK(beat(1) == "0.000001");
  CHECK(beat(-1) == "-0.000001");
  CHECK(beat(-1'500'000) == "-1.500000");
  CHECK(beat(987'654'321'012'345) == "987654321.012345");
}

TEST_CASE("Whatever the moment, it is proper JSON")
{
  for (const auto micros :
       {std::numeric_limits<std::int64_t>::min(), std::int64_t{0}, std::numeric_limits<std::int64_t>::max()})
    for (const auto bpm : {20.0, 122.00006913, 999.0})
      CHECK_NOTHROW(nlohmann::json::parse(encodeJson(snapshotOf(bpm, hostTime(micros)), "tempo")));
}

TEST_CASE("Nothing happened between two moments of the same session")
{
  auto later = joined();
  later.at += Micros{500'000};
  later.link.sessionOffset += Micros{3};
  CHECK(eventsBetween(joined(), later).empty());
}

TEST_CASE("A tempo that only lost its last digits on the wire is no change")
{
  const auto before = snapshotOf(122);
  const auto after = snapshotOf(time::Tempo::fromMicrosPerBeat((122_bpm).microsPerBeat()).bpm());
  CHECK(eventsBetween(before, after).empty());
  CHECK(eventsBetween(before, snapshotOf(122.01)) == Events{"tempo"});
}

TEST_CASE("Each change has its word")
{
  const auto before = joined();
  auto after = before;
  after.link.isEnabled = false;
  CHECK(eventsBetween(before, after) == Events{"disabled"});
  CHECK(eventsBetween(after, before) == Events{"enabled"});

  after = before;
  after.link.session = NodeId{};
  after.link.peerCount = 0;
  CHECK(eventsBetween(before, after) == Events{"session", "peers"});

  after = before;
  after.link.followsStartStop = true;
  after.grid = snapshotOf(122, {}, 3_beats).grid;
  after.isPlaying = false;
  CHECK(eventsBetween(before, after) == Events{"quantum", "sync", "stop"});
  CHECK(eventsBetween(after, before) == Events{"quantum", "sync", "start"});
}

} // namespace tutti::app
