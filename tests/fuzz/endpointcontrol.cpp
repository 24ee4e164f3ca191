// What is accepted as an announcement or a control message is proper text and numbers, survives being said
// again, and is the same however TCP cuts it.
#include <algorithm>
#include <span>

#include <tutti/core/Utf8.hpp>
#include <tutti/endpoint/Announcement.hpp>
#include <tutti/endpoint/ControlMessage.hpp>

#include "Require.hpp"

using namespace tutti;
using namespace tutti::endpoint;
using fuzz::require;

namespace {

void announcement(std::span<const std::byte> bytes)
{
  const auto said = Announcement::parse(bytes);
  if (!said) return;
  const auto again = Announcement::parse(said->encode());
  require(again && *again == *said && isName(said->name));
}

void message(std::span<const std::byte> bytes)
{
  const auto read = parseControl(bytes);
  if (!read) return;
  const auto framed = encode(*read);
  require(framed.size() <= 2 + kLargestMessage);
  const auto again = parseControl(std::span{framed}.subspan(2));
  require(again && *again == *read);
}

std::vector<ControlMessage> all(std::span<const std::byte> bytes, std::size_t piece)
{
  ControlDeframer deframer;
  std::vector<ControlMessage> found;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    deframer.push(bytes.subspan(at, std::min(piece, bytes.size() - at)));
    while (auto next = deframer.next())
      if (*next) found.push_back(**next);
  }
  return found;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto bytes = std::as_bytes(std::span{data, size});
  announcement(bytes);
  message(bytes);
  require(all(bytes, 3) == all(bytes, 4096));
  return 0;
}
