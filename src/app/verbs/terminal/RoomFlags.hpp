#pragma once

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace tutti::app {

/// Teaches a verb which room is meant: the invitation, a file that holds it (see `givenInvitation`), and the
/// room's password. All outlive the parsing.
void addRoomFlags(CLI::App& verb, std::string& invite, std::string& inviteFile,
                  std::optional<std::string>& password);

} // namespace tutti::app
