#include <Catch.hpp>
#include <cmath>
#include <thread>
#include <vector>

#include <tutti/linkaudio/Sink.hpp>

using namespace tutti;
using namespace tutti::linkaudio;

namespace {

const NodeId kSession{{1, 2, 3, 4, 5, 6, 7, 8}};
constexpr auto kRate = audio::SampleRate::fromHertz(48'000);

SessionGrid gridAt(double bpm, std::int64_t origin = 0)
{
  return {kSession, {time::Tempo::fromBpm(bpm), {}, hostTime(origin)}};
}

struct Stage {
  Stage() { sink.setHeard(true); }

  void play(std::size_t frames, const SessionGrid& grid, HostTime audible, std::size_t channels = 1,
            audio::SampleRate rate = kRate)
  {
    std::vector<std::vector<float>> sound(channels, std::vector<float>(frames));
    for (std::size_t i = 0; i < frames; ++i)
      for (std::size_t channel = 0; channel < channels; ++channel)
        sound[channel][i] =
          static_cast<float>((static_cast<int>(i) % 100 + 1) * (channel == 0 ? 1 : -1)) / 128;
    const std::vector<std::span<const float>> views{sound.begin(), sound.end()};
    sink.write(views, grid, audible, rate);
  }

  Sink sink{ChannelId{kSession}};
};

} // namespace

TEST_CASE("A block is dated with the session beat at which it is heard here")
{
  Stage stage;
  stage.play(256, gridAt(120, 1'000'000), hostTime(3'250'000));
  const auto sent = stage.sink.drain(hostTime(3'240'000));
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].session == kSession);
  CHECK(sent[0].rate == kRate);
  REQUIRE(sent[0].chunks.size() == 1);
  CHECK(sent[0].chunks[0].begin == time::Beats::fromDouble(4.5));
  CHECK(sent[0].chunks[0].frames == 251);
  CHECK(sent[0].samples[0] == 256);
}

TEST_CASE("Two channels lie beside each other, frame by frame")
{
  Stage stage;
  stage.play(125, gridAt(120), hostTime(0), 2);
  const auto sent = stage.sink.drain(hostTime(0));
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].channels == 2);
  CHECK(sent[0].samples[0] == 256);
  CHECK(sent[0].samples[1] == -256);
  CHECK(sent[0].samples[2] == 512);
}

TEST_CASE("As long as nobody listens nothing is kept, and who begins to hears nothing of before")
{
  Stage stage;
  stage.sink.setHeard(false);
  stage.play(512, gridAt(120), hostTime(0));
  CHECK(stage.sink.drain(hostTime(0)).empty());
  stage.sink.setHeard(true);
  CHECK(stage.sink.drain(hostTime(0)).empty());

  stage.play(300, gridAt(120), hostTime(0)); // 49 frames wait
  CHECK(stage.sink.drain(hostTime(0)).size() == 1);
  stage.play(100, gridAt(120), hostTime(6250)); // on its way when the last one goes
  stage.sink.setHeard(false);
  stage.sink.setHeard(true);
  stage.play(251, gridAt(120), hostTime(9'000'000));
  const auto sent = stage.sink.drain(hostTime(9'000'000));
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].chunks[0].begin == time::Beats::fromDouble(18));
  CHECK(sent[0].chunks[0].sequence == 2);
}

TEST_CASE("Blocks of any length and any rate are dated to the microbeat")
{
  for (const int hertz : {8'000, 44'100, 48'000, 96'000, 192'000})
    for (const std::size_t block : {16U, 17U, 64U, 441U, 2048U}) {
      CAPTURE(hertz, block);
      Stage stage;
      const auto rate = audio::SampleRate::fromHertz(hertz);
      const auto grid = gridAt(97.3);
      std::int64_t played = 0;
      for (; played < hertz / 2; played += static_cast<std::int64_t>(block)) {
        const auto audible = hostTime(0) + rate.toMicros(audio::FrameCount{played});
        stage.play(block, grid, audible, 1, rate);
        std::int64_t place = -1;
        for (const auto& buffer : stage.sink.drain(audible)) {
          for (const auto& chunk : buffer.chunks) {
            const double frames = chunk.begin.toDouble() * 60 / grid.timeline.tempo.bpm() * hertz;
            CHECK(std::abs(frames - std::round(frames)) < 0.3); // dates are whole microseconds
            CHECK(static_cast<std::int64_t>(std::round(frames)) > place);
            place = static_cast<std::int64_t>(std::round(frames));
          }
        }
      }
      CHECK(stage.sink.takeCounts().dropped == 0);
      CHECK(stage.sink.takeCounts().frames == static_cast<std::uint64_t>(played));
    }
}

TEST_CASE("A change of the tempo, a jump of the beats and another session are exact from their block on")
{
  Stage stage;
  stage.play(100, gridAt(60), hostTime(10'000'000));
  stage.play(100, gridAt(180, 6'666'667), hostTime(10'002'083));
  auto moved = gridAt(180, 1'000'000);
  stage.play(51, moved, hostTime(10'004'167));
  const auto sent = stage.sink.drain(hostTime(10'004'000));
  REQUIRE(sent.size() == 1);
  const auto& chunks = sent[0].chunks;
  REQUIRE(chunks.size() == 3);
  CHECK(chunks[0].begin == time::Beats::fromDouble(10));
  CHECK(chunks[1].begin.toDouble() == Approx(10.006249).margin(1e-5));
  CHECK(chunks[1].tempo.microsPerBeat() == 333'333);
  CHECK(chunks[2].begin.toDouble() == Approx(27.012528).margin(1e-4));
  moved.session = NodeId{{9}};
  stage.play(251, moved, hostTime(10'005'000));
  CHECK(stage.sink.drain(hostTime(10'005'000)).at(0).session == NodeId{{9}});
}

TEST_CASE("When nobody drains, blocks are dropped and counted, and what follows is dated right")
{
  Stage stage;
  for (int block = 0; block < 20; ++block) stage.play(2048, gridAt(120), hostTime(block * 42'667));
  const auto counts = stage.sink.takeCounts();
  CHECK(counts.dropped == 20 * 2048 - 256 * 64);
  CHECK(stage.sink.drain(hostTime(0)).size() > 60);
  stage.play(502, gridAt(120), hostTime(30'000'000));
  bool isMarked = false;
  for (const auto& buffer : stage.sink.drain(hostTime(30'000'000)))
    for (const auto& chunk : buffer.chunks) isMarked |= chunk.begin == time::Beats::fromDouble(60);
  CHECK(isMarked);
}

TEST_CASE("The peak is told once")
{
  Stage stage;
  stage.play(64, gridAt(120), hostTime(0));
  static_cast<void>(stage.sink.drain(hostTime(0)));
  CHECK(stage.sink.takeCounts().peak == Approx(0.5F));
  CHECK(stage.sink.takeCounts().peak == 0);
}

TEST_CASE("Sound crosses between two threads whole and in order")
{
  Stage stage;
  std::thread audio{[&] {
    for (int block = 0; block < 3000; ++block) {
      std::vector<float> sound(64);
      for (std::size_t i = 0; i < sound.size(); ++i)
        sound[i] = static_cast<float>((static_cast<std::size_t>(block) * 64 + i) % 32'000) / 32768.0F;
      const std::span<const float> view{sound};
      stage.sink.write({&view, 1}, gridAt(120), hostTime(block * 1333), kRate);
      if (block % 16 == 0) std::this_thread::yield();
    }
  }};
  std::vector<std::int16_t> heard;
  std::uint64_t all = 0;
  for (; all < 3000 * 64;) {
    for (const auto& buffer : stage.sink.drain(hostTime(0)))
      heard.insert(heard.end(), buffer.samples.begin(), buffer.samples.end());
    const auto counts = stage.sink.takeCounts();
    all = counts.frames + counts.dropped;
    std::this_thread::yield();
  }
  audio.join();
  for (std::size_t i = 1; i < heard.size(); ++i) {
    const auto step = (heard[i] - heard[i - 1] + 32'000) % 32'000;
    if (step != 1 && step % 64 != 1) FAIL("torn at " << i);
  }
  CHECK_FALSE(heard.empty());
}
