#include <tutti/net/TurnDeframer.hpp>

#include <algorithm>

#include <tutti/core/Assert.hpp>
#include <tutti/core/ByteReader.hpp>

#include "StunAddress.hpp"
#include "StunIntegrity.hpp"
#include "TurnWire.hpp"

namespace tutti::net {

std::span<std::byte> TurnDeframer::room()
{
  if (isBroken_) return {};
  std::ranges::copy(std::span{buffer_}.subspan(begin_, end_ - begin_), buffer_.begin());
  end_ -= begin_;
  begin_ = 0;
  return std::span{buffer_}.subspan(end_);
}

void TurnDeframer::filled(std::size_t count)
{
  TUTTI_ASSERT(count <= buffer_.size() - end_);
  end_ += count;
}

/// Nothing while its head is not here yet.
std::optional<std::size_t> TurnDeframer::frameSize()
{
  ByteReader in{std::span{buffer_}.subspan(begin_, end_ - begin_)};
  const auto type = in.u16();
  const auto length = in.u16();
  if (!type || !length) return std::nullopt;
  if (turn::isChannelData(static_cast<std::byte>(*type >> 8U)))
    return turn::padded(turn::kChannelHead + *length);
  const auto magic = in.u32();
  if (!magic) return std::nullopt;
  isBroken_ = *type >= 0x4000 || *length % 4 != 0 || *magic != stun::kMagic;
  return stun::kHeaderSize + *length;
}

std::optional<std::span<const std::byte>> TurnDeframer::next()
{
  if (isBroken_) return std::nullopt;
  const auto size = frameSize();
  isBroken_ = isBroken_ || (size && *size > kLongestFrame);
  if (isBroken_ || !size || *size > end_ - begin_) return std::nullopt;
  const auto frame = std::span{buffer_}.subspan(begin_, *size);
  begin_ += *size;
  return frame;
}

} // namespace tutti::net
