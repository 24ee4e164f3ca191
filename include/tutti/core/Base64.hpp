#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <tutti/core/ByteString.hpp>

namespace tutti {

/// Bytes in letters that survive links and JSON: base64url without padding.
///
/// Spec: RFC 4648 section 5.
std::string toBase64(std::span<const std::byte> bytes);

/// The way back. Each byte string has one spelling only: padding, blanks and stray bits are refused.
std::optional<ByteString> fromBase64(std::string_view text);

} // namespace tutti
