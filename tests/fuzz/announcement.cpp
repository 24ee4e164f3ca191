// Whatever is accepted as an announcement is one line of text, and survives being said again.
#include <span>

#include <tutti/core/Utf8.hpp>
#include <tutti/room/Announcement.hpp>

#include "Require.hpp"

using tutti::fuzz::require;
using tutti::room::Announcement;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto room = Announcement::parse(std::as_bytes(std::span{data, size}));
  if (!room) return 0;
  const auto again = Announcement::parse(room->encode());
  require(again && *again == *room && tutti::isPlainText(room->name));
  return 0;
}
