#pragma once

#include <atomic>
#include <optional>

#include <tutti/link/SessionState.hpp>
#include <tutti/rt/Latest.hpp>
#include <tutti/rt/Nonblocking.hpp>
#include <tutti/rt/Signal.hpp>

#include "Node.hpp"

namespace tutti::link {

/// The audio thread's view of the session: its own last word for a second after it spoke, the peers' word
/// otherwise.
///
/// Without that second a callback that starts the music would see it stopped again in the next block, before
/// its wish has been round to the network thread and back.
///
/// Threads: each member says its owner. Wait-free on the audio side.
/// Spec:    link 6.3.
class AudioSide {
public:
  AudioSide(const ClientState& initial, rt::Signal& committed);

  SessionState capture(HostTime now) noexcept TUTTI_NONBLOCKING;                   // audio
  void commit(const SessionState& state, HostTime now) noexcept TUTTI_NONBLOCKING; // audio

  void publish(const ClientState& state) { published_.write(state); } // net
  void setEnabled(bool isEnabled) { isEnabled_.store(isEnabled, std::memory_order_relaxed); }
  void setPeerCount(std::size_t peers) { hasPeers_.store(peers > 0, std::memory_order_relaxed); }
  /// What the callback committed since the last call, for the node. Call `taken` when the node has it and its
  /// new state is published.
  std::optional<Node::Commit> take(); // net
  void taken();                       // net

private:
  struct StampedTimeline {
    time::HostTimeline value;
    NodeId session;
    HostTime at{};
  };

  void refresh(HostTime now) noexcept TUTTI_NONBLOCKING;

  ClientState cache_;        // audio
  HostTime timelineSaidAt_;  // audio
  HostTime startStopSaidAt_; // audio
  rt::Signal& committed_;
  rt::Latest<ClientState> published_;      // net to audio
  rt::Latest<StampedTimeline> timeline_;   // audio to net
  rt::Latest<StartStop> startStop_;        // audio to net
  std::atomic<std::uint32_t> commits_ = 0; // both: counted up by audio
  std::atomic<std::uint32_t> handled_ = 0; // both: how many the network thread has seen
  std::uint32_t taking_ = 0;               // net
  std::atomic<bool> isEnabled_ = false;    // both
  std::atomic<bool> hasPeers_ = false;     // both
};

} // namespace tutti::link
