#pragma once

#include <tutti/serve/Directory.hpp>

#include "TurnDesk.hpp"

/// How what a `TurnDesk` says is told over HTTPS.
namespace tutti::serve {

/// To a member of a room.
Directory::Answer turnAnswer(TurnDesk& desk, std::string_view who);

/// To an older program that has logged in.
Directory::Answer olderTurnAnswer(TurnDesk& desk);

} // namespace tutti::serve
