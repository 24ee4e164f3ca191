#pragma once

#include <cstddef>
#include <iterator>
#include <sodium.h>
#include <span>
#include <type_traits>

namespace tutti::room {

/// libsodium wants to be woken once before anything else.
void wakeSodium();

/// Bytes as libsodium calls them; those that may be written stay so.
template <class Bytes> auto* raw(Bytes&& bytes)
{
  if constexpr (std::is_const_v<std::remove_pointer_t<decltype(std::data(bytes))>>)
    return reinterpret_cast<const unsigned char*>(std::data(bytes));
  else
    return reinterpret_cast<unsigned char*>(std::data(bytes));
}

inline void fillRandom(std::span<std::byte> bytes)
{
  wakeSodium();
  randombytes_buf(bytes.data(), bytes.size());
}

} // namespace tutti::room
