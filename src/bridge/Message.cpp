#include <tutti/bridge/Message.hpp>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <tutti/core/ByteReader.hpp>

namespace tutti::bridge {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kState = 1;
constexpr std::uint8_t kGoodbye = 2;
constexpr std::uint8_t kLeads = 1;
constexpr std::string_view kPurpose = "tutti bridge 1";
constexpr std::int64_t kFarthest = std::int64_t{1} << 53U; // 285 years in µs
constexpr Micros kMostShift{10'000'000};
constexpr std::size_t kSignature = room::Signature{}.size();

void writeIds(ByteStringWriter& out, const std::vector<NodeId>& ids, std::size_t most)
{
  const auto count = std::min(ids.size(), most);
  out.u8(static_cast<std::uint8_t>(count));
  for (std::size_t i = 0; i < count; ++i) out.bytes(ids[i].bytes());
}

std::optional<NodeId> readId(ByteReader& in)
{
  const auto bytes = in.bytes(NodeId::kSize);
  if (!bytes) return std::nullopt;
  return NodeId::fromBytes(*bytes);
}

bool readIds(ByteReader& in, std::vector<NodeId>& ids, std::size_t most)
{
  const auto count = in.u8();
  if (!count || *count > most) return false;
  for (std::size_t i = 0; i < *count; ++i) {
    const auto id = readId(in);
    if (!id) return false;
    ids.push_back(*id);
  }
  return true;
}

/// A number that doubles count exactly, so that no sum of ours overflows.
std::optional<std::int64_t> readMoment(ByteReader& in)
{
  const auto value = in.i64();
  if (!value || *value > kFarthest || *value < -kFarthest) return std::nullopt;
  return value;
}

void write(ByteStringWriter& out, const link::SharedSession& session)
{
  out.bytes(session.id.bytes());
  out.i64(session.offset.count());
  out.i64(session.timeline.tempo.microsPerBeat());
  out.i64(session.timeline.beatOrigin.microBeats());
  out.i64(microsOf(session.timeline.timeOrigin));
  out.u8(session.startStop.isPlaying ? 1 : 0);
  out.i64(session.startStop.beat.microBeats());
  out.i64(microsOf(session.startStop.timestamp));
}

std::optional<time::SessionTimeline> readTimeline(ByteReader& in)
{
  const auto microsPerBeat = in.i64();
  const auto beat = readMoment(in);
  const auto moment = readMoment(in);
  if (!microsPerBeat || !beat || !moment) return std::nullopt;
  const auto tempo = time::Tempo::fromMicrosPerBeat(*microsPerBeat);
  if (tempo.clamped().microsPerBeat() != *microsPerBeat) return std::nullopt; // spec link 5.1: 20 to 999 bpm
  return time::SessionTimeline{tempo, time::Beats::fromMicroBeats(*beat), sessionTime(*moment)};
}

std::optional<link::SessionStartStop> readStartStop(ByteReader& in)
{
  const auto isPlaying = in.u8();
  const auto beat = readMoment(in);
  const auto decidedAt = readMoment(in);
  if (!isPlaying || *isPlaying > 1 || !beat || !decidedAt) return std::nullopt;
  return link::SessionStartStop{*isPlaying == 1, time::Beats::fromMicroBeats(*beat), sessionTime(*decidedAt)};
}

std::optional<link::SharedSession> readSession(ByteReader& in)
{
  const auto id = readId(in);
  const auto offset = readMoment(in);
  if (!id || !offset) return std::nullopt;
  const auto timeline = readTimeline(in);
  if (!timeline) return std::nullopt;
  const auto startStop = readStartStop(in);
  if (!startStop) return std::nullopt;
  return link::SharedSession{*id, *timeline, *startStop, Micros{*offset}};
}

void write(ByteStringWriter& out, const SiteState& state)
{
  out.u8(kState);
  out.i64(state.saidAt.micros);
  out.bytes(state.node.bytes());
  write(out, state.session);
  out.u32(static_cast<std::uint32_t>(state.shift.count()));
  out.u8(state.leads ? kLeads : 0);
  out.bytes(state.decision.winner.bytes());
  writeIds(out, state.decision.losers, Decision::kMostLosers);
  out.u16(state.peerCount);
  writeIds(out, state.peers, SiteState::kMostPeers);
}

void write(ByteStringWriter& out, const Goodbye& goodbye)
{
  out.u8(kGoodbye);
  out.i64(goodbye.saidAt.micros);
}

std::optional<SiteState> readState(ByteReader& in, room::RemoteTime saidAt)
{
  SiteState state;
  state.saidAt = saidAt;
  const auto node = readId(in);
  const auto session = readSession(in);
  const auto shift = in.u32();
  const auto flags = in.u8();
  const auto winner = readId(in);
  if (!node || !session || !shift || *shift > kMostShift.count() || !flags || !winner) return std::nullopt;
  state.node = *node;
  state.session = *session;
  state.shift = Micros{*shift};
  state.leads = (*flags & kLeads) != 0;
  state.decision.winner = *winner;
  if (!readIds(in, state.decision.losers, Decision::kMostLosers)) return std::nullopt;
  const auto peerCount = in.u16();
  if (!peerCount || !readIds(in, state.peers, SiteState::kMostPeers) || !in.atEnd()) return std::nullopt;
  state.peerCount = *peerCount;
  return state;
}

} // namespace

bool Decision::isAgainst(const NodeId& session) const
{
  return session != winner && std::ranges::find(losers, session) != losers.end();
}

ByteString encode(const Message& message)
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  out.u8(kVersion);
  std::visit([&](const auto& one) { write(out, one); }, message);
  return bytes;
}

Result<Message> parse(std::span<const std::byte> bytes)
{
  ByteReader in{bytes};
  const auto version = in.u8();
  const auto type = in.u8();
  const auto saidAt = in.i64();
  if (!version || *version != kVersion || !type || !saidAt) return failure(ErrorKind::malformed);
  if (*type == kGoodbye && in.atEnd()) return Goodbye{{*saidAt}};
  if (*type != kState) return failure(ErrorKind::malformed);
  auto state = readState(in, {*saidAt});
  if (!state) return failure(ErrorKind::malformed);
  return std::move(*state);
}

ByteString encodeSigned(const Message& message, const room::MemberKeys& author)
{
  auto bytes = encode(message);
  const auto signature = author.sign(kPurpose, bytes);
  ByteStringWriter{bytes}.bytes(signature);
  return bytes;
}

Result<Message> parseSigned(std::span<const std::byte> bytes, const room::SignPublic& author)
{
  if (bytes.size() < kSignature || bytes.size() > kLargestMessage) return failure(ErrorKind::malformed);
  const auto fields = bytes.first(bytes.size() - kSignature);
  auto message = parse(fields); // cheaper than looking at the signature
  if (!message) return message;
  if (!room::isSignedBy(author, kPurpose, fields, bytes.last(kSignature))) return failure(ErrorKind::refused);
  return message;
}

} // namespace tutti::bridge
