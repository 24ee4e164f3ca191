#pragma once

#include <optional>
#include <variant>

#include <tutti/engine/Engine.hpp>

#include "Keys.hpp"

namespace tutti::app {

enum class Switch { enableLink, disableLink, play, stop, followStartStop, ignoreStartStop };

/// What the engine is asked to do.
using Command = std::variant<Switch, time::Tempo, time::Beats>;

/// Turns keys into commands, relative to what the session does now.
///
/// A command takes a moment until a snapshot shows it. Keys pressed meanwhile count from what was asked for,
/// so that three quick presses are three steps.
class Controls {
public:
  /// `Key::quit` is none of the engine's business: no command.
  std::optional<Command> press(Key key, const engine::Snapshot& snapshot);

private:
  template <class T> struct Wish {
    T value{};
    std::optional<HostTime> at;

    /// What was asked for a moment ago, else what is.
    T or_(T actual, HostTime now) const;
    T set(T wanted, HostTime now);
  };

  Wish<bool> isEnabled_;
  Wish<bool> isPlaying_;
  Wish<bool> followsStartStop_;
  Wish<time::Tempo> tempo_;
  Wish<time::Beats> quantum_;
};

void perform(const Command& command, engine::Engine& engine);

} // namespace tutti::app
