#include <tutti/room/Announcement.hpp>

#include "Fields.hpp"

namespace tutti::room {
namespace {

constexpr std::string_view kMagic = "tutti room";
constexpr std::uint8_t kVersion = 1;

} // namespace

ByteString Announcement::encode() const
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  out.text(kMagic);
  out.u8(kVersion);
  out.u16(httpPort);
  out.bytes(fingerprint);
  out.bytes(id.bytes());
  out.u8(static_cast<std::uint8_t>(kind));
  out.u8(isLocked ? 1 : 0);
  out.u16(members);
  writeText(out, name);
  return bytes;
}

Result<Announcement> Announcement::parse(std::span<const std::byte> datagram)
{
  ByteReader in{datagram};
  const auto magic = in.bytes(kMagic.size());
  const auto version = in.u8();
  if (!magic || asText(*magic) != kMagic || !version) return failure(ErrorKind::malformed);
  if (*version != kVersion) return failure(ErrorKind::unsupported);
  const auto port = in.u16();
  const auto fingerprint = readArray<Fingerprint>(in);
  const auto id = in.bytes(RoomId::kSize);
  const auto kind = in.u8();
  const auto locked = in.u8();
  const auto members = in.u16();
  const auto name = readText(in);
  if (!port || *port == 0 || !fingerprint || !id || !kind || *kind > 2 || !locked || *locked > 1 ||
      !members || !name)
    return failure(ErrorKind::malformed);
  if (!in.atEnd() || !checkRoomName(*name)) return failure(ErrorKind::malformed);
  return Announcement{
    *port,    *fingerprint, *RoomId::fromBytes(*id), static_cast<wire::RoomKind>(*kind), *locked == 1,
    *members, *name};
}

} // namespace tutti::room
