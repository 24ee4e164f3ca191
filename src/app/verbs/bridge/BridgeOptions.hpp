#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tutti/bridge/Site.hpp>
#include <tutti/linkaudio/ChannelPattern.hpp>
#include <tutti/stream/StreamFormat.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::app {

/// What the command line of `tutti bridge` asks for.
struct BridgeOptions {
  std::string invite;     ///< "-": from standard input
  std::string inviteFile; ///< or from here, or from the environment
  std::optional<std::string> password;
  std::string name = "Bridge";
  std::vector<std::string> interfaces; ///< towards Link programs; all if empty
  bridge::Rights rights;
  bool hasLinkAudio = false;                      ///< what the other sites carry is published here
  std::vector<linkaudio::ChannelPattern> carried; ///< and of ours, these are for them
  stream::Codec carriedAs = stream::Codec::pcm16;
  bool isJson = false;
  std::optional<Micros> duration;
};

} // namespace tutti::app
