#pragma once

#include <optional>
#include <string_view>

#include <tutti/engine/Engine.hpp>

#include "GatewayProblems.hpp"
#include "LinkOptions.hpp"
#include "verbs/terminal/Display.hpp"

namespace tutti::app {

/// Tells the session's story on standard output: each second and at each change for scripts and log files, or
/// as one living line on a terminal. What goes wrong on an interface is told on stderr.
class LinkReport {
public:
  LinkReport(Output output, Display& display);

  Display::Outcome show(const engine::Snapshot& snapshot, bool isSecond);

  /// Whether it shows the beat going by, so that it wants a snapshot for each picture.
  [[nodiscard]] bool isLive() const { return output_ == Output::statusLine && display_.isTerminal(); }

private:
  Display::Outcome tell(const engine::Snapshot& snapshot, std::string_view event);

  Output output_;
  Display& display_;
  std::optional<engine::Snapshot> told_;
  GatewayProblems problems_;
};

} // namespace tutti::app
