#include <tutti/room/MemberId.hpp>

#include <algorithm>

#include <tutti/core/Base64.hpp>

#include "Sodium.hpp"

namespace tutti::room {

Id Id::draw()
{
  Id id;
  fillRandom(id.bytes_);
  return id;
}

std::optional<Id> Id::fromBytes(std::span<const std::byte> bytes)
{
  if (bytes.size() != kSize) return std::nullopt;
  Id id;
  std::ranges::copy(bytes, id.bytes_.begin());
  return id;
}

std::optional<Id> Id::parse(std::string_view text)
{
  const auto bytes = fromBase64(text);
  if (!bytes) return std::nullopt;
  return fromBytes(*bytes);
}

std::string Id::text() const
{
  return toBase64(bytes_);
}

} // namespace tutti::room
