#pragma once

#include <tutti/time/Phase.hpp>

namespace tutti::time {

/// Host time and musical time at this moment, as one copyable value: what a beat wheel, a metronome or a
/// recorder renders from. It stays true until the session changes; whoever holds it asks for a fresh one each
/// block or frame.
///
/// Threads: a value; all methods *any*, also *audio*.
class BeatGrid {
public:
  constexpr BeatGrid() = default;
  constexpr BeatGrid(const HostTimeline& timeline, Beats quantum, bool isPlaying)
    : timeline_{timeline}
    , quantum_{quantum}
    , isPlaying_{isPlaying}
  {}

  [[nodiscard]] constexpr Beats beatAt(HostTime at) const { return beatAtTime(timeline_, at, quantum_); }
  [[nodiscard]] constexpr Beats phaseAt(HostTime at) const { return phase(beatAt(at), quantum_); }
  [[nodiscard]] constexpr HostTime timeAt(Beats beat) const { return timeAtBeat(timeline_, beat, quantum_); }

  /// What the beats are counted by, whatever the quantum.
  [[nodiscard]] constexpr const HostTimeline& timeline() const { return timeline_; }
  [[nodiscard]] constexpr Tempo tempo() const { return timeline_.tempo; }
  [[nodiscard]] constexpr Beats quantum() const { return quantum_; }
  [[nodiscard]] constexpr bool isPlaying() const { return isPlaying_; }

private:
  HostTimeline timeline_;
  Beats quantum_ = Beats::fromMicroBeats(4'000'000);
  bool isPlaying_ = false;
};

} // namespace tutti::time
