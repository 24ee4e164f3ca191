#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include <tutti/audio/AudioDevice.hpp>
#include <tutti/audio/CableTest.hpp>
#include <tutti/engine/Jam.hpp>
#include <tutti/jam/Listening.hpp>
#include <tutti/room/LanRooms.hpp>
#include <tutti/room/Session.hpp>
#include <tutti/serve/Host.hpp>

#include "Company.hpp"
#include "Echo.hpp"
#include "Errands.hpp"
#include "InputMeters.hpp"
#include "LanStreams.hpp"
#include "LinkChannels.hpp"
#include "OwnVoice.hpp"
#include "Programs.hpp"
#include "RoomMemory.hpp"
#include "Takes.hpp"

namespace tutti::engine {

/// All pieces of a jam and the thread that attends to them twenty times a second.
///
/// The session's threads meet us only in `listening_`, which has a lock of its own: nothing here is held
/// while the session starts or ends.
class Jam::Impl final : public room::Session::Sink {
public:
  Impl(JamSettings settings, std::function<time::BeatGrid()> grid);
  ~Impl() override;

  Errands& errands() { return errands_; }
  LanStreams& lan() { return lan_; }
  LinkChannels& channels() { return channels_; }
  Programs& programs() { return programs_; }
  /// Where to be from now on: what was wished before is given up, also while it is under way.
  template <class Go> auto planned(Go go)
  {
    return [this, go = std::move(go), plan = nextPlan()] {
      plan_ = plan;
      return go();
    };
  }
  void giveUpJoining();
  void lookForDevices(Look look);
  /// What is shown at once, though others are waited for first.
  void wishDevice(const audio::DeviceWish& wish);
  Result<void> openDevice(const audio::DeviceWish& wish);
  void closeDevice();
  bool closeToLook();
  /// How a room is joined.
  struct Entry {
    room::Invitation invitation;
    std::optional<std::string> password;
    std::vector<std::string> interfaces;
    bool isAlone = false;                    // with an echo: there is nobody to bridge to
    std::vector<room::Invitation> near = {}; // the same by shorter ways, as somebody in the LAN has told
  };
  Result<void> join(const Entry& entry);
  Result<void> joinLink(const std::string& link, const std::optional<std::string>& password,
                        OtherHost otherHost);
  Result<void> host(const HostWish& wish);
  Result<void> playAlone();
  Result<audio::CableReading> measureCable();
  void leave(const std::string& why = {});
  void failed(const Error& error);
  void forgetRoom(const std::string& invitation);
  Settings::Rooms rooms();
  Settings::Mix mix();

  void introduce(const std::string& name, const std::string& instrument);
  void proposePassword();
  void withDesk(const std::function<void(jam::Desk&)>& change);
  patch::Snapshot patch();
  Result<void> loadPatch(const patch::Snapshot& snapshot);
  Result<void> addProgram(const patch::ProcessDescription& program);
  void removeProgram(const std::string& name);
  void clearInputClips() { inputs_.clearClips(); }
  void complain(const std::string& sentence);
  void setMutedToRoom(bool isMuted);
  void setTalking(bool isTalking);
  void setIntent(const jam::PlayerId& player, stream::Intent intent);
  void setMode(const jam::PlayerId& player, stream::DelayMode mode);
  Result<void> say(const std::string& text);
  Result<void> order(room::Order::What what, const std::optional<jam::PlayerId>& player);
  void setBridging(bool isWanted);
  void setBridgeRights(const bridge::Rights& rights);
  BridgeStatus bridge();
  void setKnownServer(const std::optional<room::ServerAddress>& server);
  std::optional<serve::Reach> reach();
  void setInstrument(std::shared_ptr<patch::Module> instrument);
  Result<void> record(const jam::RecordingWish& wish);
  void stopRecording();
  jam::JamSnapshot snapshot();
  void setCallback(std::function<void()> callback);

  void arrived(net::StreamId id, std::span<const std::byte> packet, const room::Way& from,
               HostTime kernelTime) override;
  void tick(HostTime now) override { listening_.tick(now); }
  void changed() override;

private:
  std::stop_token nextPlan();
  Result<std::unique_ptr<serve::Host>> openHost();
  [[nodiscard]] std::string invitationForOthers() const;
  [[nodiscard]] std::vector<room::Invitation> nearWays(const room::Invitation& invitation) const;
  Result<std::unique_ptr<room::Session>> enter(room::Session::Options options, const Entry& entry);

  using Measured = audio::CableTest::Outcome;

  Result<Measured> tryCable();
  Result<audio::CableReading> useReading(const Measured& outcome);
  audio::DeviceTrim& trimOfDevice();
  void useTrim();
  void attend();
  void lookAround(HostTime now);
  bool attendDevice();
  bool forgetComplaint(HostTime now);
  void leaveAsSentAway();
  void useDevice(std::unique_ptr<audio::AudioDevice> device);
  std::optional<audio::SampleRate> deviceRate();
  audio::DeviceStatus deviceStatus();
  bool attendOutside(HostTime now);
  void attendRoom(HostTime now);
  bool attendRecording();
  void endRecording();
  [[nodiscard]] bool isFromLan(const room::Invitation& invitation) const;
  Result<void> refuseIfOtherHost(const room::Invitation& ofLan);
  void rememberRoom(const room::Invitation& invitation, bool isFromLan);
  void attendBridge();
  void meetSites();
  void speak();
  bool attendWay(HostTime now);
  void attendBeats(HostTime now);
  void shareLatencies();

  jam::DeviceSnapshot showDevice();
  [[nodiscard]] std::string roomProblem() const;
  void showRoom(jam::JamSnapshot& shown);
  [[nodiscard]] std::vector<jam::RoomOffer> showOffers() const;

  JamSettings settings_;
  std::function<time::BeatGrid()> grid_;
  time::TempoTrack tempo_; // the attendant's

  std::mutex mutex_; // guards all that follows, but for what says otherwise
  audio::DeviceWish deviceWish_{settings_.device};
  jam::Desk desk_;
  audio::CableTest cable_{desk_.processor()}; // errands
  InputMeters inputs_{cable_};
  jam::Listening listening_; // any
  Company company_{desk_, listening_, {settings_.intent, settings_.mode, settings_.hasDirectOuts}};
  Takes takes_{desk_, company_};
  std::unique_ptr<audio::AudioDevice> device_;
  audio::DeviceStatus deviceStatus_;
  std::string deviceProblem_;
  audio::TrimHalves trimInUse_;
  jam::CableSnapshot cableShown_;
  std::vector<audio::DeviceDescription> offered_;
  std::unique_ptr<serve::Host> host_;
  std::unique_ptr<Echo> echo_; // gone before the host
  std::unique_ptr<room::Session> session_;
  std::unique_ptr<bridge::LinkBridge> bridge_; // gone before the session; made and ended by errands
  room::Session::Status status_;
  room::Invitation invitation_; // by which we are in
  jam::RoomState roomState_ = jam::RoomState::none;
  std::string roomProblem_;
  std::optional<HostTime> complainedAt_; // since when `roomProblem_` is a complaint, which passes
  bool isSentAway_ = false;
  bool isAlone_ = false;
  bool asksPassword_ = false;
  bool hasOtherHost_ = false;
  std::optional<room::Invitation> tried_; // the last that we tried to join
  RoomMemory memory_{settings_.rooms};
  std::string proposedPassword_;
  OwnVoice voice_{desk_}; // gone before the session that it sends with
  HostTime statusAt_{};
  HostTime wayAt_{};
  bool isWireless_ = false;

  LanStreams lan_{settings_.name,
                  {settings_.looksForStreams, settings_.lanServers, settings_.lanOffers}};              // any
  Programs programs_{{settings_.letsProgramsIn, settings_.programsFolder, settings_.programsApproved}}; // any
  LinkChannels channels_{settings_.name, settings_.linkAudioWay, settings_.channels};                   // any
  std::unique_ptr<room::LanRooms> lanRooms_;
  std::atomic<bool> isRoomStale_{false}; // any
  std::mutex callbackMutex_;
  std::function<void()> callback_; // under callbackMutex_

  std::mutex overMutex_;
  std::condition_variable over_;
  bool isOver_ = false; // under overMutex_
  std::thread attendant_;
  std::stop_source wish_; // under mutex_
  std::stop_token plan_;  // of the errand under way, on its thread
  Errands errands_;       // needs all of the above
};

} // namespace tutti::engine
