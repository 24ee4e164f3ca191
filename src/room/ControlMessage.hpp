#pragma once

#include <cstdint>

#include <tutti/core/ByteString.hpp>

/// What members say to each other in their sealed control stream (stream number 0): a type, whom it is for
/// (a slot; 0: everybody), then fields. The forwarder passes it to all, so who is not meant skips it.
namespace tutti::room {

enum class ControlType : std::uint8_t {
  hello = 1, ///< roster digest (64), our round trip to the forwarder in µs (32), then slot (16), epoch (16) …
  question = 2, ///< when it was asked (64)
  answer = 3,   ///< that, when it was heard (64), when it was answered (64)
  talk = 4,     ///< which line (16), which part (8) of how many (8), then a part of a line of chat
  bridge = 5,   ///< what a Link bridge says to the others, signed by its member
};

inline ByteString beginControl(ControlType type, std::uint16_t forSlot)
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  out.u8(static_cast<std::uint8_t>(type));
  out.u16(forSlot);
  return bytes;
}

} // namespace tutti::room
