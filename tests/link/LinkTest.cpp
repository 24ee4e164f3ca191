// A Link object as a program sees it that is alone.
#include "LinkPair.hpp"

using namespace tutti::test;

TEST_CASE("A Link object begins alone, disabled, at its tempo")
{
  const Link link{100_bpm};
  CHECK_FALSE(link.isEnabled());
  CHECK_FALSE(link.followsStartStop());
  CHECK(link.peerCount() == 0);
  CHECK(link.captureApp().tempo() == 100_bpm);
  CHECK_FALSE(link.captureApp().isPlaying());
  CHECK(link.status().gateways.empty());
  CHECK(Link{1_bpm}.captureApp().tempo() == 20_bpm);
  CHECK(Link{100000_bpm}.captureApp().tempo() == 999_bpm);
}

TEST_CASE("What was committed is captured at once")
{
  Link link{100_bpm};
  for (int i = 0; i < 200; ++i) {
    setTempo(link, 60 + i);
    REQUIRE(link.captureApp().tempo().bpm() == 60 + i);
    setPlaying(link, i % 2 == 0);
    REQUIRE(link.captureApp().isPlaying() == (i % 2 == 0));
  }
}

TEST_CASE("Callbacks come for changes, not for repetitions")
{
  Heard<double> tempi;
  Heard<bool> starts;
  Link link{100_bpm};
  link.onTempo([&](Tempo tempo) { tempi(tempo.bpm()); });
  link.onStartStop([&](bool isPlaying) { starts(isPlaying); });

  auto state = link.captureApp();
  state.setTempo(50_bpm, HostClock::now());
  state.startPlaying(HostClock::now());
  link.commitApp(state);
  state = link.captureApp();
  state.requestBeatAtTime(17_beats, HostClock::now(), 4_beats);
  state.startPlaying(HostClock::now());
  link.commitApp(state);
  setTempo(link, 51);
  REQUIRE(eventually([&] { return tempi.values().size() >= 2; }));
  CHECK(tempi.values() == std::vector<double>{50, 51});
  CHECK(starts.values() == std::vector<bool>{true});
}

TEST_CASE("A callback may capture and commit itself, and be replaced")
{
  Heard<double> tempi;
  Link link{100_bpm};
  link.onTempo([&](Tempo tempo) {
    tempi(tempo.bpm());
    if (link.captureApp().tempo() == tempo && tempo.bpm() < 105) setTempo(link, tempo.bpm() + 1);
    if (tempo.bpm() >= 105) link.onTempo({});
  });
  setTempo(link, 101);
  CHECK(eventually([&] { return tempi.values() == std::vector<double>{101, 102, 103, 104, 105}; }));
}
