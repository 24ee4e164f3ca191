#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include <tutti/engine/LinkSound.hpp>

#include "LinkSoundPatch.hpp"

namespace tutti::engine {

/// The pieces, and the thread that attends to them twenty times a second. Only what is shown and told is
/// seen by other threads.
class LinkSound::Impl {
public:
  Impl(LinkSoundSettings settings, link::Link& link, std::function<time::Beats()> quantum);
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<void> open();
  LinkSoundSnapshot snapshot();
  std::vector<LinkSoundEvent> takeEvents();

private:
  /// A channel that is fetched.
  struct Fetched {
    linkaudio::Channel channel;
    std::unique_ptr<linkaudio::Subscription> subscription;
    HostTime listedAt{};
  };

  Result<void> record();
  Result<void> publish();
  Result<void> feed();
  [[nodiscard]] Result<std::shared_ptr<patch::Module>> makeSource(const MakeSource& source) const;

  void attend();
  void lookAround(HostTime now);
  void attendDevice(HostTime now);
  void attendRecording(HostTime now);
  void attendBeats(HostTime now);
  void attendChannels(HostTime now);
  [[nodiscard]] bool isWanted(const linkaudio::Channel& channel) const;
  void fetch(const linkaudio::Channel& channel, HostTime now);
  void leaveWhoIsGone(HostTime now);
  void look();
  void tell(LinkSoundEvent event);
  void complain(HostTime now, const std::string& sentence);

  LinkSoundSettings settings_;
  link::Link& link_;
  std::function<time::Beats()> quantum_;
  LinkSoundPatch patch_;
  linkaudio::LinkAudio audio_;
  std::vector<std::unique_ptr<linkaudio::Publication>> published_;
  std::map<linkaudio::ChannelId, Fetched> fetched_;
  std::shared_ptr<jam::Recording> recording_;
  std::string recordingProblem_;
  std::string fullProblem_;                    // why a channel could not be fetched, as was told last
  std::unique_ptr<audio::AudioDevice> device_; // gone before what it plays
  LinkSoundSnapshot next_;                     // the attendant's
  std::optional<linkaudio::SessionGrid> toldGrid_;

  std::mutex mutex_;
  LinkSoundSnapshot shown_;            // under mutex_
  std::vector<LinkSoundEvent> events_; // under mutex_

  std::mutex overMutex_;
  std::condition_variable over_;
  bool isOver_ = false; // under overMutex_
  std::thread attendant_;
};

} // namespace tutti::engine
