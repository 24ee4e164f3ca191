#include <Catch.hpp>
#include <atomic>
#include <cmath>
#include <thread>
#include <vector>

#include "ChannelSimulation.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using test::SessionStory;

TEST_CASE("A channel is fetched, placed anew and looked at while it is played, each by its own thread")
{
  constexpr int kBlocks = 6000;
  constexpr auto kRate = audio::SampleRate::fromHertz(48'000);
  const auto at = [](int block) { return hostTime(1'000'000 + block * 1333); };
  Source source{ChannelId{}};
  CurrentSession session;
  const SessionStory story{120};
  session.say(story.gridAt(0));
  source.follow(SessionStory::kId, at(0));
  constexpr int kApart = 20; // blocks: neither thread leaves the other behind
  std::atomic<int> played{0};
  std::atomic<int> sent{0};
  std::size_t notNumbers = 0;
  bool hasSounded = false;

  std::thread audio{[&] {
    std::vector<float> left(64), right(64);
    for (int block = 0; block < kBlocks; ++block) {
      while (block > sent.load() + kApart) std::this_thread::yield();
      source.render(left, right,
                    {SampleTime{block * std::int64_t{64}}, at(block), at(block) + Micros{4000}, at(block),
                     block < kBlocks / 2 ? kRate : audio::SampleRate::fromHertz(44'100), session.read()});
      for (const float sample : left) notNumbers += std::isfinite(sample) ? 0U : 1U;
      hasSounded |= left.front() != 0;
      played.store(block);
      if (block % 8 == 0) std::this_thread::yield();
    }
  }};
  Sink sink{ChannelId{}};
  sink.setHeard(true);
  const std::vector<float> sound(64, 0.25F);
  const std::span<const float> view{sound};
  for (int block = 0; block < kBlocks; ++block) {
    while (block > played.load() + kApart) std::this_thread::yield();
    sink.write({&view, 1}, story.gridAt(0), at(block), kRate);
    for (const auto& buffer : sink.drain(at(block))) source.receive(buffer, at(block), at(block));
    session.say(story.gridAt(0));
    if (block % 40 == 0) source.tend(at(block));
    if (block % 60 == 0) static_cast<void>(source.takeSnapshot(story.gridAt(0), at(block)));
    if (block % 700 == 350)
      source.setPlacement(block % 1400 == 350 ? Placement::live() : Placement::inBeats(1 + block % 3),
                          at(block));
    sent.store(block);
  }
  audio.join();
  CHECK(notNumbers == 0);
  CHECK(hasSounded);
}
