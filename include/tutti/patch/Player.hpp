#pragma once

#include <map>
#include <memory>
#include <vector>

#include <tutti/audio/Block.hpp>
#include <tutti/audio/Decibels.hpp>
#include <tutti/patch/Patch.hpp>
#include <tutti/rt/Nonblocking.hpp>
#include <tutti/time/BeatGrid.hpp>

namespace tutti::patch {

/// How the patch sounds that was asked for last.
struct Routing {
  std::vector<ConnectionId> delayed; ///< One block late, because they close a cycle. To be shown.
};

/// Makes a patch sound: compiles it outside, hands it to the audio thread, and frees it when it comes back.
///
/// Each edit cross-fades within 50 ms. What is asked for while a cross-fade is on its way begins after it,
/// and only the last of it; gains move at once. Where no blocks come, nothing changes until they come again.
///
/// Threads: `process` *audio*; `setBeatGrid` from one thread at a time, *any*, also *audio*; `play` and
/// `tend` one at a time, any but audio. Destroyed after the device that calls it.
class Player final : public audio::Processor {
public:
  Player();
  ~Player() override;

  Routing play(const Patch& patch);

  /// Frees what is not needed any more, and goes on to what was asked for last. Call it some ten times a
  /// second.
  void tend();

  /// Nothing that was asked for waits, nothing that leaves is heard, and all of it is freed.
  [[nodiscard]] bool isAtRest() const;

  /// The highest sample that each connection has carried since this was asked last, behind its gain.
  /// One at a time, any but audio; so one asks for all who show it.
  [[nodiscard]] std::map<ConnectionId, audio::Decibels> takePeaks();

  /// What the metronome and other modules render from.
  void setBeatGrid(const time::BeatGrid& grid) noexcept TUTTI_NONBLOCKING;

  void process(const audio::Block& block) noexcept TUTTI_NONBLOCKING override;

private:
  class Inner;
  std::unique_ptr<Inner> inner_;
};

} // namespace tutti::patch
