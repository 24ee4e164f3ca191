#pragma once

#include <tutti/engine/Engine.hpp>

namespace tutti::app {

/// A moment of a session as the engine would show it: on a grid that has its beat zero at host time zero.
inline engine::Snapshot snapshotOf(double bpm, HostTime at = {},
                                   time::Beats quantum = time::Beats::fromDouble(4))
{
  engine::Snapshot snapshot;
  snapshot.at = at;
  snapshot.grid = time::BeatGrid{{time::Tempo::fromBpm(bpm), {}, {}}, quantum, false};
  return snapshot;
}

} // namespace tutti::app
