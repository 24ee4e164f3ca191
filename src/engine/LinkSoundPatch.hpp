#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutti/linkaudio/ChannelModules.hpp>

#include "BeatDated.hpp"
#include "HeardPatch.hpp"
#include "RecordingDate.hpp"

namespace tutti::engine {

/// The patch around the channels of a Link session: what we publish has a source each, what we fetch is heard
/// by the device and by the recording.
///
/// Threads: `processor()` is for the device; everything else one at a time, any but audio. Destroyed after
/// the device.
class LinkSoundPatch {
public:
  explicit LinkSoundPatch(link::Link& link);

  [[nodiscard]] audio::Processor& processor() { return dated_; }
  void setQuantum(time::Beats quantum) { dated_.setQuantum(quantum); }
  /// Some ten times a second: what was changed since begins to sound.
  void tend();

  /// What comes in from now on is written as well.
  Result<void> record(std::shared_ptr<jam::Recording> recording);
  [[nodiscard]] std::optional<RecordedMoment> recorded() { return date_->newest(); }
  /// How long the device takes from asking for a block until it is heard.
  void setDeviceOut(Micros latency);

  /// Errors:  `refused`, where the patch has no room for it.
  Result<void> publish(const std::shared_ptr<linkaudio::Sink>& sink,
                       const std::shared_ptr<patch::Module>& source, const std::string& title);
  Result<void> hear(const std::shared_ptr<linkaudio::Source>& source, const std::string& title);
  void leave(const linkaudio::ChannelId& id);
  /// All that is published has another source, for a device at another rate.
  void unpublish();

private:
  struct Voice {
    HeardPatch::Voice place;
    std::shared_ptr<linkaudio::FromChannel> heard;
  };

  HeardPatch patch_;
  BeatDated dated_;
  std::shared_ptr<RecordingDate> date_ = std::make_shared<RecordingDate>();
  std::map<linkaudio::ChannelId, Voice> voices_;
  std::vector<patch::ModuleId> published_;
  Micros deviceOut_{0};
  bool hasChanged_ = true;
};

} // namespace tutti::engine
