// What the other side of a directory may say. What is accepted is written and read again alike.
#include <string_view>

#include <tutti/room/DirectoryWire.hpp>
#include <tutti/room/Knock.hpp>
#include <tutti/room/TurnGrant.hpp>

#include "Require.hpp"

using namespace tutti::room::wire;
using tutti::fuzz::require;

namespace {

template <class Said> void check(std::string_view json)
{
  const auto said = Said::parse(json);
  if (!said) return;
  const auto text = said->encode();
  const auto again = Said::parse(text);
  require(again && again->encode() == text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view json{reinterpret_cast<const char*>(data), size};
  check<RoomRecord>(json);
  check<OpenRequest>(json);
  check<Update>(json);
  check<JoinReply>(json);
  check<MemberRequest>(json);
  check<Refusal>(json);
  check<KnockRequest>(json);
  check<KnockReply>(json);
  check<tutti::room::TurnGrant>(json);
  if (const auto join = JoinRequest::parse(json); join && join->version == kVersion) check<JoinRequest>(json);
  return 0;
}
