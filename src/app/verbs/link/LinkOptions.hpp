#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tutti/time/Beats.hpp>
#include <tutti/time/HostClock.hpp>
#include <tutti/time/Tempo.hpp>

namespace tutti::app {

enum class Output { statusLine, json };

/// A tempo to be set some time after the start, for scripts.
struct TempoChange {
  Micros after{0};
  time::Tempo tempo;

  friend bool operator==(const TempoChange&, const TempoChange&) = default;
};

/// What `tutti link` was asked to do.
struct LinkOptions {
  time::Tempo tempo;
  time::Beats quantum = time::Beats::fromMicroBeats(4'000'000);
  bool isEnabled = true;
  bool followsStartStop = false;
  bool plays = false;
  std::optional<Micros> duration;        ///< None: until told to leave.
  std::vector<std::string> interfaces;   ///< Empty: all.
  std::vector<TempoChange> tempoChanges; ///< In any order.
  Output output = Output::statusLine;
};

} // namespace tutti::app
