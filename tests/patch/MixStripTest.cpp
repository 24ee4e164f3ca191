#include <tutti/patch/MixStrip.hpp>

#include <Catch.hpp>
#include <Dice.hpp>
#include <numbers>
#include <tutti/patch/DeviceModules.hpp>

#include "Modules.hpp"
#include "Rig.hpp"

using namespace tutti;
using namespace tutti::patch;
using namespace tutti::audio::literals;
using test::Constant;
using test::Rig;

namespace {

using Channel = MixStrip::Channel;
using Tap = MixStrip::Tap;

/// What a strip makes of a steady 1 on the first channel and a steady 0.5 on the second.
struct Stage : Rig {
  explicit Stage(const StripSettings& settings = {})
    : strip{std::make_shared<MixStrip>(group, settings)}
  {
    const auto first = *patch.add(std::make_shared<Constant>(1.0F), "first");
    const auto second = *patch.add(std::make_shared<Constant>(0.5F), "second");
    const auto pair = *patch.add(std::make_shared<Pair>(), "pair");
    const auto mixer = *patch.add(strip, "strip");
    const auto out = *patch.add(std::make_shared<DeviceOutput>(), "out");
    CHECK(patch.connect({first, 0}, {pair, 0}));
    CHECK(patch.connect({second, 0}, {pair, 1}));
    CHECK(patch.connect({pair, 0}, {mixer, 0}));
    CHECK(patch.connect({mixer, 0}, {out, 0}));
    player.play(patch);
    play(50);
  }

  /// Two channels become a pair.
  class Pair final : public Module {
  public:
    [[nodiscard]] std::string_view type() const override { return "pair"; }
    [[nodiscard]] std::vector<Port> inputs() const override { return {{"left", 1}, {"right", 1}}; }
    [[nodiscard]] std::vector<Port> outputs() const override { return {{"out", 2}}; }
    void render(const Rendering& rendering) noexcept TUTTI_NONBLOCKING override
    {
      for (std::size_t channel = 0; channel < 2; ++channel)
        std::copy_n(rendering.ins[channel], rendering.block.frames, rendering.outs[channel]);
    }
  };

  void expect(double left, double right)
  {
    play(50);
    CHECK(last(0) == Approx(left).margin(1e-6));
    CHECK(last(1) == Approx(right).margin(1e-6));
  }

  std::shared_ptr<SoloGroup> group = std::make_shared<SoloGroup>();
  std::shared_ptr<MixStrip> strip;
  Patch patch;
};

} // namespace

TEST_CASE("A strip that nobody has touched changes nothing, to the bit")
{
  Stage stage;
  CHECK(stage.last(0) == 1.0F);
  CHECK(stage.last(1) == 0.5F);
}

TEST_CASE("Linked, the first channel's settings are for both")
{
  Stage stage;
  stage.strip->setGain(Channel::first, audio::Decibels::ofAmplitude(0.5));
  stage.strip->setGain(Channel::second, 20_dB);
  stage.expect(0.5, 0.25);
  stage.strip->setInverted(Channel::first, true);
  stage.expect(-0.5, -0.25);
  stage.strip->setMuted(Channel::second, true);
  stage.expect(-0.5, -0.25);
  stage.strip->setMuted(Channel::first, true);
  stage.expect(0, 0);
}

TEST_CASE("Separate, each channel has its own place")
{
  Stage stage;
  stage.strip->setLinked(false);
  stage.expect(1.5, 1.5); // both in the middle
  stage.strip->setPan(Channel::first, -1);
  stage.strip->setPan(Channel::second, 1);
  stage.expect(std::numbers::sqrt2, 0.5 * std::numbers::sqrt2);
  stage.strip->setMuted(Channel::first, true);
  stage.expect(0, 0.5 * std::numbers::sqrt2);
}

TEST_CASE("Linked, pan is the balance")
{
  Stage stage;
  stage.strip->setPan(Channel::first, 1);
  stage.expect(0, 0.5 * std::numbers::sqrt2);
}

TEST_CASE("Wherever a voice is, its power is the same")
{
  Stage stage;
  stage.strip->setLinked(false);
  stage.strip->setMuted(Channel::second, true);
  for (int step = -10; step <= 10; ++step) {
    stage.strip->setPan(Channel::first, step / 10.0);
    stage.play(50);
    CAPTURE(step);
    CHECK(stage.last(0) * stage.last(0) + stage.last(1) * stage.last(1) == Approx(2));
    CHECK(stage.last(0) >= 0);
    CHECK((step < 0) == (stage.last(0) > stage.last(1)));
  }
}

TEST_CASE("What is no sensible setting becomes the nearest one")
{
  MixStrip strip{std::make_shared<SoloGroup>()};
  strip.setGain(Channel::first, 300_dB);
  strip.setPan(Channel::first, 5);
  CHECK(strip.settings().channels[0].gain == 24_dB);
  CHECK(strip.settings().channels[0].pan == 1);
  strip.setPan(Channel::first, -5);
  CHECK(strip.settings().channels[0].pan == -1);
  strip.setPan(Channel::first, std::nan(""));
  CHECK(strip.settings().channels[0].pan == 0);
  strip.setGain(Channel::first, audio::Decibels::of(std::nan("")));
  CHECK(strip.settings().channels[0].gain == audio::Decibels::silence());
}

SCENARIO("Who is soloed is heard alone")
{
  GIVEN("three strips of a group")
  {
    Stage stage;
    auto other = std::make_unique<MixStrip>(stage.group);
    MixStrip third{stage.group};

    WHEN("another one is soloed")
    {
      other->setSoloed(Channel::first, true);
      THEN("this one is silent, and says why")
      {
        stage.expect(0, 0);
        CHECK(stage.strip->isSilencedBySolo(Channel::first));
        CHECK(stage.strip->isSilencedBySolo(Channel::second));
        CHECK_FALSE(other->isSilencedBySolo(Channel::first));
        CHECK_FALSE(other->isSilencedBySolo(Channel::second)); // linked: the first one's solo is for both
      }
      THEN("this one is heard again when it is soloed too")
      {
        stage.strip->setSoloed(Channel::first, true);
        stage.expect(1, 0.5);
      }
      THEN("this one is heard again when that one is soloed no more")
      {
        other->setSoloed(Channel::first, true);
        other->setSoloed(Channel::first, false);
        stage.expect(1, 0.5);
      }
      THEN("this one is heard again when that one is gone")
      {
        other.reset();
        stage.expect(1, 0.5);
      }
      THEN("muted is muted")
      {
        stage.strip->setSoloed(Channel::first, true);
        stage.strip->setMuted(Channel::first, true);
        stage.expect(0, 0);
      }
    }
    WHEN("one channel of a separate strip is soloed")
    {
      stage.strip->setLinked(false);
      stage.strip->setSoloed(Channel::second, true);
      THEN("its other one is silent")
      {
        stage.expect(0.5, 0.5);
        CHECK(stage.strip->isSilencedBySolo(Channel::first));
        CHECK_FALSE(stage.strip->isSilencedBySolo(Channel::second));
      }
      THEN("linking them makes it count no more, as the first one speaks for both")
      {
        stage.strip->setLinked(true);
        CHECK_FALSE(stage.group->isActive());
        stage.expect(1, 0.5);
      }
    }
    WHEN("a strip was soloed when it was saved")
    {
      StripSettings settings;
      settings.channels[0].isSoloed = true;
      const MixStrip loaded{stage.group, settings};
      THEN("it counts")
      {
        stage.expect(0, 0);
      }
    }
  }
}

TEST_CASE("Whatever is turned, nothing clicks")
{
  Rig rig;
  const test::Sine sine;
  rig.played = sine;
  Patch patch;
  const auto group = std::make_shared<SoloGroup>();
  const auto strip = std::make_shared<MixStrip>(group);
  const auto in = *patch.add(std::make_shared<DeviceInput>(), "in");
  const auto mixer = *patch.add(strip, "strip");
  const auto out = *patch.add(std::make_shared<DeviceOutput>(), "out");
  REQUIRE(patch.connect({in, 0}, {mixer, 0}));
  REQUIRE(patch.connect({mixer, 0}, {out, 0}));
  rig.player.play(patch);
  rig.play(100);
  test::Dice dice{3};
  for (int turn = 0; turn < 500; ++turn) {
    const auto channel = dice.whole(0, 1) == 0 ? Channel::first : Channel::second;
    switch (dice.whole(0, 5)) {
    case 0:
      strip->setGain(channel, audio::Decibels::of(dice.real(-60, 0)));
      break;
    case 1:
      strip->setPan(channel, dice.real(-1, 1));
      break;
    case 2:
      strip->setMuted(channel, dice.whole(0, 1) == 0);
      break;
    case 3:
      strip->setSoloed(channel, dice.whole(0, 1) == 0);
      break;
    case 4:
      strip->setInverted(channel, dice.whole(0, 1) == 0);
      break;
    default:
      strip->setLinked(dice.whole(0, 1) == 0);
    }
    rig.play(static_cast<std::size_t>(dice.whole(0, 10)));
  }
  CHECK(sine.worstClick(rig.heard[0]) < -45); // two channels may turn over at once: four times a single fade
  CHECK(sine.worstClick(rig.heard[1]) < -45);
}

TEST_CASE("The meters say what comes in and what goes out")
{
  Stage stage;
  stage.strip->setGain(Channel::first, -20_dB);
  stage.play(3000);
  CHECK(stage.strip->level(Tap::input, Channel::first).peak.value() == Approx(0).margin(0.01));
  CHECK(stage.strip->level(Tap::input, Channel::second).rms.value() == Approx(-6.02).margin(0.01));
  CHECK(stage.strip->level(Tap::output, Channel::first).rms.value() == Approx(-20).margin(0.01));
  CHECK(stage.strip->level(Tap::output, Channel::second).rms.value() == Approx(-26.02).margin(0.01));
  CHECK(stage.strip->level(Tap::input, Channel::first).hasClipped);
  CHECK_FALSE(stage.strip->level(Tap::input, Channel::second).hasClipped);
  stage.strip->clearClips();
  CHECK_FALSE(stage.strip->level(Tap::input, Channel::first).hasClipped);
}

TEST_CASE("A peak falls as fast at 192 kHz as at 48")
{
  for (const int hertz : {48'000, 96'000, 192'000}) {
    Stage stage;
    stage.rate = audio::SampleRate::fromHertz(hertz);
    stage.strip->setMuted(Channel::first, true);
    stage.play(static_cast<std::size_t>(hertz) / 64 * 3);
    CAPTURE(hertz);
    // Silent after 40 ms, held 1.5 s, then 20 dB a second; at 48 kHz the first blocks count too
    CHECK(stage.strip->level(Tap::output, Channel::second).peak.value() ==
          Approx(-6 - 20 * 1.47).margin(2.5));
  }
}
