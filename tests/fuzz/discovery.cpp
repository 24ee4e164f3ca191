// Whatever the discovery parsers accept survives a round trip; what they reject costs nothing.
#include <span>

#include <tutti/discovery/Message.hpp>

#include "PeerState.hpp"
#include "Require.hpp"

using namespace tutti;
using fuzz::require;

namespace {

/// A beat of twelve days. Slower ones do not survive being a double in between.
constexpr double kSlowestExact = 60e6 / (1ULL << 40U);

void checkRoundTrip(const discovery::Message& message, const link::PeerState& state)
{
  const auto encoded = link::encodeState(message.type, message.ttl, message.sender, state);
  const auto again = discovery::parseMessage(encoded.bytes());
  require(again && again->type == message.type && again->ttl == message.ttl);
  require(again->sender == message.sender);
  const auto stateAgain = link::parsePeerState(again->payload);
  require(stateAgain.has_value());
  const auto tempo = stateAgain->timeline.tempo;
  require(tempo.clamped().microsPerBeat() == state.timeline.tempo.clamped().microsPerBeat());
  auto same = state;
  if (tempo.bpm() < kSlowestExact) same.timeline.tempo = tempo; // nobody says it again unclamped
  require(*stateAgain == same);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::span datagram{reinterpret_cast<const std::byte*>(data), size};
  const auto message = discovery::parseMessage(datagram);
  if (!message) return 0;
  require(message->payload.size() + 20 == datagram.size());
  require(message->payload.empty() || message->payload.data() == datagram.data() + 20);
  if (const auto state = link::parsePeerState(message->payload)) checkRoundTrip(*message, *state);
  return 0;
}
