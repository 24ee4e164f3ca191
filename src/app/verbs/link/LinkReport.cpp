#include "LinkReport.hpp"

#include "SnapshotJson.hpp"
#include "StatusLine.hpp"

namespace tutti::app {

LinkReport::LinkReport(Output output, Display& display)
  : output_{output}
  , display_{display}
{}

Display::Outcome LinkReport::show(const engine::Snapshot& snapshot, bool isSecond)
{
  for (const auto& problem : problems_.news(snapshot.link)) display_.aside("tutti: " + problem);
  if (isLive()) return display_.live(statusLine(snapshot, display_.columns()));
  auto events = told_ ? eventsBetween(*told_, snapshot) : std::vector<std::string_view>{};
  if (isSecond) events.emplace_back("second");
  told_ = snapshot;
  auto outcome = Display::Outcome::shown;
  for (const auto event : events)
    if (outcome == Display::Outcome::shown) outcome = tell(snapshot, event);
  return outcome;
}

Display::Outcome LinkReport::tell(const engine::Snapshot& snapshot, std::string_view event)
{
  if (output_ == Output::json) return display_.line(encodeJson(snapshot, event));
  return display_.line(statusLine(snapshot, display_.columns()));
}

} // namespace tutti::app
