#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tutti::app {

/// Standard output for what a verb reports: whole lines for scripts, one living line for people.
///
/// Threads: one at a time.
class Display {
public:
  /// `interruption` becomes readable when waiting for a slow reader must end.
  explicit Display(int interruption);

  enum class Outcome {
    shown,
    interrupted, ///< The reader does not read and we were interrupted: look at the interruption.
    readerGone,
  };

  [[nodiscard]] bool isTerminal() const { return isTerminal_; }
  [[nodiscard]] std::size_t columns() const;

  Outcome line(std::string_view text);
  /// Replaces what the last `live` showed. Says nothing while another program has the terminal.
  Outcome live(std::string_view text);
  /// On stderr, so that scripts do not take it for an answer.
  void aside(std::string_view text);
  /// Leaves the living line and goes to the next.
  void endLive();

private:
  Outcome write(std::string_view bytes);

  int interruption_;
  bool isTerminal_;
  bool isLive_ = false;
};

} // namespace tutti::app
