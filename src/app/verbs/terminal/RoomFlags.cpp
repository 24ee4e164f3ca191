#include "RoomFlags.hpp"

#include "Arguments.hpp"

namespace tutti::app {

void addRoomFlags(CLI::App& verb, std::string& invite, std::string& inviteFile,
                  std::optional<std::string>& password)
{
  verb
    .add_option("INVITE", invite,
                "The room's invitation, tutti://…; '-': from standard input; or set TUTTI_INVITE")
    ->envname("TUTTI_INVITE");
  verb.add_option("--invite-file", inviteFile, "Read the invitation from this file")->type_name("FILE");
  verb.add_option("--password", password, "Of the room, where it asks for one")
    ->envname("TUTTI_PASSWORD")
    ->type_name("TEXT");
}

} // namespace tutti::app
