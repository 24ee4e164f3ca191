#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include <tutti/endpoint/EndpointModules.hpp>
#include <tutti/patch/Player.hpp>

#include "HeardPatch.hpp"

namespace tutti::engine {

/// The patch around streams of the LAN: what goes into them has a source each, what comes out of them is
/// heard by the device and by the recording.
///
/// Threads: `processor()` is for the device; everything else one at a time, any but audio. Destroyed after
/// the device.
class EndpointPatch {
public:
  /// A `Reception` or a `SoundDoor`.
  using Stream = const void*;

  [[nodiscard]] audio::Processor& processor() { return player_; }
  /// Some ten times a second: what was changed since begins to sound.
  void tend();

  /// What comes in from now on is written as well. Errors: `refused`, where the patch has no room for it.
  Result<void> record(std::shared_ptr<jam::Recording> recording);
  /// How long the device takes from asking for a block until it is heard.
  void setDeviceOut(Micros latency);

  /// Errors:  `refused`, where the patch has no room for it.
  Result<void> hear(const std::shared_ptr<endpoint::Reception>& reception, const std::string& title);
  /// One source may feed several.
  Result<void> feed(const std::shared_ptr<endpoint::SoundDoor>& door, std::size_t channels,
                    const std::shared_ptr<patch::Module>& source, const std::string& title);

  [[nodiscard]] bool has(Stream stream) const { return voices_.contains(stream); }
  /// All others are over.
  void keep(const std::set<Stream>& streams);

private:
  struct Voice {
    std::shared_ptr<const void> stream; // alive as long as its place here, so that no other takes its key
    HeardPatch::Voice place;
    std::shared_ptr<endpoint::FromEndpoint> heard; // of one that comes in
    std::shared_ptr<patch::Module> source;         // of one that goes out
  };
  Result<patch::ModuleId> sourceId(const std::shared_ptr<patch::Module>& source, const std::string& title);
  void dropIdleSources();

  HeardPatch patch_;
  patch::Player player_;
  std::map<Stream, Voice> voices_;
  std::map<std::shared_ptr<patch::Module>, patch::ModuleId> sources_;
  Micros deviceOut_{0};
  bool hasChanged_ = true;
};

} // namespace tutti::engine
