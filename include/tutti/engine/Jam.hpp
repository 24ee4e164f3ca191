#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutti/audio/AudioDevice.hpp>
#include <tutti/audio/CableProbe.hpp>
#include <tutti/audio/DeviceTrim.hpp>
#include <tutti/bridge/LinkBridge.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/engine/ChannelsSnapshot.hpp>
#include <tutti/engine/LanSnapshot.hpp>
#include <tutti/engine/OpenDevice.hpp>
#include <tutti/engine/ProgramsSnapshot.hpp>
#include <tutti/engine/Settings.hpp>
#include <tutti/jam/Desk.hpp>
#include <tutti/jam/JamSnapshot.hpp>
#include <tutti/jam/Recording.hpp>
#include <tutti/jam/StripId.hpp>
#include <tutti/module/Approvals.hpp>
#include <tutti/room/Knock.hpp>
#include <tutti/serve/Reach.hpp>
#include <tutti/stream/DelayMode.hpp>
#include <tutti/stream/Intent.hpp>
#include <tutti/stream/StreamFormat.hpp>
#include <tutti/time/BeatGrid.hpp>

namespace tutti::engine {

/// Who makes a bridge between a room and Link programs: an engine.
using OpenBridge = std::function<std::unique_ptr<bridge::LinkBridge>(room::Session&, const bridge::Rights&)>;

/// How a musician comes into rooms.
struct JamSettings {
  std::string name = "Musician";
  std::string instrument;
  audio::DeviceWish device;
  jam::InputChoice input;
  stream::Codec codec = stream::Codec::pcm16;
  stream::Intent intent;               ///< For everybody who is not told otherwise.
  stream::DelayMode mode;              ///< The same.
  bool listensForRooms = false;        ///< Of this LAN, for the window's list.
  bool hasDirectOuts = false;          ///< Each player also on a pair of device outputs of their own.
  std::vector<std::string> interfaces; ///< All if empty.
  std::filesystem::path stateFolder;   ///< Of a room that is hosted here: its key.
  bool isAtHome = false; ///< The router here is asked to let others into rooms that are hosted here.
  std::optional<room::ServerAddress> knownServer; ///< That tries whether they get in.
  Settings::Rooms rooms;                          ///< Those we have been in: offered again.
  OpenDevice deviceOpener = &audio::AudioDevice::open;
  OpenBridge bridgeOpener; ///< None: there is nothing to bridge.
  bool isBridging = false; ///< As soon as a room is joined.
  bridge::Rights bridgeRights;
  std::vector<audio::DeviceTrim> trims; ///< What cables told of devices before.
  Settings::Mix mix;                    ///< How players were mixed before.
  bool looksForStreams = false;         ///< Of this LAN, for the window's list.
  std::vector<std::string> lanServers;  ///< Whose streams are modules of the patch.
  std::vector<LanOffer> lanOffers;
  LinkAudioWay linkAudioWay{}; ///< None: there are no channels of a Link session.
  ChannelsWish channels{};
  bool letsProgramsIn = false;          ///< Other programs of this user may be modules of the patch.
  std::filesystem::path programsFolder; ///< Of the socket that they come by; empty: the usual one.
  module::Approvals programsApproved;   ///< Those that a patch may start.
};

/// What to do with a room of the LAN behind whose name there is another host than last time (room R-11).
enum class OtherHost { refuse, accept };

/// The bridge between the room and the Link programs here.
struct BridgeStatus {
  bool isWanted = false;                  ///< The switch.
  bridge::Rights rights{};                ///< What the Link programs here may change for everybody.
  std::optional<bridge::Snapshot> atWork; ///< While it is on and we are in a room with others.
};

/// A new room, hosted by this program.
struct HostWish {
  std::string name;
  std::optional<std::string> password;
  bool isPublic = false;
};

/// Everything between an instrument and the others in a room: the device, the mixer, the room, the streams.
///
/// What takes time (opening a device, joining) is done on a thread of its own, one thing after the other;
/// `snapshot` tells how it went. A device or a room that is lost is waited for, and everything goes on where
/// it was.
///
/// Threads: any; none of these waits for network or device, except where it returns a `Result`.
class Jam {
public:
  /// `grid` says how the beats lie now, for the metronome; it is asked twenty times a second.
  Jam(JamSettings settings, std::function<time::BeatGrid()> grid);
  ~Jam();
  Jam(const Jam&) = delete;
  Jam& operator=(const Jam&) = delete;

  /// Opens the device, or another one; the patch stays. Waits for it.
  Result<void> openDevice(const audio::DeviceWish& wish);
  /// Joins a room and waits for it.
  Result<void> join(const std::string& invitation, const std::optional<std::string>& password);
  /// Hosts a room, joins it, and waits for both.
  Result<void> host(const HostWish& wish);
  /// A room of this machine only, with an echo as the other player: what we play comes back over all of the
  /// way that it goes to others. Waits for it.
  Result<void> playAlone();
  /// Measures how long sound is on its way through the device, by a cable from its first output to its first
  /// input, and counts with it from now on. Takes some seconds.
  /// Errors: `refused` in a room; else `unavailable` with what the cable says.
  Result<audio::CableReading> measureCable();

  /// The same without waiting: what went wrong is in the snapshot.
  enum class Look {
    around, ///< At what is known.
    anew,   ///< Also at what was plugged in meanwhile: outside of a room our own device may close for it.
  };
  /// What devices there are, and a password to propose: in the snapshot, when they are found.
  void lookForDevicesSoon(Look look = Look::around);
  void openDeviceSoon(const audio::DeviceWish& wish);
  void joinSoon(const std::string& invitation, const std::optional<std::string>& password,
                OtherHost otherHost = OtherHost::refuse);
  void hostSoon(const HostWish& wish);
  void playAloneSoon();
  void measureCableSoon();
  void leaveSoon();

  /// Offers it no more, until it is joined again.
  void forgetRoom(const std::string& invitation);
  /// Those we have been in by now: to be remembered.
  [[nodiscard]] Settings::Rooms rooms();
  /// How players are mixed by now, but for those who sound as they come: to be remembered.
  [[nodiscard]] Settings::Mix mix();

  /// Who tries whether others get into rooms that are hosted here, from the next one on.
  void setKnownServer(const std::optional<room::ServerAddress>& server);
  /// Whether they do; nothing in rooms of others.
  [[nodiscard]] std::optional<serve::Reach> reach();

  /// How the others see us, from the next room on.
  void introduce(const std::string& name, const std::string& instrument);
  /// Another password to propose to who hosts.
  void proposePassword();
  /// Takes a whole turn of the desk: for strips, monitor, metronome. Nothing may be kept beyond it.
  void withDesk(const std::function<void(jam::Desk&)>& change);
  /// The desk's patch with what it is played to, as a file holds it. Of the room only its name: whoever gets
  /// the file does not get in.
  [[nodiscard]] patch::Snapshot patch();
  /// Becomes what the snapshot says, but for tempo and quantum. Of the programs that it names those run that
  /// the musician has approved before, and no others.
  /// Errors: those of `jam::Desk::load`; then nothing has changed.
  Result<void> loadPatch(const patch::Snapshot& snapshot);
  void clearInputClips();
  /// Shows a sentence to the musician where problems of the room are shown.
  void complain(const std::string& sentence);
  void setMutedToRoom(bool isMuted);
  void setTalking(bool isTalking);
  void setIntent(const jam::PlayerId& player, stream::Intent intent);
  /// How the time from the player's instrument to our ear is chosen.
  void setMode(const jam::PlayerId& player, stream::DelayMode mode);
  Result<void> say(const std::string& text);
  enum class Order { kick, mute, unmute };
  Result<void> order(Order order, const jam::PlayerId& player);
  Result<void> setLocked(bool isLocked);

  /// Whether the Link programs here are in one session with those of all others in the room who bridge; also
  /// of the rooms to come.
  void setBridging(bool isWanted);
  void setBridgeRights(const bridge::Rights& rights);
  [[nodiscard]] BridgeStatus bridge();

  /// All streams of this server of the LAN are modules of the patch as soon as it is found, and again after
  /// it was lost; connected by hand they are heard.
  void connectStreams(const std::string& server);
  void disconnectStreams(const std::string& server);
  /// Errors: `unsupported`, with a sentence, for a stream that cannot be; `refused` for one too many.
  Result<void> offerStream(const LanOffer& offer);
  void withdrawStream(const std::string& name);
  /// Those that are wanted by now: to be remembered.
  [[nodiscard]] std::vector<std::string> streamServers();
  /// Servers that are near or wanted, and what we offer.
  [[nodiscard]] LanSnapshot lan();

  /// Channels of the Link session: off, what the patch has of them waits.
  void setLinkAudio(bool isOn);
  /// A module of the patch from now on, and on the master.
  void listenTo(const linkaudio::ChannelId& channel);
  /// Takes it out of the patch, with its cables; also one that is not there now.
  void stopListening(const std::string& guest);
  void placeChannel(const std::string& guest, linkaudio::Placement placement);
  /// Errors: `unsupported`, with a sentence, for a name that cannot be; `refused` for one too many.
  Result<void> publishChannel(const ChannelOffer& offer);
  void withdrawChannel(const std::string& name);
  /// The Link programs of the room's other sites may have it, while Link is bridged.
  void carryChannel(const linkaudio::ChannelPattern& channel, bool isWanted);
  /// The mix and each player, also who comes later; off: none of them any more.
  void publishEverybody(bool doesSo);
  /// By now: to be remembered. What a hand has connected the patch remembers.
  [[nodiscard]] ChannelsWish channelsWish();
  [[nodiscard]] ChannelsSnapshot channels();

  /// A program that brings a module: it is in the patch from now on, approved, and runs.
  /// Errors: `malformed` and `refused`, with a sentence.
  Result<void> addProgram(const patch::ProcessDescription& program);
  /// Ended, and not in the patch any more.
  void removeProgram(const std::string& name);
  /// It may be started when a patch names it.
  void approveProgram(const patch::ProcessDescription& program);
  /// The musician has seen what programs the patch names: they may be started, now and another day.
  void approvePrograms();
  /// Starts one that has ended, was given up, or was missing.
  void startAgain(const std::string& program);
  /// By now: to be remembered.
  [[nodiscard]] module::Approvals programsApproved();
  [[nodiscard]] ProgramsSnapshot programs();

  /// What goes to the room instead of the device's input; nothing: the input again.
  void setInstrument(std::shared_ptr<patch::Module> instrument);
  /// The mix and, where a folder is named, each track. Errors: where it cannot be written, or there is no
  /// device. What goes wrong later is in the snapshot.
  Result<void> record(const jam::RecordingWish& wish);
  void stopRecording();

  [[nodiscard]] jam::JamSnapshot snapshot();
  /// Called from threads of ours when something other than levels has changed.
  void onChange(std::function<void()> callback);

private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace tutti::engine
