// Whatever is accepted as an invitation survives being written again; what is not is explained in a line.
#include <string_view>

#include <tutti/core/Utf8.hpp>
#include <tutti/room/Invitation.hpp>

#include "Require.hpp"

using namespace tutti;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto invitation = room::Invitation::parse({reinterpret_cast<const char*>(data), size});
  if (!invitation) {
    require(!invitation.error().detail.empty() && invitation.error().detail.size() < 200);
    return 0;
  }
  const auto again = room::Invitation::parse(invitation->link());
  require(again && *again == *invitation && isPlainText(invitation->room));
  return 0;
}
