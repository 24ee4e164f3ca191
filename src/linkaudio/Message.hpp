#pragma once

#include <chrono>
#include <cstdint>
#include <span>

#include <tl/expected.hpp>
#include <tutti/core/ByteWriter.hpp>
#include <tutti/core/Datagram.hpp>
#include <tutti/core/NodeId.hpp>

namespace tutti::linkaudio {

/// Large enough for everything that Link Audio says.
using Packet = BoundedDatagram<1200>;
using PacketWriter = BasicByteWriter<Packet>;

enum class MessageType : std::uint8_t {
  announcement = 1, ///< These are my channels.
  byes = 2,         ///< These are no more.
  pong = 3,         ///< Your ping was here.
  request = 4,      ///< Send me this channel, as long as it says.
  stop = 5,         ///< … no more.
  audio = 6,        ///< Sound of a channel.
};

/// One datagram, taken apart but for its payload, which still lies in the datagram.
///
///     0          8    9    10     12         20
///     | chnnlsv 1 | type | ttl s | group 0 | sender id | payload ...
///
/// Spec: link-audio 3.1.
struct Message {
  MessageType type = MessageType::announcement;
  std::chrono::seconds ttl{0};
  NodeId sender;
  std::span<const std::byte> payload;
};

/// Why a datagram is none of ours. Count it and forget it. `noMagic` includes what is too short to tell.
enum class MessageFault { tooLong, noMagic, foreignVersion, foreignGroup, unknownType };

tl::expected<Message, MessageFault> parseMessage(std::span<const std::byte> datagram);

/// A packet with the 20 bytes before the payload.
Packet beginPacket(MessageType type, std::chrono::seconds ttl, const NodeId& sender);

} // namespace tutti::linkaudio
