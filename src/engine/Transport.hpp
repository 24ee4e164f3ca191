#pragma once

#include <atomic>

#include <tutti/link/Link.hpp>
#include <tutti/time/Beats.hpp>

namespace tutti::engine {

/// Starts and stops with the music: a start falls on the session's next downbeat, and a peer's start puts our
/// beat zero where theirs is.
///
/// Threads: any; `sessionPlays` the network thread.
class Transport {
public:
  explicit Transport(link::Link& link, time::Beats quantum)
    : link_{link}
    , quantum_{quantum.microBeats()}
  {}

  void setQuantum(time::Beats quantum) { quantum_.store(quantum.microBeats()); }
  [[nodiscard]] time::Beats quantum() const { return time::Beats::fromMicroBeats(quantum_.load()); }

  void play();
  void stop();
  /// The session started or stopped, by whomever.
  void sessionPlays(bool isPlaying);

private:
  link::Link& link_;
  std::atomic<std::int64_t> quantum_; // micro-beats
  std::atomic<bool> isPlaying_ = false;
};

} // namespace tutti::engine
