#include <tutti/core/NodeId.hpp>

#include <algorithm>
#include <fmt/format.h>

namespace tutti {

NodeId NodeId::fromBytes(std::span<const std::byte> raw)
{
  NodeId id;
  const auto count = std::min(raw.size(), kSize);
  for (std::size_t i = 0; i < count; ++i) id.bytes_[i] = std::to_integer<std::uint8_t>(raw[i]);
  return id;
}

std::string NodeId::hex() const
{
  std::string digits;
  for (const auto byte : bytes_) digits += fmt::format("{:02x}", byte);
  return digits;
}

std::string NodeId::text() const
{
  std::string characters;
  for (const auto byte : bytes_) characters += byte >= 33 && byte <= 126 ? static_cast<char>(byte) : '.';
  return characters;
}

} // namespace tutti
