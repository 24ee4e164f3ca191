#include "MeasurementMessage.hpp"

#include <algorithm>
#include <array>

#include <tutti/discovery/Entries.hpp>

#include "Plausible.hpp"

namespace tutti::link {
namespace {

using discovery::entryKey;
using Bytes = std::span<const std::byte>;

constexpr std::array<std::uint8_t, 7> kMagic{'_', 'l', 'i', 'n', 'k', '_', 'v'};
constexpr std::uint8_t kVersion = 1;
constexpr auto kHostTime = entryKey("__ht");
constexpr auto kSessionTime = entryKey("__gt");
constexpr auto kPreviousSessionTime = entryKey("_pgt");
constexpr auto kSession = entryKey("sess");

void writeHead(ByteWriter& out, MeasurementType type)
{
  out.bytes(std::as_bytes(std::span{kMagic}));
  out.u8(kVersion);
  out.u8(static_cast<std::uint8_t>(type));
}

void writeTime(ByteWriter& out, discovery::EntryKey key, std::int64_t micros)
{
  discovery::writeEntryHead(out, key, 8);
  out.i64(micros);
}

bool readTime(Bytes value, std::optional<std::int64_t>& micros)
{
  if (value.size() != 8) return false;
  micros = ByteReader{value}.i64();
  return isWithin(*micros, kFarthest);
}

} // namespace

tl::expected<MeasurementMessage, discovery::MessageFault> parseMeasurementMessage(Bytes datagram)
{
  using discovery::MessageFault;
  ByteReader in{datagram};
  const auto magic = in.bytes(kMagic.size());
  if (!magic || !std::ranges::equal(*magic, std::as_bytes(std::span{kMagic})))
    return tl::unexpected{MessageFault::noMagic};
  const auto version = in.u8();
  if (version && *version != kVersion) return tl::unexpected{MessageFault::foreignVersion};
  const auto type = in.u8();
  if (!type) return tl::unexpected{MessageFault::noMagic};
  if (*type < 1 || *type > 2) return tl::unexpected{MessageFault::unknownType};
  return MeasurementMessage{static_cast<MeasurementType>(*type), datagram.last(in.remaining())};
}

Datagram encodePing(HostTime sentAt, std::optional<SessionTime> previous)
{
  Datagram datagram;
  ByteWriter out{datagram};
  writeHead(out, MeasurementType::ping);
  writeTime(out, kHostTime, microsOf(sentAt));
  if (previous) writeTime(out, kPreviousSessionTime, microsOf(*previous));
  return datagram;
}

Datagram encodePong(const NodeId& session, SessionTime now, Bytes pingPayload)
{
  Datagram datagram;
  ByteWriter out{datagram};
  writeHead(out, MeasurementType::pong);
  discovery::writeEntryHead(out, kSession, NodeId::kSize);
  out.bytes(session.bytes());
  writeTime(out, kSessionTime, microsOf(now));
  out.bytes(pingPayload);
  return datagram;
}

std::optional<Pong> parsePong(Bytes payload)
{
  std::optional<NodeId> session;
  std::optional<std::int64_t> answeredAt;
  std::optional<std::int64_t> pingSentAt;
  std::optional<std::int64_t> previous;
  const bool isWhole = discovery::readEntries(payload, [&](discovery::EntryKey key, Bytes value) {
    switch (key) {
    case kSessionTime:
      return readTime(value, answeredAt);
    case kHostTime:
      return readTime(value, pingSentAt);
    case kPreviousSessionTime:
      return readTime(value, previous);
    case kSession:
      session = NodeId::fromBytes(value);
      return value.size() == NodeId::kSize;
    default:
      return true;
    }
  });
  if (!isWhole || !session) return std::nullopt;
  return Pong{*session, sessionTime(answeredAt.value_or(0)), hostTime(pingSentAt.value_or(0)),
              sessionTime(previous.value_or(0))};
}

} // namespace tutti::link
