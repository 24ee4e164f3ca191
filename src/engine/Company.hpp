#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutti/audio/AudioDevice.hpp>
#include <tutti/jam/Desk.hpp>
#include <tutti/jam/FromPlayer.hpp>
#include <tutti/jam/JamSnapshot.hpp>
#include <tutti/jam/Listening.hpp>
#include <tutti/jam/Recording.hpp>
#include <tutti/room/Ensemble.hpp>

#include "ChannelGuests.hpp"

namespace tutti::engine {

/// Everybody else in the room, as we hear them: each has a strip, a stream once one comes, a pair of the
/// device's outputs and a track of the recording where there are any, and a delay of our choice.
///
/// Threads: one at a time, which is the desk's.
class Company {
public:
  /// How who comes is heard.
  struct Usual {
    stream::Intent intent;
    stream::DelayMode mode;
    bool hasDirectOuts = false;
  };
  Company(jam::Desk& desk, jam::Listening& listening, const Usual& usual)
    : desk_{desk}
    , listening_{listening}
    , usual_{usual}
  {}

  /// The device that the desk plays on; nothing: none, and its outputs are gone.
  void useDevice(audio::AudioDevice* device);
  void setDeviceOut(Micros deviceOut);
  /// What the desk's sound goes to; nothing: to no file any more.
  void record(std::shared_ptr<jam::Recording> recording);
  /// Who had to wait for a track may have one by now.
  void attendTracks();

  /// The roster, as it is now.
  void follow(std::vector<room::Ensemble::MemberView> members);
  /// Streams that have begun since.
  void attendStreams();
  void dismissAll();

  void setIntent(const jam::PlayerId& player, stream::Intent intent);
  void setMode(const jam::PlayerId& player, stream::DelayMode mode);

  [[nodiscard]] std::vector<PlayerHere> here() const;
  /// In the order in which they came.
  [[nodiscard]] std::vector<jam::PlayerSnapshot> show() const;
  /// Counts through the window's palette.
  static std::uint32_t colourOf(jam::Slot slot);

private:
  struct Guest {
    jam::PlayerId id;
    std::uint64_t number = 0; // counts everybody who ever came
    std::string name;
    std::shared_ptr<jam::FromPlayer> source;
    std::optional<audio::AudioDevice::OutputPair> directOut;
    std::shared_ptr<patch::Module> track;
    stream::Intent intent;
    stream::DelayMode mode;
  };
  using Member = room::Ensemble::MemberView;

  [[nodiscard]] std::vector<jam::Slot> slotsGone() const;
  void greet(const Member& member);
  void dismiss(jam::Slot slot);
  void begin(const jam::Listening::Begun& begun);
  void giveDirectOut(Guest& guest);
  void giveTrack(Guest& guest);
  void attendModes();
  [[nodiscard]] jam::PlayerSnapshot show(const Member& member, const Guest& guest) const;
  [[nodiscard]] stream::DelayParts delayOf(const Member& member, const jam::StreamReport& report) const;

  jam::Desk& desk_;
  jam::Listening& listening_;
  Usual usual_;
  audio::AudioDevice* device_ = nullptr;
  Micros deviceOut_{0};
  std::shared_ptr<jam::Recording> recording_;
  std::vector<Member> members_;
  std::map<jam::Slot, Guest> guests_;
  std::uint64_t greeted_ = 0;
  std::vector<jam::Listening::Begun> unknown_; // streams of those whom the roster does not name yet
};

} // namespace tutti::engine
