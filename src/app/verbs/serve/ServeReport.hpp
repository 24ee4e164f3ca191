#pragma once

#include <string>

#include <tutti/room/Invitation.hpp>
#include <tutti/serve/Host.hpp>

/// What `tutti serve` says, a line each; `resources/help/command-line.md` documents it for its users.
namespace tutti::app {

/// Figures of one second.
struct ServeSecond {
  HostTime at;
  serve::HostStatistics now;
  double cpuShare = 0; ///< of one core, since the last one
};

/// What `--tested-by` and the window's settings take on another machine.
std::string ownAddress(const serve::Host& host);
std::string listeningJson(const serve::Host& host);
std::string roomJson(const std::string& name, const std::string& invite, const std::string& hostInvite);
/// `invite`: that of the room for those who are elsewhere; empty where there is none.
std::string reachJson(const serve::Reach& reach, const std::string& invite);
std::string secondJson(const ServeSecond& second);

std::string listeningText(const serve::Host& host);
std::string roomText(const std::string& name, const std::string& invite, const std::string& hostInvite);
std::string reachText(const serve::Reach& reach, const std::string& invite);
/// Where the system lets this process have so many files open, which are not enough.
std::string fewConnectionsText(std::size_t files);
std::string secondText(const ServeSecond& second, const serve::ForwarderCounters& before);

} // namespace tutti::app
