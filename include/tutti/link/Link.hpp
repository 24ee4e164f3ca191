#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <tutti/link/AudioView.hpp>
#include <tutti/link/Bridging.hpp>
#include <tutti/link/SessionState.hpp>
#include <tutti/link/Status.hpp>
#include <tutti/rt/Nonblocking.hpp>
#include <tutti/time/Tempo.hpp>

namespace asio {
class io_context;
}

namespace tutti::link {

/// A Link peer: shares tempo, beat, phase and start/stop with every Link program on the local networks.
///
/// Starts alone and disabled. Enabled, it finds peers on every interface by itself, joins the oldest session
/// there is, and keeps counting on its own where there is none. Read with a capture, change with a commit:
///
///     auto state = link.captureApp();
///     state.setTempo(time::Tempo::fromBpm(128), time::HostClock::now());
///     link.commitApp(state);
///
/// Use either the app pair or the audio pair of capture and commit for one purpose; a change by one is seen
/// by the other.
///
/// Threads: construction and destruction from one thread; `captureAudio`/`commitAudio` from one *audio*
/// thread, never
///          concurrently with themselves; everything else *any*.
/// Errors:  none to handle: interfaces that cannot be used are tried again and named in `status()`.
/// Spec:    link 6.
class Link {
public:
  struct Options {
    std::vector<std::string> interfaces; ///< Names such as "eth0"; empty: all, as Link programs do.
  };

  /// With a network thread of its own.
  explicit Link(time::Tempo tempo);
  Link(time::Tempo tempo, Options options);
  /// On the caller's context, which must be running until this object is gone.
  Link(time::Tempo tempo, Options options, asio::io_context& control);
  ~Link();
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  void enable();
  /// Says goodbye to the peers and goes on alone; tempo and beat stay.
  void disable();
  [[nodiscard]] bool isEnabled() const;

  /// Follow and lead the peers' start and stop. Off at first; switching it on changes nothing by itself.
  void followStartStop();
  void ignoreStartStop();
  [[nodiscard]] bool followsStartStop() const;

  /// Peers in our session, ourselves not counted.
  [[nodiscard]] std::size_t peerCount() const;

  /// Called on the network thread after each change, from whichever side it came; also while this object is
  /// being destroyed, when the peers go. Replace at any time.
  void onPeerCount(std::function<void(std::size_t)> callback);
  void onTempo(std::function<void(time::Tempo)> callback);
  void onStartStop(std::function<void(bool isPlaying)> callback);

  /// For a bridge: called on the network thread with what there is on the LAN, after each change and each
  /// sign of life. Never within a call of `carry`.
  void onLan(std::function<void(const LanView&)> callback);
  /// For a bridge; on the network thread only (that of `control`). The next `onLan` shows what came of it.
  void carry(const BridgeOrder& order);

  /// For Link Audio: called on the network thread with who there is, whenever that has changed, and now.
  void onAudio(std::function<void(const AudioView&)> callback);
  /// For Link Audio: from now on our sockets for it are announced; those that are not named no more.
  void offerAudio(AudioSockets sockets);

  [[nodiscard]] SessionState captureApp() const;
  void commitApp(const SessionState& state);

  [[nodiscard]] SessionState captureAudio() noexcept TUTTI_NONBLOCKING;
  void commitAudio(const SessionState& state) noexcept TUTTI_NONBLOCKING;

  /// A copy of everything there is to see. Cheap enough for 30 times a second.
  [[nodiscard]] Status status() const;

private:
  class Service;
  std::unique_ptr<Service> service_;
};

} // namespace tutti::link
