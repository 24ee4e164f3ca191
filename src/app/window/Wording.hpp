#pragma once

#include <QString>

#include <optional>

#include <tutti/link/Status.hpp>
#include <tutti/room/Path.hpp>
#include <tutti/serve/Reach.hpp>
#include <tutti/time/HostClock.hpp>

/// How the engine's values read to a musician, in the language of the window.
namespace tutti::app::wording {

/// "128.0", "128.25": as many digits as it takes, two at most.
QString tempo(double bpm);

/// "12 µs", "1.4 ms", "15 ms": two significant digits, so that the figure rests when the clock does.
QString duration(Micros length);

/// The same with its sign: "+12 µs".
QString offset(Micros distance);

/// "18.4": a length in ms, told to a tenth, so that figures that add up do so on the screen.
QString tenths(double milliseconds);

/// "1.2 %", "0 %", "12 %".
QString share(double ofOne);

/// "0:07", "12:34", "1:02:03": what a recorder counts.
QString elapsed(Micros length);

/// "now", "3 min ago", "2 h ago": coarse on purpose, a label that changes every second would keep the window
/// drawing.
QString age(Micros since);

/// "1 Link program", "3 Link programs".
QString programs(std::size_t count);

/// "1 beat", "4 beats", "2.5 beats".
QString beats(double count);

/// By which way somebody is reached: "Direct, over the Internet".
QString path(const std::optional<room::PathKind>& kind);

/// Whether friends elsewhere get into a room that is hosted here, and why not.
QString reach(const serve::Reach& reach);

/// What the host can do about it, where it is closed.
QString cure(const serve::Reach& reach);

/// What happened, in a sentence: "Tempo 128.0 → 132.0, set by 192.168.1.20".
QString change(const link::Change& change);

} // namespace tutti::app::wording
