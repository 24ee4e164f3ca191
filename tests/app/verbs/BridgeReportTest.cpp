#include <Catch.hpp>
#include <array>
#include <nlohmann/json.hpp>

#include "verbs/JsonLine.hpp"
#include "verbs/bridge/BridgeReport.hpp"

using namespace tutti;
using namespace tutti::app;

namespace {

bridge::Snapshot someSites()
{
  bridge::SiteSnapshot far;
  far.name = "Lisbon";
  far.path = room::PathKind::direct;
  far.roundTrip = Micros{21'004};
  far.clock = room::ClockSync::Relation{.offsetMicros = -5'202'611'975.4,
                                        .driftPpm = 12.345,
                                        .likelyError = Micros{110},
                                        .bound = Micros{10'502}};
  far.linkPeers = 4;
  far.isInSession = true;
  bridge::SiteSnapshot lost;
  lost.name = "Porto";
  lost.linkPeers = 1;
  bridge::Snapshot snapshot;
  snapshot.session = NodeId{std::array<std::uint8_t, 8>{'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'}};
  snapshot.tempo = time::Tempo::fromBpm(128);
  snapshot.peersHere = 2;
  snapshot.peersTotal = 7;
  snapshot.sites = {far, lost};
  return snapshot;
}

} // namespace

TEST_CASE("All sites are one object, its fields in the agreed order")
{
  CHECK(bridgeJson(hostTime(42), someSites()) ==
        R"({"t":42,"sites":[{"name":"Lisbon","path":"direct","rttMs":21.0,"offsetUs":-5202611975,)"
        R"("boundUs":10502,"driftPpm":12.3,"linkPeers":4},{"name":"Porto","path":"none","rttMs":null,)"
        R"("offsetUs":null,"boundUs":null,"driftPpm":null,"linkPeers":1}],"session":"6162636465666768",)"
        R"("tempo":128.0,"peersHere":2,"peersTotal":7})");
}

TEST_CASE("Without another site there is an empty list")
{
  const auto told = nlohmann::json::parse(bridgeJson(hostTime(42), {}));
  CHECK(told["sites"].is_array());
  CHECK(told["sites"].empty());
  CHECK(told["peersTotal"] == 0);
}

TEST_CASE("What happens to a bridge is an object of its own")
{
  CHECK(eventJson(hostTime(7), "notice", "Say \"hi\"") == R"({"event":"notice","t":7,"text":"Say \"hi\""})");
  CHECK(bridgeJoinedJson(hostTime(7), "Jazz", "Berlin") ==
        R"({"event":"joined","t":7,"room":"Jazz","name":"Berlin"})");
}

TEST_CASE("People see each site's way and how sure its clock is")
{
  CHECK(bridgeText(someSites()) ==
        "128.00 bpm  |  2 Link programs here, 7 in all  |  Lisbon direct 21.0 ms, ± 0.11 ms, at worst ± 10.50"
        "  |  Porto out of reach");
  auto late = someSites();
  late.peersHere = 1;
  late.sites[0].isInSession = false;
  late.sites.pop_back();
  CHECK(
    bridgeText(late) ==
    "128.00 bpm  |  1 Link program here, 7 in all  |  Lisbon direct 21.0 ms, ± 0.11 ms, at worst ± 10.50, "
    "not in our session yet");
  late.sites.clear();
  CHECK(bridgeText(late).ends_with("no other site yet"));
}
