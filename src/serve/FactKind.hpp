#pragma once

#include <cstdint>

namespace tutti::serve {

/// The first byte of each fact: directories of another version are not understood, and do not understand us.
///
///     +--------+------+---------------------------------------------------------+
///     | format | kind | said: count, teller (8 + 8) | fields of the kind ...    |
///     +--------+------+---------------------------------------------------------+
///
/// Kinds are numbered as in `Fact`. Numbers are big-endian; what has no fixed length begins with its own, in
/// two bytes, lists in one.
constexpr std::uint8_t kFactFormat = 1;

} // namespace tutti::serve
