#pragma once

#include <string>
#include <vector>

#include "DemoPicture.hpp"

/// What `tutti demo` says; `resources/help/command-line.md` documents it for its users.
namespace tutti::app {

/// How the Link session looks from one musician's side.
struct DemoBeat {
  std::string musician;
  double bpm = 0;
  std::size_t peers = 0;
};

std::string beatJson(HostTime at, const DemoBeat& beat);
std::string earJson(HostTime at, const DemoEar& ear);
std::string doneJson(HostTime at, const std::string& recording, const std::string& picture);

std::string secondText(const std::vector<DemoBeat>& beats, const std::vector<DemoEar>& ears);
std::string beatText(const DemoBeat& beat);
/// Two lines: what the delay is made of, and what was lost.
std::string earText(const DemoEar& ear);

} // namespace tutti::app
