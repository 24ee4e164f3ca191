#include "PeerState.hpp"

#include <algorithm>
#include <array>

#include <tutti/discovery/Entries.hpp>

#include "Plausible.hpp"

namespace tutti::link {
namespace {

using discovery::entryKey;
using Bytes = std::span<const std::byte>;

constexpr auto kTimeline = entryKey("tmln");
constexpr auto kSession = entryKey("sess");
constexpr auto kStartStop = entryKey("stst");
constexpr auto kMeasurement4 = entryKey("mep4");
constexpr auto kMeasurement6 = entryKey("mep6");
constexpr auto kAudio4 = entryKey("aep4");
constexpr auto kAudio6 = entryKey("aep6");
constexpr auto kMarker = entryKey("tutx");

bool isSane(std::int64_t origin)
{
  return isWithin(origin, kFarthest);
}

bool readTimeline(Bytes value, std::optional<time::SessionTimeline>& timeline)
{
  if (value.size() != 24) return false;
  ByteReader in{value};
  const auto microsPerBeat = *in.i64();
  const auto beat = *in.i64();
  const auto moment = *in.i64();
  if (microsPerBeat < 1 || microsPerBeat > kFarthest || !isSane(beat) || !isSane(moment)) return false;
  timeline = {time::Tempo::fromMicrosPerBeat(microsPerBeat), time::Beats::fromMicroBeats(beat),
              sessionTime(moment)};
  return true;
}

bool readStartStop(Bytes value, SessionStartStop& startStop)
{
  if (value.size() != 17) return false;
  ByteReader in{value};
  const bool isPlaying = *in.u8() != 0;
  const auto beat = *in.i64();
  const auto timestamp = *in.i64();
  if (!isSane(beat) || !isSane(timestamp)) return false;
  startStop = {isPlaying, time::Beats::fromMicroBeats(beat), sessionTime(timestamp)};
  return true;
}

bool readMarker(Bytes value, std::optional<Marker>& marker)
{
  if (value.size() != Marker{}.size()) return false;
  std::ranges::copy(value, marker.emplace().begin());
  return true;
}

template <std::size_t AddressBytes> bool readEndpoint(Bytes value, std::optional<Endpoint>& endpoint)
{
  if (value.size() != AddressBytes + 2) return false;
  ByteReader in{value};
  std::array<std::uint8_t, AddressBytes> address{};
  for (auto& byte : address) byte = *in.u8();
  if constexpr (AddressBytes == 4)
    endpoint = Endpoint{IpAddress::v4(address), *in.u16()};
  else
    endpoint = Endpoint{IpAddress::v6(address), *in.u16()};
  return true;
}

void writeEndpoint(ByteWriter& out, const Endpoint& endpoint, discovery::EntryKey v4, discovery::EntryKey v6)
{
  const std::uint32_t addressBytes = endpoint.address.isV4() ? 4 : 16;
  discovery::writeEntryHead(out, endpoint.address.isV4() ? v4 : v6, addressBytes + 2);
  out.bytes(std::as_bytes(std::span{endpoint.address.bytes()}).first(addressBytes));
  out.u16(endpoint.port);
}

void writeState(ByteWriter& out, const PeerState& state)
{
  discovery::writeEntryHead(out, kTimeline, 24);
  out.i64(state.timeline.tempo.microsPerBeat());
  out.i64(state.timeline.beatOrigin.microBeats());
  out.i64(microsOf(state.timeline.timeOrigin));
  discovery::writeEntryHead(out, kSession, NodeId::kSize);
  out.bytes(state.session.bytes());
  discovery::writeEntryHead(out, kStartStop, 17);
  out.u8(state.startStop.isPlaying ? 1 : 0);
  out.i64(state.startStop.beat.microBeats());
  out.i64(microsOf(state.startStop.timestamp));
  writeEndpoint(out, state.measurement, kMeasurement4, kMeasurement6);
  if (state.audio) writeEndpoint(out, *state.audio, kAudio4, kAudio6);
  if (!state.marker) return;
  discovery::writeEntryHead(out, kMarker,
                            std::uint32_t{Marker{}.size()}); // last, so that it ends the announcement
  out.bytes(*state.marker);
}

} // namespace

std::optional<PeerState> parsePeerState(Bytes payload)
{
  std::optional<time::SessionTimeline> timeline;
  std::optional<NodeId> session;
  std::optional<Endpoint> measurement;
  PeerState state;
  const bool isWhole = discovery::readEntries(payload, [&](discovery::EntryKey key, Bytes value) {
    switch (key) {
    case kTimeline:
      return readTimeline(value, timeline);
    case kStartStop:
      return readStartStop(value, state.startStop);
    case kMeasurement4:
      return readEndpoint<4>(value, measurement);
    case kMeasurement6:
      return readEndpoint<16>(value, measurement);
    case kAudio4:
      return readEndpoint<4>(value, state.audio);
    case kAudio6:
      return readEndpoint<16>(value, state.audio);
    case kMarker:
      return readMarker(value, state.marker);
    case kSession:
      session = NodeId::fromBytes(value);
      return value.size() == NodeId::kSize;
    default:
      return true;
    }
  });
  if (!isWhole || !timeline || !session || !measurement) return std::nullopt;
  state.timeline = *timeline;
  state.session = *session;
  state.measurement = *measurement;
  return state;
}

Datagram encodeState(discovery::MessageType type, std::chrono::seconds ttl, const NodeId& sender,
                     const PeerState& state)
{
  Datagram datagram;
  ByteWriter out{datagram};
  discovery::writeHeader(out, type, ttl, sender);
  writeState(out, state);
  return datagram;
}

Datagram encodeByeBye(const NodeId& sender)
{
  Datagram datagram;
  ByteWriter out{datagram};
  discovery::writeHeader(out, discovery::MessageType::byeBye, std::chrono::seconds{0}, sender);
  return datagram;
}

} // namespace tutti::link
