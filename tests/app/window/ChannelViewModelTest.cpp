#include "ChannelViewModel.hpp"

#include <chrono>
#include <cmath>

#include <Catch.hpp>

#include "PreparedJams.hpp"
#include "window/Band.hpp"

using namespace std::chrono_literals;
using namespace tutti;

namespace {

/// The second channel of Anna's strip, a clock that stands still, and the last wish about the gain.
struct Hand {
  HostTime now = hostTime(5'000'000);
  app::Wishes wishes;
  app::ChannelViewModel channel{jam::StripId::of({"anna"}), 1, wishes, [this] { return now; }};
  std::vector<double> gains;
  jam::StripId strip;
  int number = -1;

  Hand()
  {
    QObject::connect(&wishes, &app::Wishes::gainWanted,
                     [this](const jam::StripId& of, int which, double gain) {
                       strip = of;
                       number = which;
                       gains.push_back(gain);
                     });
  }

  void show(double gain, Micros later)
  {
    jam::ChannelSnapshot snapshot;
    snapshot.gain = audio::Decibels::of(gain);
    channel.show(snapshot, now + later);
  }
};

} // namespace

SCENARIO("A wish names strip, channel and decibels")
{
  Hand hand;
  hand.channel.askGain(-3.04);
  CHECK(hand.strip == jam::StripId::of({"anna"}));
  CHECK(hand.number == 1);
  CHECK(hand.gains == std::vector<double>{-3.0});
}

SCENARIO("A fader does not jump back under the hand")
{
  Hand hand;
  hand.channel.askGain(-6);
  hand.show(0, 30ms); // was on its way
  CHECK(hand.channel.gain() == -6);
  hand.show(-6, 60ms);
  hand.show(-9, 90ms); // somebody else's doing
  CHECK(hand.channel.gain() == -9);
}

SCENARIO("A gain stays on the scale")
{
  Hand hand;
  hand.channel.askGain(40);
  CHECK(hand.channel.gain() == 10);
  hand.channel.askGain(-61);
  CHECK(std::isinf(hand.channel.gain()));
  THEN("a step up from silence is heard again")
  {
    hand.channel.nudgeGain(1);
    CHECK(hand.channel.gain() == -60);
  }
}

SCENARIO("The same wish twice is one wish")
{
  Hand hand;
  hand.channel.askGain(-6);
  hand.channel.askGain(-6.01);
  CHECK(hand.gains.size() == 1);
}

SCENARIO("Pan is read as musicians say it")
{
  Hand hand;
  CHECK(hand.channel.panText() == "Centre");
  hand.channel.askPan(-0.2);
  CHECK(hand.channel.panText() == "L\u00a020");
  hand.channel.askPan(7);
  CHECK(hand.channel.panText() == "R\u00a0100");
}

SCENARIO("A channel that others have silenced by their solo says so, each change once")
{
  Hand hand;
  int changes = 0;
  QObject::connect(&hand.channel, &app::ChannelViewModel::isSilencedChanged, [&] { ++changes; });
  jam::ChannelSnapshot snapshot;
  hand.channel.show(snapshot, hand.now);
  CHECK_FALSE(hand.channel.isSilenced());
  snapshot.isSilenced = true;
  hand.channel.show(snapshot, hand.now);
  hand.channel.show(snapshot, hand.now);
  CHECK(hand.channel.isSilenced());
  CHECK_FALSE(hand.channel.isMuted());
  CHECK(changes == 1);
}

SCENARIO("A solo is ended once, and stays ended while the engine's word is on its way")
{
  HostTime now = hostTime(5'000'000);
  app::Band band{[&] { return now; }};
  int ended = 0;
  QObject::connect(band.wishes(), &app::Wishes::soloEnded, [&] { ++ended; });
  band.endSolo(); // nobody is soloed
  CHECK(ended == 0);
  band.show(prepared::jamNamed("solo", now));
  CHECK(band.isSoloActive());
  CHECK(band.metronome()->strip()->first()->isSilenced());
  CHECK_FALSE(band.master()->first()->isSilenced());
  CHECK_FALSE(band.own()->strip()->first()->isSilenced());
  band.endSolo();
  band.endSolo();
  CHECK(ended == 1);
  now += 30ms;
  band.show(prepared::jamNamed("solo", now)); // as it was
  CHECK_FALSE(band.isSoloActive());
  now += 1s;
  band.show(prepared::jamNamed("solo", now));
  CHECK(band.isSoloActive()); // it was not to be
}

SCENARIO("The highest level stays until it is cleared")
{
  app::LevelViewModel level;
  level.show({.peak = audio::Decibels::of(-6), .rms = audio::Decibels::of(-12), .hasClipped = false});
  level.show({.peak = audio::Decibels::of(-20), .rms = audio::Decibels::of(-30), .hasClipped = false});
  CHECK(level.highestText() == "−6.0");
  level.show({.peak = audio::Decibels::of(-20), .rms = audio::Decibels::of(-30), .hasClipped = true});
  CHECK(level.highestText() == "Clip");
  level.clear();
  CHECK(level.highestText() == "−20.0");
}
