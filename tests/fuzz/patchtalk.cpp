// What another program says at the door of a running Tutti, and what a Tutti answers: each is refused, or
// comes back the same when it is said again.
#include <string_view>
#include <tutti/engine/PatchTalk.hpp>

#include "Require.hpp"

using namespace tutti;
using namespace tutti::engine;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view said{reinterpret_cast<const char*>(data), size};
  if (const auto request = PatchRequest::parse(said)) {
    const auto line = request->encode();
    require(line.find('\n') == line.size() - 1);
    require(PatchRequest::parse(line) == *request);
  } else {
    require(request.error().kind == ErrorKind::malformed && !request.error().detail.empty());
  }
  if (const auto answer = PatchAnswer::parse(said)) require(PatchAnswer::parse(answer->encode()) == *answer);
  return 0;
}
