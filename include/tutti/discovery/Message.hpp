#pragma once

#include <chrono>
#include <cstdint>
#include <span>

#include <tl/expected.hpp>
#include <tutti/core/ByteWriter.hpp>
#include <tutti/core/NodeId.hpp>

namespace tutti::discovery {

enum class MessageType : std::uint8_t {
  alive = 1,    ///< To the group: here I am, in this state.
  response = 2, ///< To the sender of an Alive: so am I.
  byeBye = 3,   ///< To the group: I am leaving.
};

/// One discovery datagram, taken apart but for its payload, which still lies in the datagram.
///
///     0        8    9    10     12         20
///     | _asdp_v 1 | type | ttl s | group 0 | sender id | entries ...
///
/// Spec: link 2.3.
struct Message {
  MessageType type = MessageType::alive;
  std::chrono::seconds ttl{0};
  NodeId sender;
  std::span<const std::byte> payload;
};

/// Why a datagram is none of ours. Count it and forget it. `noMagic` includes what is too short to tell.
enum class MessageFault { noMagic, foreignVersion, foreignGroup, unknownType };

tl::expected<Message, MessageFault> parseMessage(std::span<const std::byte> datagram);

/// Writes the 20 bytes before the payload.
void writeHeader(ByteWriter& out, MessageType type, std::chrono::seconds ttl, const NodeId& sender);

} // namespace tutti::discovery
