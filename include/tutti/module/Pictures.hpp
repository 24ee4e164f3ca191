#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/module/Card.hpp>
#include <tutti/module/Health.hpp>

namespace tutti::module {

/// A module of an outside process, as its card shows it.
struct GuestPicture {
  std::string name;
  std::string process; ///< As the snapshot calls the program; empty where it came by itself.
  std::string way;     ///< "this machine", or where from.
  Card card;
  bool isHere = false;     ///< Else its place is kept, and silent.
  audio::FrameCount delay; ///< That it adds.
  HealthPicture health;
  std::string trouble; ///< Why it is silent, late or away, in a sentence; empty: all is well.
};

/// A program of the patch.
struct ProcessPicture {
  enum class State {
    notApproved, ///< the user has not said that it may be started
    missing,     ///< there is no such program here
    running,
    waiting, ///< has ended, and starts again
    finished,
    givenUp
  };
  std::string name;
  std::string command; ///< With its arguments, for people.
  State state = State::notApproved;
  std::string text;                   ///< A sentence.
  std::vector<std::string> lastWords; ///< The last lines that it has printed.
};

} // namespace tutti::module
