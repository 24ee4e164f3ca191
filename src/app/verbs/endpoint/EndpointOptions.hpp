#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tutti/audio/DeviceWish.hpp>
#include <tutti/endpoint/CallList.hpp>
#include <tutti/endpoint/ControlMessage.hpp>
#include <tutti/time/HostClock.hpp>

#include "verbs/terminal/SoundInput.hpp"

namespace tutti::app {

/// A stream that we offer, and what sounds in it.
struct OfferedStream {
  endpoint::StreamOffer about;
  SoundInput source;
};

/// What the command line of `tutti endpoint` asks for.
struct EndpointOptions {
  bool isServing = false;
  std::vector<OfferedStream> offers;        ///< what others hear; as a server
  std::vector<endpoint::StreamOffer> takes; ///< what others may send; as a server
  std::uint16_t port = 0;                   ///< 0: any
  bool isListing = false;                   ///< only says which servers there are
  std::vector<endpoint::CallList::Wanted> servers;
  SoundInput input; ///< what servers hear of us
  std::string name = "Tutti";
  audio::DeviceWish device;
  std::string record;
  std::string recordTracks;
  bool isJson = false;
  std::optional<Micros> duration;
};

} // namespace tutti::app
