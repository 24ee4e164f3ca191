#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/link/Link.hpp>
#include <tutti/linkaudio/Channel.hpp>
#include <tutti/linkaudio/Refusals.hpp>
#include <tutti/linkaudio/Sink.hpp>
#include <tutti/linkaudio/Source.hpp>

namespace asio {
class io_context;
}

namespace tutti::linkaudio {

class Feed;
class Publication;
class Subscription;
class Tap;

/// What there is to look at, beside the channels.
struct LinkAudioStatus {
  std::vector<link::GatewayStatus> gateways; ///< On which Link takes part, and Link Audio tries to.
  Refusals refusals;
};

/// A Link peer's sound: publishes channels to the other programs of the session, and fetches theirs.
///
/// Off at first. Switched on, it takes part on every address on which Link does, as long as that is enabled:
///
///     linkaudio::LinkAudio audio{link, "Ana"};
///     audio.enable();
///     const auto drums = audio.publish("Drums");
///     const auto bass = audio.subscribe(audio.channels().at(0).id, {});
///
/// Into `(*drums)->sink()` goes what is played, and out of `(*bass)->source()` what they play.
///
/// Sinks date sound, and sources place it, by a `SessionGrid`: take it from
/// `SessionGrid::of(link.capture…())`, from the same capture as what is played by it.
///
/// It has a thread of its own, as urgent as the system allows. What others make it send is bounded, and goes
/// to peers of the session only.
///
/// Threads: construction and destruction from one thread; everything else *any*, also from the callback. The
///          `Link` must outlive it, and it must outlive what it returns.
/// Errors:  addresses that cannot be used are tried again and named in `status()`.
/// Spec:    link-audio 9.
class LinkAudio {
public:
  LinkAudio(link::Link& link, std::string_view peerName);
  ~LinkAudio();
  LinkAudio(const LinkAudio&) = delete;
  LinkAudio& operator=(const LinkAudio&) = delete;

  /// A wish: it takes effect while Link is enabled.
  void enable();
  /// Says goodbye; publications and subscriptions stay, and are there again when it is enabled.
  void disable();
  [[nodiscard]] bool isEnabled() const;

  /// How the others see us, at most 256 bytes.
  void setPeerName(std::string_view name);

  /// What the others of our session publish now, sorted by the names of peer and channel.
  [[nodiscard]] std::vector<Channel> channels() const;
  /// Called on the network thread when that has changed. Replace at any time.
  void onChannels(std::function<void()> callback);

  /// Others see it, and may hear it, as long as what is returned exists.
  /// Errors:  `refused`, when there are too many.
  Result<std::unique_ptr<Publication>> publish(std::string_view name);
  /// A channel is heard as soon as it is there, also if that is later, or again.
  /// Errors:  `refused`, when there are too many.
  Result<std::unique_ptr<Subscription>> subscribe(const ChannelId& channel, Placement placement);

  [[nodiscard]] LinkAudioStatus status() const;

  /// For who carries channels elsewhere (`Transit.hpp`), on its network thread. This is where that thread
  /// takes its work from, as long as this exists.
  [[nodiscard]] asio::io_context& network();
  /// What we publish ourselves.
  [[nodiscard]] std::vector<Channel> ours() const;
  /// Errors:  as `subscribe`.
  Result<std::unique_ptr<Tap>> tap(const ChannelId& channel,
                                   std::function<void(const AudioBuffer&, HostTime arrived)> listener);
  /// `turned` is called on the network thread, after this has returned.
  /// Errors:  as `publish`; also for an id that is published already.
  Result<std::unique_ptr<Feed>> feed(const ChannelId& id, std::string_view name,
                                     std::function<void(bool isHeard)> turned);

private:
  friend class Feed;
  friend class Publication;
  friend class Subscription;
  friend class Tap;
  class Service;
  std::unique_ptr<Service> service_;
};

/// A channel of ours, until this is gone.
///
/// Threads: any.
class Publication {
public:
  Publication(LinkAudio::Service& service, std::shared_ptr<Sink> sink);
  ~Publication();
  Publication(const Publication&) = delete;
  Publication& operator=(const Publication&) = delete;

  [[nodiscard]] const ChannelId& id() const { return sink_->id(); }
  /// Its `write` is for the audio thread; nothing else of it is for the caller.
  [[nodiscard]] const std::shared_ptr<Sink>& sink() const { return sink_; }

  /// The others see it within a quarter of a second. The channel stays the same.
  void rename(std::string_view name);
  [[nodiscard]] bool isHeard() const { return sink_->isHeard(); }
  [[nodiscard]] Sink::Counts takeCounts();

private:
  LinkAudio::Service& service_;
  std::shared_ptr<Sink> sink_;
};

/// A channel that we fetch, until this is gone.
///
/// Threads: any.
class Subscription {
public:
  Subscription(LinkAudio::Service& service, std::shared_ptr<Source> source);
  ~Subscription();
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;

  [[nodiscard]] const ChannelId& id() const { return source_->id(); }
  /// Its `render` is for the audio thread; nothing else of it is for the caller.
  [[nodiscard]] const std::shared_ptr<Source>& source() const { return source_; }

  void setPlacement(Placement placement);
  [[nodiscard]] SourceSnapshot takeSnapshot();

private:
  LinkAudio::Service& service_;
  std::shared_ptr<Source> source_;
};

} // namespace tutti::linkaudio
