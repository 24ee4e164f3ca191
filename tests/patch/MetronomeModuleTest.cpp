#include <tutti/patch/MetronomeModule.hpp>

#include <Catch.hpp>
#include <algorithm>
#include <tutti/patch/DeviceModules.hpp>

#include "Rig.hpp"

using namespace tutti;
using namespace tutti::patch;
using namespace tutti::time::literals;

TEST_CASE("A click is heard on both sides, on the beat")
{
  test::Rig rig;
  Patch patch;
  const auto metronome = *patch.add(std::make_shared<MetronomeModule>(), "click");
  const auto out = *patch.add(std::make_shared<DeviceOutput>(), "out");
  REQUIRE(patch.connect({metronome, 0}, {out, 0}));
  // Frame 0 is heard at 1.01 s; the first beat is one second later
  rig.player.setBeatGrid({{120_bpm, 0_beats, hostTime(2'010'000)}, 4_beats, true});
  auto settings = audio::MetronomeSettings{};
  settings.countIn = audio::MetronomeSettings::CountIn::silent;
  std::static_pointer_cast<MetronomeModule>(patch.find(metronome)->module)->set(settings);
  rig.player.play(patch);
  rig.play(1000);
  const auto onset = [&](std::size_t channel) {
    const auto& heard = rig.heard[channel];
    return std::find_if(heard.begin(), heard.end(), [](float sample) { return sample != 0.0F; }) -
           heard.begin();
  };
  CHECK(onset(0) == 48'000);
  CHECK(onset(1) == 48'000);
}

TEST_CASE("A metronome's settings survive as parameters")
{
  audio::MetronomeSettings settings;
  settings.level = audio::Gain::ofFactor(0.7F);
  settings.sounds = audio::MetronomeSettings::Sounds::always;
  settings.countIn = audio::MetronomeSettings::CountIn::silent;
  settings.accents[0] = audio::Stress::silent;
  settings.accents[3] = audio::Stress::soft;
  settings.accents[63] = audio::Stress::strong;
  const MetronomeModule saved{settings};
  const auto made = MetronomeModule::make({.id = {1},
                                           .type = "metronome",
                                           .name = {},
                                           .inputs = {},
                                           .outputs = {},
                                           .parameters = saved.parameters()});
  REQUIRE(made);
  CHECK((*made)->parameters() == saved.parameters());
  const auto& loaded = std::static_pointer_cast<MetronomeModule>(*made)->settings();
  CHECK(loaded.accents == settings.accents);
  CHECK(loaded.sounds == settings.sounds);
  CHECK(loaded.countIn == settings.countIn);
  CHECK(loaded.level.factor() == Approx(0.7F));
}

TEST_CASE("A level of whole decibels is saved as such")
{
  audio::MetronomeSettings settings;
  settings.level = audio::Gain::of(audio::Decibels::of(-6));
  CHECK(MetronomeModule{settings}.parameters().entries().front().text == "-6");
  settings.level = audio::Gain::silence();
  CHECK(MetronomeModule{settings}.parameters().entries().front().text == "-inf");
}
