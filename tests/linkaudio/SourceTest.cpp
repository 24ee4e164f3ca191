#include <Catch.hpp>
#include <cmath>

#include "Clicks.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using test::ChannelSimulation;
using test::Clicks;
using test::SessionStory;
using Setup = ChannelSimulation::Setup;

namespace {

const NodeId kOther{{9, 9, 9, 9, 9, 9, 9, 9}};

Setup with(Placement placement)
{
  Setup setup;
  setup.placement = placement;
  return setup;
}

void areOnBeat(const Clicks& clicks, double from, std::size_t atLeast)
{
  std::size_t count = 0;
  for (const auto& click : clicks.heard) {
    if (click.at < from) continue;
    CAPTURE(click.at, click.offBeat);
    CHECK(std::abs(click.offBeat) < 0.2);
    ++count;
  }
  CHECK(count >= atLeast);
}

} // namespace

TEST_CASE("Sound of a session that we join within a second is kept for it")
{
  SessionStory story{120};
  story.enter(5, kOther, 100);
  auto setup = with(Placement::inBeats(4));
  setup.deviceNoticesAfter = 0.5;
  Clicks clicks;
  ChannelSimulation simulation{setup, story, Clicks::signal(), clicks.ear()};
  simulation.runUntil(14);
  CHECK(simulation.look().refused == 0);
  CHECK_FALSE(simulation.look().isOtherSession);
  areOnBeat(clicks, 0, 15);
}

TEST_CASE("Sound of a session that we do not join is not placed, and is refused after a second")
{
  SessionStory story{120};
  story.enter(5, kOther, 100);
  auto setup = with(Placement::inBeats(1));
  setup.deviceNoticesAfter = 1000;
  Clicks clicks;
  ChannelSimulation simulation{setup, story, Clicks::signal(), clicks.ear()};
  simulation.runUntil(5.9);
  CHECK(simulation.look().refused == 0);
  CHECK(simulation.look().isOtherSession);
  simulation.runUntil(12);
  CHECK(simulation.look().refused > 900);
  for (const auto& click : clicks.heard) CHECK(click.at < 6);
}

TEST_CASE("Live, it is heard for a second more, then refused")
{
  SessionStory story{120};
  story.enter(5, kOther, 120);
  auto setup = with(Placement::live());
  setup.deviceNoticesAfter = 1000;
  Clicks clicks;
  ChannelSimulation simulation{setup, story, Clicks::signal(), clicks.ear()};
  simulation.runUntil(12);
  REQUIRE_FALSE(clicks.heard.empty());
  CHECK(clicks.heard.back().at > 5.4);
  CHECK(clicks.heard.back().at < 6.2);
  CHECK(simulation.look().refused > 900);
}

TEST_CASE("A format that changes is taken over without a pause of the beats")
{
  for (const auto placement : {Placement::inBeats(1), Placement::live()}) {
    Clicks clicks;
    ChannelSimulation simulation{with(placement), SessionStory{120}, Clicks::signal(), clicks.ear()};
    simulation.runUntil(5.2);
    simulation.onWire = [](AudioBuffer& buffer) { // from now on the same in stereo
      std::vector<std::int16_t> two;
      for (const auto sample : buffer.samples) two.insert(two.end(), {sample, sample});
      buffer.samples = two;
      buffer.channels = 2;
    };
    simulation.runUntil(12);
    CHECK(simulation.look().channels == 2);
    CAPTURE(placement.beats);
    CHECK(clicks.heard.size() >= 18);
    if (placement.kind == Placement::Kind::beats) areOnBeat(clicks, 0, 18);
  }
}

TEST_CASE("Of eight channels the first two are heard")
{
  Clicks clicks;
  ChannelSimulation simulation{with(Placement::inBeats(1)), SessionStory{120}, Clicks::signal(),
                               clicks.ear()};
  simulation.onWire = [](AudioBuffer& buffer) {
    std::vector<std::int16_t> eight;
    for (const auto sample : buffer.samples)
      eight.insert(eight.end(), {sample, sample, 32'767, 32'767, 32'767, 32'767, 32'767, 32'767});
    buffer.samples = eight;
    buffer.channels = 8;
  };
  simulation.runUntil(8);
  areOnBeat(clicks, 0, 12);
}

TEST_CASE("A device that changes its rate is played for at the new one")
{
  Source source{ChannelId{}, Placement::inBeats(1)};
  source.follow(SessionStory::kId, hostTime(0));
  Sink sink{ChannelId{}};
  sink.setHeard(true);
  const SessionStory story{120};
  std::vector<float> sound(480, 0.25F), left(480), right(480);
  std::int64_t played = 0;
  float last = 0;
  for (int block = 0; block < 400; ++block) {
    const auto now = hostTime(block * 10'000);
    const std::span<const float> view{sound};
    sink.write({&view, 1}, story.gridAt(0), now, audio::SampleRate::fromHertz(48'000));
    for (const auto& buffer : sink.drain(now)) source.receive(buffer, now, now);
    const bool isLater = block >= 200;
    const std::size_t frames = isLater ? 441 : 480;
    const auto grid = story.gridAt(0);
    source.render(
      std::span{left}.first(frames), std::span{right}.first(frames),
      {SampleTime{played}, now, now, now, audio::SampleRate::fromHertz(isLater ? 44'100 : 48'000), grid});
    played += static_cast<std::int64_t>(frames);
    last = left[frames / 2];
    if (block % 10 == 0) source.tend(now);
    if (block == 199) CHECK(last == Approx(0.25F).margin(0.001));
  }
  CHECK(last == Approx(0.25F).margin(0.001));
}

TEST_CASE("Rates that no resampler bridges are told, not heard live; in beats they are heard")
{
  auto setup = with(Placement::live());
  setup.senderRate = 8000;
  setup.block = 64;
  Clicks clicks;
  ChannelSimulation simulation{setup, SessionStory{120}, Clicks::signal(), clicks.ear()};
  simulation.runUntil(4);
  CHECK(simulation.look().isUnplayable);
  CHECK(clicks.heard.empty());
  simulation.source.setPlacement(Placement::inBeats(1), ChannelSimulation::host(4e6));
  simulation.runUntil(10);
  CHECK_FALSE(simulation.look().isUnplayable);
  areOnBeat(clicks, 0, 10);
}

TEST_CASE("A sender that begins again with old beats is heard where its right ones are, and nowhere else")
{
  Clicks clicks;
  ChannelSimulation simulation{with(Placement::inBeats(2)), SessionStory{120}, Clicks::signal(),
                               clicks.ear()};
  simulation.runUntil(6.2);
  simulation.sink.setHeard(false);
  simulation.runUntil(10.1);
  simulation.sink.setHeard(true);
  int wrong = 68; // as was seen on the wire
  simulation.onWire = [&wrong](AudioBuffer& buffer) {
    if (wrong-- > 0)
      for (auto& chunk : buffer.chunks) chunk.begin = chunk.begin - time::Beats::fromDouble(8.08);
  };
  simulation.runUntil(16);
  areOnBeat(clicks, 0, 16);
  CHECK(simulation.look().late > 60 * 251);
}

TEST_CASE("A stream that is numbered anew goes on")
{
  Clicks clicks;
  ChannelSimulation simulation{with(Placement::inBeats(1)), SessionStory{120}, Clicks::signal(),
                               clicks.ear()};
  simulation.runUntil(5.2);
  std::uint64_t sequence = 0;
  simulation.onWire = [&sequence](AudioBuffer& buffer) {
    for (auto& chunk : buffer.chunks) chunk.sequence = ++sequence;
  };
  simulation.runUntil(12);
  areOnBeat(clicks, 0, 20);
}

TEST_CASE("What is late, far or nonsense is refused and counted")
{
  Source source{ChannelId{}};
  source.follow(SessionStory::kId, hostTime(0));
  AudioBuffer good;
  good.session = SessionStory::kId;
  good.chunks = {{1, 2, {}, {}}};
  good.samples = {1, 2};
  const auto refusedBy = [&](const auto& spoil) {
    auto buffer = good;
    spoil(buffer);
    const auto before = source.takeSnapshot({}, hostTime(0)).refused;
    source.receive(buffer, hostTime(0), hostTime(0));
    return source.takeSnapshot({}, hostTime(0)).refused - before;
  };
  CHECK(refusedBy([](AudioBuffer&) {}) == 0);
  CHECK(refusedBy([](AudioBuffer& buffer) { buffer.chunks.clear(); }) == 1);
  CHECK(refusedBy([](AudioBuffer& buffer) { buffer.channels = 0; }) == 1);
  CHECK(refusedBy([](AudioBuffer& buffer) { buffer.channels = 9; }) == 1);
  CHECK(refusedBy([](AudioBuffer& buffer) { buffer.samples.pop_back(); }) == 1);
  CHECK(refusedBy([](AudioBuffer& buffer) { buffer.rate = audio::SampleRate::fromHertz(7999); }) == 1);
  CHECK(refusedBy([](AudioBuffer& buffer) { buffer.rate = audio::SampleRate::fromHertz(192'001); }) == 1);
  CHECK(refusedBy(
          [](AudioBuffer& buffer) { buffer.chunks[0].tempo = time::Tempo::fromMicrosPerBeat(59'999); }) == 1);
}

TEST_CASE("Whatever a decoder lets pass breaks nothing, and an honest stream is heard again after it")
{
  for (const auto placement : {Placement::inBeats(1), Placement::live()}) {
    test::Dice dice{17};
    auto setup = with(placement);
    setup.deviceBlock = 256;
    float loudest = 0;
    std::size_t notNumbers = 0;
    Clicks clicks;
    const auto ear = clicks.ear();
    ChannelSimulation simulation{setup, SessionStory{120}, Clicks::signal(),
                                 [&](double at, float sample, const SessionGrid& grid) {
                                   loudest = std::max(loudest, std::abs(sample));
                                   notNumbers += std::isfinite(sample) ? 0U : 1U;
                                   ear(at, sample, grid);
                                 }};
    std::uint64_t sequence = 1;
    simulation.onWire = [&](AudioBuffer& buffer) {
      if (dice.whole(0, 3) == 0) return;
      buffer.session = dice.whole(0, 9) == 0 ? kOther : SessionStory::kId;
      const auto about = buffer.chunks.front().begin;
      buffer.channels = static_cast<std::uint8_t>(dice.whole(0, 99) == 0 ? dice.whole(1, 8) : 1);
      const auto rate = dice.whole(0, 99) == 0 ? dice.whole(8000, 192'000) : 48'000;
      buffer.rate = audio::SampleRate::fromHertz(static_cast<std::int32_t>(rate));
      buffer.chunks.clear();
      buffer.samples.clear();
      for (auto chunks = dice.whole(1, 44); chunks > 0; --chunks) {
        const auto frames = dice.whole(0, 560 / 44 / buffer.channels * (dice.whole(0, 1)));
        const auto off = dice.whole(0, 5) == 0 ? dice.anyWhole() / 4 : dice.whole(-2'000'000, 2'000'000);
        const auto beat = about.microBeats() + off;
        sequence = dice.whole(0, 20) == 0 ? static_cast<std::uint64_t>(dice.anyWhole())
                                          : sequence + static_cast<std::uint64_t>(dice.whole(0, 2));
        buffer.chunks.push_back({sequence, static_cast<std::uint16_t>(frames),
                                 time::Beats::fromMicroBeats(beat),
                                 time::Tempo::fromMicrosPerBeat(dice.whole(60'000, 3'000'001))});
        for (auto i = frames * buffer.channels; i > 0; --i)
          buffer.samples.push_back(static_cast<std::int16_t>(dice.whole(-32'768, 32'767)));
      }
    };
    simulation.runUntil(20);
    CAPTURE(placement.beats, loudest);
    CHECK(notNumbers == 0);
    CHECK(loudest < 8);
    simulation.onWire = nullptr;
    simulation.runUntil(32);
    std::size_t onBeat = 0;
    for (const auto& click : clicks.heard)
      if (click.at > 26 && std::abs(click.offBeat) < 25) ++onBeat;
    CHECK(onBeat >= 10);
  }
}
