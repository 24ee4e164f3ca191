#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutti/audio/AudioDevice.hpp>
#include <tutti/audio/DeviceWish.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/engine/Endpoints.hpp>
#include <tutti/engine/OpenDevice.hpp>
#include <tutti/jam/Recording.hpp>
#include <tutti/link/Link.hpp>
#include <tutti/linkaudio/ChannelPattern.hpp>
#include <tutti/linkaudio/LinkAudio.hpp>
#include <tutti/patch/Module.hpp>

namespace tutti::engine {

/// What of this machine's sound the Link session gets, and what of the session's is heard here.
struct LinkSoundSettings {
  std::string name = "Tutti"; ///< How the others see us.
  audio::DeviceWish device;
  OpenDevice deviceOpener = &audio::AudioDevice::open;

  struct Published {
    std::string name;
    MakeSource source; ///< Nothing: the device's first two inputs.
  };
  std::vector<Published> published;

  /// The channels of these names, of whom and how many they ever are.
  std::vector<linkaudio::ChannelPattern> wanted;
  linkaudio::Placement placement;

  jam::RecordingWish recording; ///< of what comes in: the mix, and each channel
};

/// A channel of ours.
struct PublishedSnapshot {
  std::string name;
  linkaudio::ChannelId id;
  bool isHeard = false;
  linkaudio::Sink::Counts sent;
};

/// A channel of somebody else's that is heard here.
struct HeardSnapshot {
  linkaudio::Channel channel;
  bool isListed = false; ///< It is there now.
  linkaudio::SourceSnapshot sound;
};

/// Which moment a place in the recording belongs to.
struct RecordedMoment {
  std::int64_t frame = 0;
  HostTime audible{};
};

/// What happened.
struct LinkSoundEvent {
  enum class Kind {
    channels, ///< The list has changed; `channels` is all of it.
    beats,    ///< The session's beats lie otherwise from now on; `grid` says how.
    problem   ///< `text` is a sentence for the musician.
  };
  Kind kind = Kind::problem;
  HostTime at{};
  std::vector<linkaudio::Channel> channels;
  linkaudio::SessionGrid grid;
  std::string text;
};

struct LinkSoundSnapshot {
  audio::DeviceStatus device;
  std::size_t peers = 0; ///< In the session.
  linkaudio::SessionGrid grid;
  std::vector<linkaudio::Channel> channels; ///< That the others publish.
  std::vector<PublishedSnapshot> published;
  std::vector<HeardSnapshot> heard;
  std::optional<RecordedMoment> recorded;
  linkaudio::LinkAudioStatus network;
};

/// A sound device in the Link session: what it plays others may hear, what others publish it plays.
///
///     source ─▸ channel of ours        channel of another ─▸ device
///                                                         └▸ recording
///
/// Channels that are wanted are heard as soon as they are there, and again when they come back. Each block is
/// dated by the session's beats as they lie when the block is made.
///
/// Threads: any. Nothing waits for the network, but for `open`.
/// Errors:  of `open`: no device, no file; each with a sentence.
class LinkSound {
public:
  /// `link` and `quantum` outlive it.
  static Result<std::unique_ptr<LinkSound>> open(LinkSoundSettings settings, link::Link& link,
                                                 std::function<time::Beats()> quantum);
  ~LinkSound();
  LinkSound(const LinkSound&) = delete;
  LinkSound& operator=(const LinkSound&) = delete;

  [[nodiscard]] LinkSoundSnapshot snapshot();
  /// What happened since the last call.
  [[nodiscard]] std::vector<LinkSoundEvent> takeEvents();

private:
  class Impl;
  explicit LinkSound(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

} // namespace tutti::engine
