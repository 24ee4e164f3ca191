#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <tutti/bridge/LinkBridge.hpp>
#include <tutti/engine/ChannelsSnapshot.hpp>
#include <tutti/engine/LinkSound.hpp>
#include <tutti/engine/Settings.hpp>
#include <tutti/link/Status.hpp>
#include <tutti/time/BeatGrid.hpp>

namespace tutti::engine {

/// Everything that a view shows, taken at one moment.
struct Snapshot {
  HostTime at{};
  time::BeatGrid grid;    ///< Ask it for the beat at the moment a frame is shown.
  bool isPlaying = false; ///< Including the count-in, during which beats are negative.
  link::Status link;
};

/// The running heart of Tutti, the same for the window and for the command line.
///
/// Owns the control thread and the Link peer, and carries the transport: play begins on the session's next
/// downbeat, and a peer's start or stop is taken over when start/stop is followed.
///
/// Threads: any. Commands return at once; their effect is in a later snapshot.
class Engine {
public:
  /// `interfaces` empty: all.
  explicit Engine(const Settings& settings, std::vector<std::string> interfaces = {});
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void enableLink();
  void disableLink();
  void followStartStop();
  void ignoreStartStop();

  void setTempo(time::Tempo tempo);
  /// 1 to 64 beats.
  void setQuantum(time::Beats quantum);
  void play();
  void stop();

  /// While what it returns exists, the Link programs here are in one session with those of everybody in the
  /// room who bridges. Switches Link on. It has to be gone before the session and before the engine; one at a
  /// time.
  std::unique_ptr<bridge::LinkBridge> openBridge(room::Session& session, const bridge::Rights& ours);

  /// While what it returns exists, a sound device takes part in the Link session. Switches Link on. It has to
  /// be gone before the engine; one at a time.
  /// Errors:  those of `LinkSound::open`.
  Result<std::unique_ptr<LinkSound>> openLinkSound(LinkSoundSettings settings);

  /// How a jam takes part in the session's sound. What is opened by it switches Link on and has to be gone
  /// before the engine; one at a time, and not beside `openLinkSound`.
  [[nodiscard]] LinkAudioWay linkAudioWay();

  [[nodiscard]] Snapshot snapshot() const;
  /// Only the beat grid: cheaper than a snapshot, for a wheel that turns.
  [[nodiscard]] time::BeatGrid beatGrid() const;

  /// Called on the control thread when peers, tempo or playing have changed; take a snapshot then. Must not
  /// wait.
  void onChange(std::function<void()> callback);

private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace tutti::engine
