#include <Catch.hpp>
#include <array>
#include <vector>

#include <tutti/endpoint/SoundDoor.hpp>

using namespace tutti;
using namespace tutti::endpoint;

namespace {

const auto kRate = audio::SampleRate::fromHertz(48'000);

std::vector<std::vector<float>> block(std::size_t channels, std::size_t frames, float from)
{
  std::vector<std::vector<float>> all(channels, std::vector<float>(frames));
  for (std::size_t channel = 0; channel < channels; ++channel)
    for (std::size_t i = 0; i < frames; ++i)
      all[channel][i] = from + static_cast<float>(i) + 1000.0F * static_cast<float>(channel);
  return all;
}

void send(SoundDoor& door, std::int64_t first, std::size_t channels, std::size_t frames)
{
  const auto sound = block(channels, frames, static_cast<float>(first));
  const std::vector<std::span<const float>> views{sound.begin(), sound.end()};
  door.send(views, SampleTime{first}, HostTime{});
}

} // namespace

TEST_CASE("Up to eight channels come through the door side by side, of the same moment")
{
  for (std::size_t channels = 1; channels <= kMostChannels; ++channels) {
    SoundDoor door{kRate, channels};
    send(door, 0, channels, 100);
    std::int64_t next = 0;
    while (const auto piece = door.tryTake()) {
      REQUIRE(piece->first.frames == next);
      REQUIRE(piece->channels.size() == channels);
      for (std::size_t channel = 0; channel < channels; ++channel)
        REQUIRE(piece->channels[channel].front() ==
                static_cast<float>(next) + 1000.0F * static_cast<float>(channel));
      next += static_cast<std::int64_t>(piece->channels.front().size());
    }
    CHECK(next == 100);
  }
}

TEST_CASE("Where nobody takes for long, all channels lose the same, and go on together")
{
  SoundDoor door{kRate, 5};
  for (std::int64_t i = 0; i < 1000; ++i) send(door, i * 64, 5, 64);
  std::int64_t last = -1;
  while (const auto piece = door.tryTake()) last = piece->first.frames;
  CHECK(last > 0);
  send(door, 64'000, 5, 64);
  const auto piece = door.tryTake();
  REQUIRE(piece);
  CHECK(piece->first.frames == 64'000);
  CHECK(piece->channels[4].front() == 68'000.0F);
}
