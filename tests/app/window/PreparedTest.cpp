#include <algorithm>
#include <array>

#include <Catch.hpp>

#include "PreparedJams.hpp"
#include "PreparedOutside.hpp"

using namespace tutti;

/// What is prepared is shown in pictures of the window: it must be able to be true.
namespace {

constexpr HostTime kNow = hostTime(5'000'000);
constexpr std::array kNames{"mixer-0", "mixer-1", "mixer-4",    "solo", "mixer-12",    "room-host",
                            "steady",  "beats",   "test-alone", "lost", "device-lost", "recording"};

} // namespace

SCENARIO("Who says something in a prepared room is in it")
{
  for (const auto* name : kNames) {
    const auto shown = prepared::jamNamed(name, kNow);
    for (const auto& message : shown.room.chat) {
      INFO(name << ": " << message.name);
      const auto isTheirs = [&](const jam::PlayerSnapshot& player) { return player.id == message.from; };
      CHECK((message.isOurs || std::ranges::any_of(shown.players, isTheirs)));
    }
  }
}

SCENARIO("A prepared solo silences everybody else, and nobody is silenced without")
{
  for (const auto* name : kNames) {
    INFO(name);
    const auto shown = prepared::jamNamed(name, kNow);
    CHECK(shown.metronome.isSilenced == shown.isSoloActive);
    for (const auto& player : shown.players)
      for (const auto& channel : player.strip.channels) {
        const bool isHeard = player.strip.channels[0].isSoloed || channel.isSoloed;
        CHECK(channel.isSilenced == (shown.isSoloActive && !isHeard));
      }
  }
}

SCENARIO("A prepared delay is as long as it was chosen, but where it cannot be")
{
  const auto steady = prepared::jamNamed("steady", kNow).players[0];
  CHECK(steady.delay.total() == steady.mode.total);
  const auto beats = prepared::jamNamed("beats", kNow);
  CHECK(beats.players[0].delay.total() == Micros{4 * 60'000'000 / 132});
  CHECK(beats.players[3].delay.total() > Micros{60'000'000 / 132});
  CHECK_FALSE(beats.players[3].modeProblem.empty());
}

SCENARIO("Prepared channels on the beat are heard so many beats later")
{
  constexpr Micros kBeat{60'000'000 / 132}; // as in the pictures
  for (const auto& channels : {prepared::channels(), prepared::channelsOfTwoSites()})
    for (const auto& channel : channels.channels)
      if (channel.isHeard && channel.placement.beats > 0)
        CHECK(channel.sound.delay == kBeat * channel.placement.beats);
}
