#include <Catch.hpp>

#include "Clicks.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using test::ChannelSimulation;
using test::Clicks;
using test::SessionStory;
using Setup = ChannelSimulation::Setup;

namespace {

/// Runs a story; each click that is heard must be on a beat, and there must be as many as beats.
struct Trial {
  Trial(const Setup& setup, const SessionStory& story, double seconds)
    : simulation{setup, story, Clicks::signal(), clicks.ear()}
  {
    simulation.runUntil(seconds);
    snapshot = simulation.look();
    for (const auto& click : clicks.heard) worst = std::max(worst, std::abs(click.offBeat));
    INFO(worst);
  }

  Clicks clicks;
  ChannelSimulation simulation;
  SourceSnapshot snapshot;
  double worst = 0; // ms
};

Setup inBeats(int beats)
{
  Setup setup;
  setup.placement = Placement::inBeats(beats);
  return setup;
}

} // namespace

TEST_CASE("What was played on a beat is heard on a beat, so many beats later")
{
  for (const int beats : {1, 2, 4}) {
    const Trial trial{inBeats(beats), SessionStory{120}, 20};
    CAPTURE(beats, trial.worst);
    CHECK(trial.worst < 0.1);
    CHECK(trial.clicks.heard.size() >= 36U - static_cast<std::size_t>(beats));
    CHECK(trial.snapshot.lag == Approx(beats).margin(0.001));
    CHECK(trial.snapshot.gaps == 0);
    CHECK(trial.snapshot.late == 0);
    CHECK(trial.snapshot.tempo.bpm() == Approx(120));
  }
}

TEST_CASE("At any block, at any of the usual rates")
{
  for (const std::size_t block : {16U, 48U, 256U, 1024U, 2048U})
    for (const auto& rates :
         {std::pair{44'100, 48'000}, std::pair{48'000, 44'100}, std::pair{96'000, 48'000}}) {
      auto setup = inBeats(1);
      setup.block = block;
      setup.deviceBlock = block == 16 ? 2048 : block / 2;
      setup.senderRate = rates.first;
      setup.deviceRate = rates.second;
      const Trial trial{setup, SessionStory{97.3}, 12};
      CAPTURE(block, rates.first, rates.second, trial.worst, trial.snapshot.gaps);
      CHECK(trial.worst < 0.2);
      CHECK(trial.clicks.heard.size() >= 15);
      CHECK(trial.snapshot.gaps == 0);
    }
}

TEST_CASE("Through changes of the tempo from 60 to 180 and back, whenever each side notices")
{
  for (const std::size_t block : {16U, 64U, 512U, 2048U})
    for (const auto& late : {std::pair{0.0, 0.0}, std::pair{0.03, 0.01}, std::pair{0.005, 0.05}}) {
      SessionStory story{60};
      story.changeTempo(6.4, 180);
      story.changeTempo(11.4166, 60);
      auto setup = inBeats(1);
      setup.block = block;
      setup.deviceBlock = 64;
      setup.noticesAfter = late.first;
      setup.deviceNoticesAfter = late.second;
      const Trial sending{setup, story, 20};
      CAPTURE(block, late.first, late.second, sending.worst);
      CHECK(sending.worst < 1);
      CHECK(sending.clicks.heard.size() >= 24);
      std::swap(setup.block, setup.deviceBlock);
      const Trial receiving{setup, story, 20};
      CAPTURE(receiving.worst);
      CHECK(receiving.worst < 1);
      CHECK(receiving.clicks.heard.size() >= 24);
    }
}

TEST_CASE("Through jumps of the beat in both directions")
{
  SessionStory story{120};
  story.jump(5.3, 2.375);
  story.jump(9.8, -7.6);
  story.jump(14.1, 0.06); // a nudge
  for (const std::size_t block : {64U, 1024U}) {
    auto setup = inBeats(2);
    setup.block = block;
    setup.deviceNoticesAfter = 0.02;
    const Trial trial{setup, story, 20};
    CAPTURE(block, trial.worst);
    CHECK(trial.worst < 1);
    CHECK(trial.clicks.heard.size() >= 24);
  }
}

TEST_CASE("Devices that drift apart stay on the beat")
{
  auto setup = inBeats(1);
  setup.senderPpm = 300;
  setup.devicePpm = -300;
  const Trial trial{setup, SessionStory{120}, 60};
  CAPTURE(trial.worst);
  CHECK(trial.worst < 0.6); // while it is found out
  for (const auto& click : trial.clicks.heard)
    if (click.at > 20) CHECK(std::abs(click.offBeat) < 0.05);
  CHECK(trial.snapshot.gaps == 0);
}

TEST_CASE("Another number of beats takes over at once")
{
  auto setup = inBeats(1);
  Clicks clicks;
  ChannelSimulation simulation{setup, SessionStory{120}, Clicks::signal(), clicks.ear()};
  simulation.runUntil(8.25);
  simulation.source.setPlacement(Placement::inBeats(4), ChannelSimulation::host(8.25e6));
  simulation.runUntil(14.25);
  CHECK(simulation.look().lag == Approx(4).margin(0.001));
  simulation.source.setPlacement(Placement::inBeats(2), ChannelSimulation::host(14.25e6));
  simulation.runUntil(20);
  CHECK(simulation.look().lag == Approx(2).margin(0.001));
  CHECK(simulation.look().gaps == 0);
  for (const auto& click : clicks.heard) CHECK(std::abs(click.offBeat) < 0.2);
  CHECK(clicks.heard.size() >= 36);
}

TEST_CASE("Beats that come too late for the wish are told as late, not heard off the beat")
{
  auto setup = inBeats(1);
  setup.travel = 700'000; // a beat is 500 ms
  const Trial trial{setup, SessionStory{120}, 8};
  CHECK(trial.clicks.heard.empty());
  CHECK_FALSE(trial.snapshot.isSounding);
  auto longer = inBeats(2);
  longer.travel = 700'000;
  const Trial heard{longer, SessionStory{120}, 8};
  CHECK(heard.clicks.heard.size() >= 10);
  CHECK(heard.worst < 0.2);
}

TEST_CASE("A pause of the stream is a pause, and what comes after it is on the beat")
{
  auto setup = inBeats(1);
  Clicks clicks;
  ChannelSimulation simulation{setup, SessionStory{120}, Clicks::signal(), clicks.ear()};
  simulation.runUntil(5.2);
  simulation.sink.setHeard(false);
  simulation.runUntil(9.1);
  CHECK_FALSE(simulation.look().hasSignal);
  simulation.sink.setHeard(true);
  simulation.runUntil(15);
  CHECK(simulation.look().hasSignal);
  for (const auto& click : clicks.heard) CHECK(std::abs(click.offBeat) < 0.2);
  CHECK(clicks.heard.size() >= 17);
}
