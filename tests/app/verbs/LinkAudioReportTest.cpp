#include <Catch.hpp>

#include "verbs/linkaudio/LinkAudioReport.hpp"

using namespace tutti;
using namespace tutti::app;
using Kind = engine::LinkSoundEvent::Kind;

namespace {

NodeId named(std::string_view name)
{
  return NodeId::fromBytes(std::as_bytes(std::span{name}));
}

const linkaudio::Channel kDrums{{named("drums")}, "Drums", named("ana"), "Ana"};

/// Beat zero at 1 s, 120 bpm.
linkaudio::SessionGrid grid()
{
  return {named("session"), {time::Tempo::fromBpm(120), {}, hostTime(1'000'000)}};
}

engine::LinkSoundSnapshot someSnapshot()
{
  engine::HeardSnapshot heard{kDrums, true, {}};
  heard.sound.hasSignal = heard.sound.isSounding = true;
  heard.sound.frames = 48'000;
  heard.sound.lost = 2;
  heard.sound.gaps = 1;
  heard.sound.concealed = 96;
  heard.sound.rate = audio::SampleRate::fromHertz(44'100);
  heard.sound.channels = 2;
  heard.sound.begin = time::Beats::fromDouble(7.5);
  heard.sound.lag = 1;
  heard.sound.delay = Micros{7'504};
  engine::LinkSoundSnapshot snapshot;
  snapshot.device.isRunning = true;
  snapshot.device.name = "a steady clock";
  snapshot.device.frames = 64;
  snapshot.peers = 1;
  snapshot.grid = grid();
  snapshot.published.push_back({"Click", {named("click")}, true, {96'000, 400, 0, 0.5F}});
  snapshot.heard.push_back(heard);
  snapshot.recorded = engine::RecordedMoment{4800, hostTime(1'100'000)};
  return snapshot;
}

} // namespace

TEST_CASE("Each second of the session's sound is one object, its fields in the agreed order")
{
  CHECK(
    linkAudioSecondJson(hostTime(2'000'000), someSnapshot()) ==
    R"({"t":2000000,"peers":1,"tempo":120.0,"beat":2.0,"deviceRunning":true,"xruns":0,"published":[)"
    R"({"name":"Click","id":"636c69636b000000","heard":true,"frames":96000,"datagrams":400,"dropped":0}],)"
    R"("heard":[{"peer":"Ana","name":"Drums","id":"6472756d73000000","peerId":"616e610000000000",)"
    R"("state":"sounding","frames":48000,"lost":2,"late":0,"gaps":1,"concealed":96,"rate":44100,"channels":2,)"
    R"("tempo":120.0,"begin":7.5,"lagBeats":1.0,"delayMs":7.5,"driftPpm":0.0,"repeated":0,"refused":0}],)"
    R"("recorded":{"frame":4800,"t":1100000},"refused":0})");
}

TEST_CASE("What changes in the session is an object of its own")
{
  CHECK(linkAudioEventJson({Kind::channels, hostTime(7), {kDrums}, {}, {}}) ==
        R"({"event":"channels","t":7,"channels":[{"peer":"Ana","name":"Drums","id":"6472756d73000000",)"
        R"("peerId":"616e610000000000"}]})");
  CHECK(linkAudioEventJson({Kind::beats, hostTime(1'500'000), {}, grid(), {}}) ==
        R"({"event":"beats","t":1500000,"session":"73657373696f6e00","tempo":120.0,"beat":1.0,)"
        R"("zeroAt":1000000,"microsPerBeat":500000})");
  CHECK(linkAudioEventJson({Kind::problem, hostTime(7), {}, {}, "Too \"loud\"."}) ==
        R"({"event":"problem","t":7,"text":"Too \"loud\"."})");
}

TEST_CASE("A person reads which channels there are, and how each fares")
{
  CHECK(linkAudioEventText({Kind::channels, hostTime(7), {kDrums}, {}, {}}) == "Channels:\n  Ana/Drums");
  CHECK(linkAudioEventText({Kind::channels, hostTime(7), {}, {}, {}}) == "Nobody publishes a channel.");
  CHECK(linkAudioEventText({Kind::beats, hostTime(7), {}, grid(), {}}).empty());
  CHECK(linkAudioSecondText(someSnapshot()) ==
        "1 peer  120.00 bpm  |  Click is heard  |  Ana Drums: sounding 7.5 ms 1 gap");
  auto snapshot = someSnapshot();
  snapshot.network.gateways.push_back({"eth0", IpAddress::v4({10, 0, 0, 1}), false, "It is taken."});
  CHECK(linkAudioSecondText(snapshot).ends_with("|  It is taken."));
}
