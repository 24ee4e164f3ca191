#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tutti/audio/DeviceWish.hpp>
#include <tutti/engine/LinkSound.hpp>
#include <tutti/time/Beats.hpp>
#include <tutti/time/HostClock.hpp>
#include <tutti/time/Tempo.hpp>

#include "verbs/terminal/SoundInput.hpp"

namespace tutti::app {

/// A channel of ours, and what sounds in it: here clicks are the session's beats.
struct PublishedChannel {
  std::string name;
  SoundInput source;

  friend bool operator==(const PublishedChannel&, const PublishedChannel&) = default;
};

/// What the command line of `tutti linkaudio` asks for. Without anything, it lists what there is.
struct LinkAudioOptions {
  std::vector<PublishedChannel> published;
  std::vector<linkaudio::ChannelPattern> wanted;
  linkaudio::Placement placement;
  std::string name = "Tutti";
  time::Tempo tempo;
  time::Beats quantum = time::Beats::fromMicroBeats(4'000'000);
  std::vector<std::string> interfaces;
  audio::DeviceWish device;
  std::string record;
  std::string recordTracks;
  bool isJson = false;
  std::optional<Micros> duration;
};

} // namespace tutti::app
