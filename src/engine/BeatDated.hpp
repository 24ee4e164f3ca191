#pragma once

#include <atomic>

#include <tutti/link/Link.hpp>
#include <tutti/linkaudio/SessionGrid.hpp>
#include <tutti/patch/Player.hpp>

namespace tutti::engine {

/// A patch whose every block knows how the beats of the Link session lie when it is made: what a metronome
/// plays there and what is sent of it belong to the same beats.
///
/// Threads: `process` *audio*, and no other audio thread asks this Link peer; everything else any.
class BeatDated final : public audio::Processor {
public:
  explicit BeatDated(link::Link& link)
    : link_{link}
  {}

  [[nodiscard]] const std::shared_ptr<linkaudio::CurrentSession>& session() const { return session_; }
  patch::Player& player() { return player_; }
  void setQuantum(time::Beats quantum) { quantum_.store(quantum.microBeats(), std::memory_order_relaxed); }

  void process(const audio::Block& block) noexcept TUTTI_NONBLOCKING override
  {
    const auto state = link_.captureAudio();
    session_->say(linkaudio::SessionGrid::of(state));
    player_.setBeatGrid(
      state.beatGrid(time::Beats::fromMicroBeats(quantum_.load(std::memory_order_relaxed))));
    player_.process(block);
  }

private:
  link::Link& link_;
  std::shared_ptr<linkaudio::CurrentSession> session_ = std::make_shared<linkaudio::CurrentSession>();
  patch::Player player_;
  std::atomic<std::int64_t> quantum_{4'000'000}; // both, micro-beats
};

} // namespace tutti::engine
