// Whatever is accepted as an invitation, or as a server's address, survives being written again; what is not
// is explained in a line.
#include <string_view>

#include <tutti/core/Utf8.hpp>
#include <tutti/room/Invitation.hpp>
#include <tutti/room/Knock.hpp>

#include "Require.hpp"

using namespace tutti;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto server = room::ServerAddress::parse(text)) {
    const auto again = room::ServerAddress::parse(server->text());
    require(again && *again == *server);
  }
  const auto invitation = room::Invitation::parse(text);
  if (!invitation) {
    require(!invitation.error().detail.empty() && invitation.error().detail.size() < 200);
    return 0;
  }
  const auto again = room::Invitation::parse(invitation->link());
  require(again && *again == *invitation && isPlainText(invitation->room));
  return 0;
}
