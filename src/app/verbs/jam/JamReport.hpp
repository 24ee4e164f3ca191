#pragma once

#include <string>

#include <tutti/jam/JamSnapshot.hpp>

/// What `tutti jam` says, a line each; `resources/help/command-line.md` documents it for its users.
namespace tutti::app {

std::string joinedJson(HostTime at, const jam::JamSnapshot& snapshot);
std::string playerJson(HostTime at, const jam::PlayerSnapshot& player);
std::string guestJson(HostTime at, const jam::GuestSnapshot& guest);
std::string ownJson(HostTime at, const jam::JamSnapshot& snapshot);

std::string joinedText(const jam::JamSnapshot& snapshot);
/// All players on one line.
std::string secondText(const jam::JamSnapshot& snapshot);

} // namespace tutti::app
