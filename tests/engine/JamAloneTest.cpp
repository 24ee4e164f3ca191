// A musician alone with an echo: device, desk, packets, room and server, all real but the sound card.
#include "Catch.hpp"
#include "Eventually.hpp"
#include "TemporaryFolder.hpp"

#include <atomic>
#include <cmath>

#include <sndfile.hh>

#include <tutti/engine/Jam.hpp>
#include <tutti/jam/Tone.hpp>

using namespace std::chrono_literals;
using tutti::test::eventually;

namespace tutti::engine {
namespace {

JamSettings onSteadyClock()
{
  JamSettings settings;
  settings.name = "Ana";
  settings.device.backend = audio::Backend::paced;
  settings.device.frames = 128;
  return settings;
}

time::BeatGrid noGrid()
{
  return {};
}

/// The loudest of the last second of a file.
float loudestAtTheEnd(const std::filesystem::path& file)
{
  SndfileHandle sound{file.string()};
  const auto frames = std::min<sf_count_t>(sound.frames(), sound.samplerate());
  std::vector<float> both(2 * static_cast<std::size_t>(frames), 0.0F);
  sound.seek(-frames, SEEK_END);
  sound.readf(both.data(), frames);
  float loudest = 0;
  for (const auto sample : both) loudest = std::max(loudest, std::abs(sample));
  return loudest;
}

sf_count_t lengthOf(const std::filesystem::path& file)
{
  return SndfileHandle{file.string()}.frames();
}

} // namespace

SCENARIO("What a musician plays alone comes back as an echo, and is recorded")
{
  const test::TemporaryFolder folder;
  Jam jam{onSteadyClock(), &noGrid};
  REQUIRE(jam.openDevice(onSteadyClock().device));
  jam.setInstrument(std::make_shared<jam::Tone>(jam::Tone::Kind::sine, 1000));
  REQUIRE(jam.record({.folder = folder / "take", .mix = std::nullopt}));
  REQUIRE(jam.playAlone());

  const auto room = jam.snapshot().room;
  CHECK(room.state == jam::RoomState::joined);
  CHECK(room.isAlone);
  CHECK(room.invitation.empty()); // nobody else can come

  const auto isLoud = [](const jam::PlayerSnapshot& player) {
    return player.isHeard && player.strip.channels[0].level.peak > audio::Decibels::of(-20);
  };
  REQUIRE(eventually([&] {
    const auto players = jam.snapshot().players;
    return players.size() == 1 && isLoud(players[0]) && players[0].clockBound;
  }));
  const auto echo = jam.snapshot().players.at(0);
  CHECK(echo.name == "Echo");
  CHECK(echo.path.has_value());
  const auto& delay = echo.delay;
  CHECK(delay.packet > 0ms);
  CHECK(delay.total() < 1s);
  // What is usual settles, on a machine that is late at first, too
  CHECK(eventually([&] {
    const auto players = jam.snapshot().players;
    return players.size() == 1 && players[0].clockBound && players[0].delay.playout > 0ms &&
           players[0].delay.network > -*players[0].clockBound;
  }));

  // Long enough that a whole second of it is on the disk
  REQUIRE(eventually([&] { return jam.snapshot().recorded > 2s; }));
  jam.leaveSoon();
  REQUIRE(eventually([&] { return jam.snapshot().room.state == jam::RoomState::none; }));
  CHECK(jam.snapshot().players.empty());
  jam.stopRecording();
  CHECK_FALSE(jam.snapshot().recordingTo);
  CHECK(jam.snapshot().recordingProblem.empty());
  // A file says how long it is when it is closed, which is done soon
  for (const auto* name : {"own.wav", "Echo.wav", "mix.wav"})
    REQUIRE(eventually([&] { return lengthOf(folder / "take" / name) > 2 * 48'000; }));
  CHECK(loudestAtTheEnd(folder / "take" / "own.wav") > 0.2F);
  CHECK(loudestAtTheEnd(folder / "take" / "Echo.wav") == Approx(0.25).margin(0.05));
  CHECK(loudestAtTheEnd(folder / "take" / "mix.wav") <= 1.0F);
}

SCENARIO("Who was mixed another day sounds as then, but solo is over")
{
  auto settings = onSteadyClock();
  settings.mix["Echo"].channels[0].gain = audio::Decibels::of(-6);
  Jam jam{settings, &noGrid};
  REQUIRE(jam.openDevice(settings.device));
  REQUIRE(jam.playAlone());
  REQUIRE(eventually([&] { return jam.snapshot().players.size() == 1; }));
  const auto echo = jam.snapshot().players[0];
  CHECK(echo.strip.channels[0].gain == audio::Decibels::of(-6));
  CHECK(jam.mix() == settings.mix);

  const auto strip = jam::StripId::of(echo.id);
  constexpr auto kFirst = patch::MixStrip::Channel::first;
  jam.withDesk([&](jam::Desk& desk) { desk.strip(strip)->setSoloed(kFirst, true); });
  CHECK(jam.mix() == settings.mix);
  jam.withDesk([&](jam::Desk& desk) { desk.strip(strip)->setGain(kFirst, audio::Decibels::of(0)); });
  CHECK(jam.mix().empty()); // nothing to remember
}

SCENARIO("An echo with a steady delay takes that long")
{
  auto settings = onSteadyClock();
  settings.mode = stream::DelayMode::steady(60ms);
  Jam jam{settings, &noGrid};
  REQUIRE(jam.openDevice(settings.device));
  REQUIRE(jam.playAlone());
  const auto takes = [&](Micros wanted) {
    const auto players = jam.snapshot().players;
    return players.size() == 1 && players[0].isHeard &&
           std::chrono::abs(players[0].delay.total() - wanted) < 5ms;
  };
  REQUIRE(eventually([&] { return takes(60ms); }));
  const auto echo = jam.snapshot().players[0];
  CHECK(echo.mode == settings.mode);
  jam.setMode(echo.id, stream::DelayMode::steady(90ms));
  CHECK(jam.snapshot().players[0].mode == stream::DelayMode::steady(90ms));
  CHECK(eventually([&] { return takes(90ms); }));
  jam.setMode(echo.id, {});
  CHECK(jam.snapshot().players[0].mode == stream::DelayMode{});
  CHECK(eventually([&] { return jam.snapshot().players[0].delay.total() < 50ms; }));
}

SCENARIO("An echo in beats takes as long as they last, also when the tempo changes")
{
  auto settings = onSteadyClock();
  settings.mode = stream::DelayMode::inBeats(2);
  std::atomic<double> bpm = 240;
  Jam jam{settings, [&] {
            const auto tempo = time::Tempo::fromBpm(bpm);
            return time::BeatGrid{{tempo, {}, HostTime{}}, {}, true};
          }};
  REQUIRE(jam.openDevice(settings.device));
  REQUIRE(jam.playAlone());
  const auto takes = [&](Micros wanted) {
    const auto players = jam.snapshot().players;
    return players.size() == 1 && players[0].isHeard && players[0].modeProblem.empty() &&
           std::chrono::abs(players[0].delay.total() - wanted) < 5ms;
  };
  CHECK(eventually([&] { return takes(500ms); }));
  bpm = 300;
  CHECK(eventually([&] { return takes(400ms); }));

  const auto echo = jam.snapshot().players[0];
  CHECK(echo.mode == settings.mode);
  jam.setMode(echo.id, stream::DelayMode::inBeats(16));
  bpm = 60;
  CHECK(eventually([&] { return jam.snapshot().players[0].modeProblem.starts_with("16 beats at 60 BPM"); }));
}

SCENARIO("Alone again after alone")
{
  Jam jam{onSteadyClock(), &noGrid};
  REQUIRE(jam.openDevice(onSteadyClock().device));
  for (int times = 0; times < 2; ++times) {
    REQUIRE(jam.playAlone());
    REQUIRE(eventually([&] { return jam.snapshot().players.size() == 1; }));
  }
}

SCENARIO("Without a cable nothing is measured, and it is said what to look for")
{
  Jam jam{onSteadyClock(), &noGrid};
  CHECK_FALSE(jam.measureCable()); // no device yet
  REQUIRE(jam.openDevice(onSteadyClock().device));
  const auto nothing = jam.measureCable();
  REQUIRE_FALSE(nothing);
  CHECK(nothing.error().detail == "Nothing came back: is the cable in output 1 and input 1?");
  const auto shown = jam.snapshot().device.cable;
  CHECK(shown.state == jam::CableSnapshot::State::failed);
  CHECK(shown.problem == nothing.error().detail);
  REQUIRE(jam.playAlone());
  CHECK_FALSE(jam.measureCable()); // it would be heard
}

SCENARIO("What a cable told before is counted, half on each side")
{
  auto settings = onSteadyClock();
  Jam probe{settings, &noGrid};
  REQUIRE(probe.openDevice(settings.device));
  const auto told = probe.snapshot().device.status;
  settings.trims = {{audio::Backend::paced, told.name, Micros{3000}}};
  Jam jam{settings, &noGrid};
  REQUIRE(jam.openDevice(settings.device));
  REQUIRE(eventually([&] { return jam.snapshot().device.status.deviceIn == told.deviceIn + 1500us; }));
  CHECK(jam.snapshot().device.status.deviceOut == told.deviceOut + 1500us);
}

} // namespace tutti::engine
