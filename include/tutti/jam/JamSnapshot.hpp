#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tutti/audio/AudioDevice.hpp>
#include <tutti/audio/CableProbe.hpp>
#include <tutti/audio/Decibels.hpp>
#include <tutti/audio/DeviceList.hpp>
#include <tutti/audio/DeviceTrim.hpp>
#include <tutti/audio/Meter.hpp>
#include <tutti/jam/Guest.hpp>
#include <tutti/room/Path.hpp>
#include <tutti/stream/DelayMode.hpp>
#include <tutti/stream/DelayParts.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::jam {

/// A member of the room, for as long as the room is joined: what commands name, and what lists are keyed by.
struct PlayerId {
  std::string text; ///< The member's id as hex.
  friend auto operator<=>(const PlayerId&, const PlayerId&) = default;
};

/// One channel of a strip, as it is set and as it sounds.
struct ChannelSnapshot {
  audio::Decibels gain;
  double pan = 0; ///< -1 left, 0 both, 1 right.
  bool isMuted = false;
  bool isSoloed = false;
  bool isInverted = false;
  audio::Level level;
  bool isSilenced = false; ///< Others are soloed, and this one is not.
};

struct StripSnapshot {
  bool isLinked = true; ///< The first channel's settings are for both.
  std::array<ChannelSnapshot, 2> channels;
};

struct PlayerSnapshot {
  PlayerId id;
  std::string name;
  std::string instrument;
  std::uint32_t colour = 0; ///< Counts through the window's palette; the same for everybody in the room.
  StripSnapshot strip;
  std::optional<room::PathKind> path; ///< By which way the sound comes; nothing while none is found.
  bool isHeard = false;               ///< Packets come now.
  bool isMutedByHost = false;
  bool isHost = false; ///< May kick, lock, and mute others to the room.
  std::optional<Micros> roundTrip;
  std::optional<Micros> clockBound; ///< How far the shown network part may be off.
  stream::DelayParts delay;         ///< From the other's instrument to our ear.
  double intent = 0.5;              ///< 0 low delay … 1 safe.
  stream::DelayMode mode;           ///< As it was chosen.
  std::string modeProblem;          ///< Why it cannot be kept now; in a sentence for a musician.
  double lostShare = 0;             ///< Of the packets of the last ten seconds: 0 … 1.
  double lateShare = 0;
  double concealedShare = 0;
  std::uint64_t stalePackets = 0; ///< Dropped as replays: captured more than two seconds from now.
  double driftPpm = 0;
  Micros jitterBin{0}; ///< How wide a bar of the histogram is.
  std::vector<std::uint32_t>
    jitter; ///< Packets by how much later than the fastest they came, of the last minute.
};

/// Our own strip.
struct OwnSnapshot {
  std::string name;
  std::string instrument;
  std::uint32_t colour = 0;
  StripSnapshot strip;
  bool isMonitoring = false; ///< We hear ourselves, directly.
  bool isMutedToRoom = false;
  bool isTalking = false; ///< The talkback key is held.
  Micros sentMedian{0};   ///< From the device handing out a block until its packet is sent.
  Micros sentP95{0};      ///< 95 % of the packets.
  Micros sentP99{0};
};

struct MetronomeSnapshot {
  bool isOn = false;
  audio::Decibels gain;
  audio::Level level;
  bool isSilenced = false; ///< As of a channel.
};

/// What a cable from output to input has told.
struct CableSnapshot {
  enum class State : std::uint8_t { unknown, measuring, measured, failed };
  State state = State::unknown;
  std::string problem; ///< Why it failed, in a sentence for a musician.
  audio::CableReading reading;
  audio::DeviceTrim trim;  ///< Beyond what the device tells of itself; in use now.
  std::uint64_t count = 0; ///< Of measurements that went well: a new one is to be remembered.
};

struct DeviceSnapshot {
  audio::DeviceStatus status;
  std::string problem;        ///< In a sentence for a musician; empty when all is well.
  std::uint64_t ownXruns = 0; ///< Callbacks that took longer than their period by themselves.
  std::uint64_t heldUp = 0;   ///< That took longer because the machine did something else.
  double loadMedian = 0;      ///< Of the callback, as share of the period.
  double loadWorst = 0;       ///< 99.99 %.
  audio::DeviceWish wish;     ///< What was asked for last.
  std::vector<audio::DeviceDescription> offers; ///< What could be chosen, as it was when last looked for.
  std::vector<audio::Level> inputs; ///< Each input of the device, live, also before a room is joined.
  CableSnapshot cable;
  bool isWireless = false; ///< The way to the room goes through the air: a cable would make it tighter.
};

struct ChatMessage {
  PlayerId from;
  std::string name; ///< As it was when it was said.
  std::string text;
  bool isOurs = false;
};

/// A room on this network, or one that was joined before.
struct RoomOffer {
  std::string name;
  std::string invitation; ///< What `join` takes.
  std::size_t members = 0;
  bool isOnLan = false;
  bool needsPassword = false;
};

enum class RoomState : std::uint8_t { none, joining, joined, lost };

struct RoomSnapshot {
  RoomState state = RoomState::none;
  std::string name;
  std::string invitation; ///< To be copied; with the secret.
  bool isHostedHere = false;
  bool areWeHost = false;
  bool isLocked = false;
  bool isAlone = false;      ///< Nobody but us and our echo can be here.
  bool isPublic = false;     ///< The host's server could listen; the window says so.
  bool asksPassword = false; ///< What is being joined needs one that was not given, or that was wrong.
  bool hasOtherHost =
    false; ///< What was to be joined is on another computer than before: not without our word.
  std::string proposedPassword; ///< Five words, for whoever hosts.
  std::string problem;          ///< Why it could not be joined, or was left; in a sentence for a musician.
  std::vector<ChatMessage> chat;
};

/// All of a jam that there is to see, at one moment.
struct JamSnapshot {
  HostTime at{};
  RoomSnapshot room;
  std::vector<RoomOffer> offers;
  OwnSnapshot own;
  std::vector<PlayerSnapshot> players; ///< In the order in which they came.
  std::vector<GuestSnapshot> guests;   ///< Who is here from outside, and whose place is kept.
  StripSnapshot master;
  MetronomeSnapshot metronome;
  bool isSoloActive = false; ///< Whoever is not soloed is silent.
  DeviceSnapshot device;
  std::optional<std::string> recordingTo; ///< The folder, while a recording runs.
  Micros recorded{0};
  std::string recordingProblem; ///< Of this recording or the last one; in a sentence for a musician.
};

} // namespace tutti::jam
