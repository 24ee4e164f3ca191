#pragma once

#include <optional>
#include <string_view>

#include <tutti/core/Result.hpp>
#include <tutti/time/HostClock.hpp>

#include "Display.hpp"
#include "Interruptions.hpp"

namespace tutti::app {

/// What a verb tells second by second, until a signal comes, nobody reads any more, or its time is over.
///
/// Threads: one at a time, one narration in a program.
class Narration {
public:
  explicit Narration(std::optional<Micros> duration);
  ~Narration();
  Narration(const Narration&) = delete;
  Narration& operator=(const Narration&) = delete;

  void line(std::string_view text);
  void live(std::string_view text);
  void aside(std::string_view text) { display_.aside(text); }

  /// Sleeps until the next second begins, or the duration ends. False: it is over, tell nothing more.
  bool nextSecond();
  /// Sleeps until this can be read. False: it is over before.
  bool waitFor(int descriptor);
  void end() { isOver_ = true; }
  [[nodiscard]] bool isOver() const { return isOver_; }

private:
  void sleepUntil(HostTime moment);
  void heedInterruptions();
  void heed(Display::Outcome outcome);

  Interruptions interruptions_;
  Display display_;
  HostTime next_;
  std::optional<HostTime> end_;
  bool isOver_ = false;
};

/// Says on stderr why nothing came of it; what the program returns.
int fail(const Error& error);

} // namespace tutti::app
