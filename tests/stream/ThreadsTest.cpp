#include <Catch.hpp>
#include <array>
#include <atomic>
#include <thread>
#include <tutti/stream/Outlet.hpp>
#include <tutti/stream/Packetiser.hpp>
#include <tutti/stream/Playout.hpp>
#include <vector>

using namespace tutti;
using namespace tutti::stream;

namespace {

const auto kRate = audio::SampleRate::fromHertz(48'000);
constexpr std::int64_t kBlocks = 20'000;

HostTime momentOf(std::int64_t frame)
{
  return hostTime(1'000'000'000) + kRate.toMicros(audio::FrameCount{frame});
}

} // namespace

TEST_CASE("Media and audio thread share a playout without waiting for each other")
{
  Playout playout{{kRate, kRate}, 2};
  std::atomic<std::int64_t> sent = 0;
  std::atomic<bool> isOver = false;
  std::thread audio{[&] {
    std::vector<float> left(64), right(64);
    const std::array<std::span<float>, 2> out{left, right};
    std::int64_t frame = 0;
    while (!isOver) {
      if (frame > sent) continue;
      playout.render(out, SampleTime{frame}, momentOf(frame), momentOf(frame));
      frame += 64;
    }
  }};
  const std::vector<float> frames(64, 0.25F);
  const std::array<std::span<const float>, 2> channels{frames, frames};
  time::TempoTrack tempo;
  for (std::int64_t block = 0; block < kBlocks; ++block) {
    playout.receive(SampleTime{block * 64}, channels, momentOf(block * 64), momentOf(block * 64));
    if (block % 100 == 0) playout.setIntent(Intent::of(static_cast<double>(block) / kBlocks));
    if (block % 1000 == 0) playout.reset();
    playout.captured(SampleTime{block * 64}, momentOf(block * 64));
    if (block % 500 == 0) {
      const auto bpm = static_cast<double>(100 + block % 3000 / 50);
      tempo.follow({{time::Tempo::fromBpm(bpm), {}, momentOf(0)}, {}, false}, momentOf(block * 64));
      playout.setTempo(tempo);
      playout.setMode(block % 1500 == 0 ? DelayMode{} : DelayMode::inBeats(1));
    }
    static_cast<void>(playout.statistics());
    sent = block * 64;
  }
  isOver = true;
  audio.join();
  CHECK(playout.statistics().received == kBlocks * 64);
}

TEST_CASE("The audio thread hands over what the media thread packs")
{
  Outlet outlet{kRate, 1};
  std::atomic<bool> isOver = false;
  std::thread audio{[&] {
    const std::vector<float> frames(128, 0.5F);
    const std::span<const float> channel{frames};
    for (std::int64_t block = 0; block < kBlocks; ++block) {
      while (!outlet.send({&channel, 1}, SampleTime{block * 128}, momentOf(block * 128))) {
      }
    }
    isOver = true;
  }};
  Packetiser packetiser{kRate, 1, audio::FrameCount{64}};
  std::int64_t packets = 0;
  for (bool isLast = false; !isLast;) {
    isLast = isOver;
    while (const auto chunk = outlet.tryTake()) {
      packetiser.push(*chunk);
      while (const auto packet = packetiser.next()) packets += packet->channels[0][0] == 0.5F ? 1 : 0;
    }
  }
  audio.join();
  CHECK(packets >= kBlocks * 2); // a refused block is sent once more, in part twice
}
