#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tutti/core/ByteReader.hpp>
#include <tutti/core/ByteString.hpp>

/// Texts of at most 255 bytes as datagrams carry them: one byte of length, then the text.
namespace tutti {

inline void writeText(ByteStringWriter& out, std::string_view text)
{
  out.u8(static_cast<std::uint8_t>(text.size()));
  out.text(text);
}

/// Not checked for what a text may hold: that is the message's to say.
inline std::optional<std::string> readText(ByteReader& in)
{
  const auto size = in.u8();
  if (!size) return std::nullopt;
  const auto bytes = in.bytes(*size);
  if (!bytes) return std::nullopt;
  return std::string{asText(*bytes)};
}

} // namespace tutti
