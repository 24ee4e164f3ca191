#pragma once

#include <functional>

#include <tutti/linkaudio/AudioBuffer.hpp>
#include <tutti/linkaudio/LinkAudio.hpp>

/// Channels of the LAN for who carries them elsewhere, as datagrams and not as signals: nothing is resampled,
/// and every frame keeps its beat.
namespace tutti::linkaudio {

/// Fetches a channel until it is gone; one of our own is listened to where it leaves.
///
/// Threads: any; the listener is called on the network thread.
class Tap {
public:
  using Listener = std::function<void(const AudioBuffer& buffer, HostTime arrived)>;

  Tap(LinkAudio::Service& service, ChannelId id, std::shared_ptr<Listener> listener);
  ~Tap();
  Tap(const Tap&) = delete;
  Tap& operator=(const Tap&) = delete;

private:
  LinkAudio::Service& service_;
  ChannelId id_;
  std::shared_ptr<Listener> listener_;
};

/// Publishes a channel whose datagrams are made elsewhere, until it is gone.
///
/// Threads: the network thread.
class Feed {
public:
  /// From now on somebody listens, or nobody does any more.
  using Turned = std::function<void(bool isHeard)>;

  Feed(LinkAudio::Service& service, ChannelId id);
  ~Feed();
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  void rename(std::string_view name);
  /// To everybody who listens.
  void send(const AudioBuffer& buffer);

private:
  LinkAudio::Service& service_;
  ChannelId id_;
};

} // namespace tutti::linkaudio
