#include <Catch.hpp>

#include "verbs/endpoint/EndpointReport.hpp"

using namespace tutti;
using namespace tutti::app;
using Kind = engine::EndpointEvent::Kind;

namespace {

engine::EndpointSnapshot someSnapshot()
{
  engine::EndpointStreamSnapshot pair{"Pair", {.rate = 44'100, .type = endpoint::SampleType::i24}, {}};
  pair.heard.packets = 1000;
  pair.heard.lost = 3;
  pair.heard.bytes.frames = 32'000;
  pair.heard.playout.isPlaying = true;
  pair.heard.playout.gaps = 2;
  pair.heard.playout.concealed = 96;
  pair.heard.playout.late = 32;
  pair.heard.playout.driftPpm = -12.34;
  pair.heard.playout.playout = Micros{2'504};
  pair.heard.playout.resampler = Micros{250};
  engine::EndpointSnapshot snapshot;
  snapshot.device.isRunning = true;
  snapshot.device.name = "a steady clock";
  snapshot.device.frames = 64;
  snapshot.device.deviceOut = Micros{1'333};
  snapshot.peers.push_back({engine::EndpointPeerSnapshot::Role::server, "Stage", true, {pair}, 77});
  snapshot.peers.push_back({engine::EndpointPeerSnapshot::Role::client, "Laptop", false, {}, 0});
  return snapshot;
}

} // namespace

TEST_CASE("Each second is one object, its fields in the agreed order")
{
  CHECK(endpointSecondJson(hostTime(42), someSnapshot()) ==
        R"({"t":42,"deviceRunning":true,"xruns":0,"peers":[{"name":"Stage","role":"server","running":true,)"
        R"("sent":77,"streams":[{"name":"Pair","rate":44100.0,"channels":2,"type":"i24","playing":true,)"
        R"("packets":1000,"frames":32000,"lost":3,"late":32,"gaps":2,"concealed":96,"driftPpm":-12.3,)"
        R"("delayMs":{"playout":2.5,"resampler":0.25,"deviceOut":1.33,"total":4.09}}]},)"
        R"({"name":"Laptop","role":"client","running":false,"sent":0,"streams":[]}]})");
}

TEST_CASE("What happens is an object of its own")
{
  CHECK(endpointEventJson({Kind::refused, hostTime(7), "Stage", "Too \"slow\"."}) ==
        R"({"event":"refused","t":7,"name":"Stage","text":"Too \"slow\"."})");
  CHECK(endpointEventJson({Kind::found, hostTime(8), "Stage", "10.0.0.1:4711"}) ==
        R"({"event":"found","t":8,"name":"Stage","text":"10.0.0.1:4711"})");
}

TEST_CASE("The first object says where a server is called, and nothing where none is")
{
  auto snapshot = someSnapshot();
  snapshot.port = 4711;
  CHECK(
    endpointReadyJson(hostTime(1), "Box", snapshot) ==
    R"({"event":"ready","t":1,"name":"Box","port":4711,"device":"a steady clock","rate":48000,"frames":64})");
  snapshot.port = 0;
  CHECK(endpointReadyJson(hostTime(1), "Box", snapshot).find(R"("port":null)") != std::string::npos);
}

TEST_CASE("People read all streams on one line, and a sentence for what happens")
{
  CHECK(endpointSecondText(someSnapshot()) == "Stage, Pair 4.1 ms 2 gaps  |  Laptop rests");
  CHECK(endpointSecondText({}) == "Nobody is connected");
  CHECK(endpointEventText({Kind::left, {}, "Stage", "The server has fallen silent."}) ==
        "Stage is not connected. The server has fallen silent.");
  CHECK(endpointEventText({Kind::left, {}, {}, "It never said hello."}) ==
        "Somebody is not connected. It never said hello.");
  CHECK(endpointEventText({Kind::met, {}, "Stage", {}}).empty());
}
