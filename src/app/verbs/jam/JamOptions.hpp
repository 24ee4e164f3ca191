#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tutti/audio/DeviceWish.hpp>
#include <tutti/bridge/Site.hpp>
#include <tutti/engine/ChannelsSnapshot.hpp>
#include <tutti/engine/LanSnapshot.hpp>
#include <tutti/linkaudio/ChannelPattern.hpp>
#include <tutti/patch/Snapshot.hpp>
#include <tutti/stream/DelayMode.hpp>
#include <tutti/stream/Intent.hpp>
#include <tutti/stream/StreamFormat.hpp>

#include "verbs/terminal/SoundInput.hpp"

namespace tutti::app {

/// What the command line of `tutti jam` asks for.
struct JamOptions {
  std::string invite;     ///< "-": from standard input
  bool isAlone = false;   ///< with an echo, in a room of this machine
  std::string inviteFile; ///< or from here, or from the environment
  std::optional<std::string> password;
  std::string name = "Musician";
  std::string instrument;
  audio::DeviceWish device;
  stream::Codec codec = stream::Codec::pcm16;
  stream::Intent intent;
  stream::DelayMode mode;
  SoundInput input;                                ///< what goes to the room
  std::vector<std::string> lanServers;             ///< whose streams are modules of the patch
  std::vector<engine::LanOffer> lanOffers;         ///< streams of ours
  bool hasLinkAudio = false;                       ///< the Link session's channels are modules of the patch
  std::vector<engine::ChannelOffer> channelOffers; ///< channels of ours
  std::vector<patch::ProcessDescription> programs; ///< that are modules of the patch
  std::vector<std::string> approvedPatches;        ///< files whose programs may be started
  std::string record;
  std::string recordTracks;
  bool isMetronomeOn = false;
  bool isMonitoring = false;
  bool isLinkEnabled = false;
  std::vector<std::string> interfaces;            ///< towards Link programs; all if empty
  bool isBridging = false;                        ///< Link is one session with the other sites'
  bridge::Rights rights;                          ///< of the Link programs here, while it is
  std::vector<linkaudio::ChannelPattern> carried; ///< channels of theirs that are for the other sites
  bool isJson = false;
  std::optional<Micros> duration;
};

} // namespace tutti::app
