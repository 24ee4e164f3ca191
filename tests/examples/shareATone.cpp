// A tone for everybody in the Link session, and what the others have to offer.
//
//   shareATone              publishes a tone for four seconds
//   shareATone PEER         … and listens to the first channel of that peer
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <numbers>
#include <thread>
#include <tutti/linkaudio/LinkAudio.hpp>

using namespace std::chrono_literals;
using namespace tutti;
using linkaudio::LinkAudio;
using linkaudio::SessionGrid;

namespace {

constexpr std::int64_t kFrames = 480; // ten milliseconds: a sound device would ask for them
const auto kRate = audio::SampleRate::fromHertz(48'000);
using Block = std::array<float, kFrames>;

Block tone(std::int64_t first)
{
  Block block{};
  for (auto& sample : block)
    sample =
      0.5F * static_cast<float>(std::sin(2 * std::numbers::pi * 440 * static_cast<double>(first++) / 48'000));
  return block;
}

} // namespace

int main(int count, char** arguments)
{
  link::Link link{time::Tempo::fromBpm(120)};
  LinkAudio audio{link, count > 1 ? "Listener" : "Player"};
  link.enable();
  audio.enable();
  const auto ours = audio.publish("Tone");
  std::unique_ptr<linkaudio::Subscription> theirs;

  const auto begun = time::HostClock::now();
  for (std::int64_t frame = 0; frame < 4 * 48'000; frame += kFrames) {
    const auto asked = begun + Micros{frame * 1000 / 48};
    std::this_thread::sleep_for(asked - time::HostClock::now());
    const auto grid = SessionGrid::of(link.captureApp()); // how the beats lie at this moment
    const auto sound = tone(frame);
    (*ours)->sink()->write(std::array{std::span<const float>{sound}}, grid, asked, kRate);

    for (const auto& channel : audio.channels())
      if (count > 1 && !theirs && channel.peerName == arguments[1])
        theirs = std::move(*audio.subscribe(channel.id, linkaudio::Placement::live()));
    Block left{}, right{};
    if (theirs)
      theirs->source()->render(left, right, {{frame}, asked, asked, time::HostClock::now(), kRate, grid});
  }
  if (theirs)
    std::printf("heard %s: peak %.1f\n", arguments[1], static_cast<double>(theirs->takeSnapshot().peak));
}
