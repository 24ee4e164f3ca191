#include "PreparedJams.hpp"

#include <array>
#include <chrono>
#include <cmath>

namespace tutti::prepared {

using namespace std::chrono_literals;
using audio::Decibels;

namespace {

constexpr std::size_t kHistogramBars = 40;

struct Musician {
  const char* name;
  const char* instrument;
};
constexpr std::array<Musician, 12> kMusicians{{{"Anna", "Violin"},
                                               {"Bela", "Double bass"},
                                               {"Chiyo", "Piano"},
                                               {"David", "Drums"},
                                               {"Edda", "Viola"},
                                               {"Farid", "Oud"},
                                               {"Gwen", "Voice"},
                                               {"Hugo", "Trumpet"},
                                               {"Ines", "Cello"},
                                               {"Jun", "Guitar"},
                                               {"Kofi", "Congas"},
                                               {"Lea", "Flute"}}};

audio::Level level(double peak, bool hasClipped = false)
{
  return {.peak = Decibels::of(peak), .rms = Decibels::of(peak - 9), .hasClipped = hasClipped};
}

jam::StripSnapshot strip(double gain, double firstPeak, double secondPeak)
{
  jam::StripSnapshot strip;
  for (auto& channel : strip.channels) channel.gain = Decibels::of(gain);
  strip.channels[0].level = level(firstPeak);
  strip.channels[1].level = level(secondPeak);
  return strip;
}

/// Most packets soon, few late: a hill with a long tail.
std::vector<std::uint32_t> arrivals(std::size_t number)
{
  std::vector<std::uint32_t> bars(kHistogramBars);
  const auto width = 2.0 + static_cast<double>(number % 4);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const auto x = static_cast<double>(i);
    bars[i] =
      static_cast<std::uint32_t>(4000 * x / width * std::exp(-x / width) + (i == 22 + number % 5 ? 30 : 0));
  }
  return bars;
}

jam::PlayerSnapshot player(std::size_t number)
{
  const auto n = static_cast<int>(number);
  jam::PlayerSnapshot player;
  player.id = {"player-" + std::to_string(number)};
  player.name = kMusicians[number].name;
  player.instrument = kMusicians[number].instrument;
  player.colour = static_cast<std::uint32_t>(number + 1);
  player.strip = strip(-1.5 * (n % 4), -8.0 - 3 * (n % 5), -10.0 - 2 * (n % 6));
  player.strip.channels[0].pan = player.strip.channels[1].pan = 0.3 * (n % 3 - 1);
  player.path = number % 4 == 3 ? room::PathKind::forwarder : room::PathKind::lan;
  player.isHeard = true;
  player.roundTrip = 900us + 300us * n;
  player.clockBound = 120us;
  player.delay = {.deviceIn = 1'333us,
                  .packet = 1'333us,
                  .network = 450us + 2'870us * (n % 4),
                  .playout = 1'140us + 410us * (n % 3),
                  .resampler = 333us,
                  .deviceOut = 2'667us};
  player.driftPpm = 12.5 * n;
  player.jitterBin = 100us;
  player.jitter = arrivals(number);
  return player;
}

audio::DeviceDescription offer(audio::Backend backend, std::string name, int inputs,
                               const std::vector<int>& rates = {48'000})
{
  audio::DeviceDescription offer;
  offer.backend = backend;
  offer.name = offer.title = std::move(name);
  offer.inputs = inputs;
  offer.outputs = 2;
  for (const auto rate : rates) offer.rates.push_back(audio::SampleRate::fromHertz(rate));
  offer.rate = audio::SampleRate::fromHertz(48'000);
  return offer;
}

jam::DeviceSnapshot device()
{
  jam::DeviceSnapshot device;
  device.status.isRunning = true;
  device.status.name = "Scarlett 2i2 USB";
  device.status.frames = 64;
  device.status.deviceIn = 1'333us;
  device.status.deviceOut = 2'667us;
  device.loadMedian = 0.04;
  device.loadWorst = 0.21;
  device.wish.backend = audio::Backend::portAudio;
  device.wish.device = "Scarlett 2i2 USB";
  device.offers = {offer(audio::Backend::jack, "JACK server “default”", 2),
                   offer(audio::Backend::portAudio, "Scarlett 2i2 USB", 2, {44'100, 48'000, 96'000}),
                   offer(audio::Backend::portAudio, "Built-in audio", 2, {44'100, 48'000}),
                   offer(audio::Backend::paced, "No device: a steady clock", 0)};
  device.inputs = {level(-11), level(-47)};
  return device;
}

jam::JamSnapshot basis(HostTime at)
{
  jam::JamSnapshot snapshot;
  snapshot.at = at;
  snapshot.own.name = "Mika";
  snapshot.own.instrument = "Guitar";
  snapshot.own.strip = strip(0, -9, -12);
  snapshot.own.isMonitoring = true;
  snapshot.master = strip(-3, -5, -6.5);
  snapshot.metronome = {.isOn = true, .gain = Decibels::of(-12), .level = level(-18)};
  snapshot.device = device();
  snapshot.room.proposedPassword = "amber willow trumpet harbor seven";
  return snapshot;
}

/// Only those say something who are here.
std::vector<jam::ChatMessage> chat(std::size_t players)
{
  if (players == 0) return {};
  std::vector<jam::ChatMessage> all{
    {.from = {"player-0"}, .name = "Anna", .text = "Do you hear me well?", .isOurs = false},
    {.from = {"own"}, .name = "Mika", .text = "As if you stood here.", .isOurs = true},
    {.from = {"player-1"},
     .name = "Bela",
     .text = "Once more from the second chorus, and please not faster than last time.",
     .isOurs = false}};
  if (players == 1) all.pop_back();
  return all;
}

/// One of everything that can be wrong with a player.
void trouble(std::vector<jam::PlayerSnapshot>& players)
{
  players[1].lostShare = 0.009;
  players[1].lateShare = 0.003;
  players[1].concealedShare = 0.012;
  players[1].strip.isLinked = false;
  players[1].strip.channels[0].gain = Decibels::of(2.5);
  players[1].strip.channels[1].gain = Decibels::of(-8);
  players[1].strip.channels[1].isInverted = true;
  players[2].strip.channels[0].isMuted = true;
  players[3].strip.channels[0].level = level(0.4, true);
}

/// David alone is heard, and we ourselves.
jam::JamSnapshot soloed(HostTime at)
{
  auto snapshot = room(at, 4);
  snapshot.isSoloActive = true;
  for (std::size_t i = 0; i < snapshot.players.size(); ++i)
    for (auto& channel : snapshot.players[i].strip.channels) {
      channel.isSilenced = i != 3;
      if (channel.isSilenced) channel.level = level(-200);
    }
  snapshot.players[3].strip.channels[0].isSoloed = true;
  snapshot.metronome.isSilenced = true;
  snapshot.metronome.level = level(-200);
  return snapshot;
}

/// The same a moment later: all have become softer.
jam::JamSnapshot softer(jam::JamSnapshot snapshot)
{
  const auto soften = [](jam::StripSnapshot& strip) {
    for (auto& channel : strip.channels) channel.level = level(channel.level.peak.value() - 7.3);
  };
  for (auto& player : snapshot.players) soften(player.strip);
  soften(snapshot.own.strip);
  soften(snapshot.master);
  return snapshot;
}

jam::JamSnapshot asHost(jam::JamSnapshot snapshot)
{
  snapshot.room.areWeHost = snapshot.room.isHostedHere = true;
  for (auto& player : snapshot.players) player.isHost = false;
  snapshot.players.back().isMutedByHost = true;
  return snapshot;
}

jam::JamSnapshot lost(jam::JamSnapshot snapshot)
{
  snapshot.room.state = jam::RoomState::lost;
  snapshot.room.problem =
    "The room's server at 192.168.1.20 does not answer. Is it running, and is the network there?";
  for (auto& player : snapshot.players) {
    player.isHeard = false;
    player.strip = strip(0, -200, -200);
  }
  return snapshot;
}

jam::JamSnapshot joining(HostTime at)
{
  auto snapshot = basis(at);
  snapshot.room.state = jam::RoomState::joining;
  snapshot.room.name = "Kitchen";
  return snapshot;
}

jam::JamSnapshot refused(HostTime at)
{
  auto snapshot = lobby(at);
  snapshot.room.name = "Choir hall";
  snapshot.room.invitation = "tutti://192.168.1.31/hall#v1..";
  snapshot.room.asksPassword = true;
  snapshot.room.problem = "The password is not that of this room.";
  return snapshot;
}

jam::JamSnapshot otherHost(HostTime at)
{
  auto snapshot = lobby(at);
  snapshot.room.name = "Kitchen";
  snapshot.room.invitation = "tutti://192.168.1.20/kitchen#v1..";
  snapshot.room.hasOtherHost = true;
  snapshot.room.problem =
    "“Kitchen” is on another computer than when you first joined it, or was set up anew. "
    "Ask who hosts it; somebody may pretend to.";
  return snapshot;
}

jam::JamSnapshot firstRun(HostTime at)
{
  auto snapshot = lobby(at);
  snapshot.own.name.clear();
  snapshot.own.instrument.clear();
  snapshot.device.isWireless = true;
  return snapshot;
}

jam::JamSnapshot wireless(jam::JamSnapshot snapshot)
{
  snapshot.device.isWireless = true;
  return snapshot;
}

/// Its playout waits until the whole takes so long.
void lengthen(stream::DelayParts& delay, Micros total)
{
  delay.playout += total - delay.total();
}

/// One whose delay is kept, and one whose way takes longer than that.
jam::JamSnapshot steady(HostTime at)
{
  auto snapshot = room(at, 4);
  snapshot.players[0].mode = stream::DelayMode::steady(40ms);
  lengthen(snapshot.players[0].delay, 40ms);
  snapshot.players[3].mode = stream::DelayMode::steady(10ms);
  return snapshot;
}

/// One who is heard a bar later, and one who is too far away for a beat.
jam::JamSnapshot inBeats(HostTime at)
{
  constexpr Micros kBar{4 * 60'000'000 / 132};
  constexpr Micros kFar = 505ms;
  auto snapshot = room(at, 4);
  snapshot.players[0].mode = stream::DelayMode::inBeats(4);
  lengthen(snapshot.players[0].delay, kBar);
  snapshot.players[3].mode = stream::DelayMode::inBeats(1);
  snapshot.players[3].delay.network += kFar - snapshot.players[3].delay.total();
  snapshot.players[3].roundTrip = 2 * snapshot.players[3].delay.network;
  snapshot.players[3].modeProblem = "David needs 0.51 s to be heard here, longer than 1 beat at 132 BPM "
                                    "(0.45 s): choose 2 beats, or a tempo of "
                                    "117 BPM or less. Until then you hear them as soon as is safe.";
  return snapshot;
}

jam::JamSnapshot deviceLost(HostTime at)
{
  auto snapshot = room(at, 4);
  snapshot.device.status.isRunning = false;
  snapshot.device.problem = "Scarlett 2i2 USB is gone. The others hear silence; it is waited for.";
  snapshot.device.inputs.clear();
  snapshot.own.strip = strip(0, -200, -200);
  snapshot.master = strip(-3, -200, -200);
  return snapshot;
}

/// Nobody but our echo.
jam::JamSnapshot alone(HostTime at)
{
  auto snapshot = room(at, 1);
  snapshot.room.name = "Echo";
  snapshot.room.isAlone = true;
  snapshot.room.isPublic = snapshot.room.isHostedHere = snapshot.room.areWeHost = false;
  snapshot.room.invitation.clear();
  snapshot.room.chat.clear();
  snapshot.players[0].name = "Echo";
  snapshot.players[0].instrument = "you";
  snapshot.players[0].isHost = false;
  for (auto& channel : snapshot.players[0].strip.channels) channel.pan = 0;
  return snapshot;
}

jam::JamSnapshot cable(HostTime at, jam::CableSnapshot::State state)
{
  using State = jam::CableSnapshot::State;
  auto snapshot = lobby(at);
  auto& cable = snapshot.device.cable;
  cable.state = state;
  if (state == State::failed) cable.problem = "Nothing came back: is the cable in output 1 and input 1?";
  if (state != State::measured) return snapshot;
  cable.reading = {{312}, audio::SampleRate::fromHertz(48'000), Decibels::of(-2), false};
  cable.trim = {audio::Backend::portAudio, "Scarlett 2i2 USB", 2'500us};
  return snapshot;
}

/// A recording that the disk has ended.
jam::JamSnapshot diskFull(HostTime at)
{
  auto snapshot = room(at, 4);
  snapshot.recordingProblem = "The disk is full: the recording has ended. What was recorded is kept.";
  return snapshot;
}

jam::JamSnapshot recording(HostTime at)
{
  auto snapshot = room(at, 4);
  snapshot.recordingTo = "/home/mika/Music/Tutti/2026-05-01 Kitchen";
  snapshot.recorded = 754s;
  snapshot.own.isTalking = true;
  return snapshot;
}

} // namespace

jam::JamSnapshot lobby(HostTime at)
{
  auto snapshot = basis(at);
  snapshot.offers = {
    {.name = "Kitchen", .invitation = "tutti://192.168.1.20/kitchen", .members = 3, .isOnLan = true},
    {.name = "Choir hall",
     .invitation = "tutti://192.168.1.31/hall",
     .members = 9,
     .isOnLan = true,
     .needsPassword = true},
    {.name = "Tuesday band", .invitation = "tutti://play.example.org/tuesday"},
    {.name = "Lessons", .invitation = "tutti://play.example.org/lessons"}};
  return snapshot;
}

jam::JamSnapshot room(HostTime at, std::size_t players)
{
  auto snapshot = basis(at);
  snapshot.room.state = jam::RoomState::joined;
  snapshot.room.name = "Kitchen";
  snapshot.room.invitation = "tutti://192.168.1.20:7300/kitchen#v1.c2VjcmV0.ZmluZ2VycHJpbnQ";
  snapshot.room.chat = chat(players);
  for (std::size_t i = 0; i < players; ++i) snapshot.players.push_back(player(i));
  if (players >= 4) trouble(snapshot.players);
  if (players > 0) snapshot.players[0].isHost = true;
  return snapshot;
}

jam::JamSnapshot jamNamed(std::string_view name, HostTime at)
{
  if (name == "lobby") return lobby(at);
  if (name == "mixer-0") return room(at, 0);
  if (name == "mixer-1") return room(at, 1);
  if (name == "mixer-4") return room(at, 4);
  if (name == "solo") return soloed(at);
  if (name == "mixer-12") return room(at, 12);
  if (name == "mixer-12-softer") return softer(room(at, 12));
  if (name == "room-host") return asHost(room(at, 4));
  if (name == "joining") return joining(at);
  if (name == "refused") return refused(at);
  if (name == "other-host") return otherHost(at);
  if (name == "wireless") return wireless(lobby(at));
  if (name == "room-wireless") return wireless(room(at, 3));
  if (name == "steady") return steady(at);
  if (name == "beats") return inBeats(at);
  if (name == "lost") return lost(room(at, 3));
  if (name == "first-run") return firstRun(at);
  if (name == "device-lost") return deviceLost(at);
  if (name == "recording") return recording(at);
  if (name == "disk-full") return diskFull(at);
  if (name == "test-alone") return alone(at);
  if (name == "cable-measured") return cable(at, jam::CableSnapshot::State::measured);
  if (name == "cable-measuring") return cable(at, jam::CableSnapshot::State::measuring);
  if (name == "cable-missing") return cable(at, jam::CableSnapshot::State::failed);
  return basis(at);
}

} // namespace tutti::prepared
