#pragma once

#include <cstdint>
#include <span>

#include <tutti/core/ByteReader.hpp>
#include <tutti/core/ByteWriter.hpp>

/// A payload is a sequence of entries: four characters of key, four bytes of size, the value. Order is free,
/// unknown keys are skipped, of a repeated key the last one counts.
///
/// Spec: link 2.3, 2.5.
namespace tutti::discovery {

using EntryKey = std::uint32_t;

constexpr EntryKey entryKey(const char (&characters)[5])
{
  EntryKey key = 0;
  for (std::size_t i = 0; i < 4; ++i) key = key << 8U | static_cast<std::uint8_t>(characters[i]);
  return key;
}

/// Shows each entry to `visit(key, value)`, which returns whether it can live with it. False as soon as it
/// cannot, or when the payload is torn: then nothing of it may be used.
template <class Visit> bool readEntries(std::span<const std::byte> payload, Visit&& visit)
{
  ByteReader in{payload};
  while (!in.atEnd()) {
    const auto key = in.u32();
    const auto size = in.u32();
    if (!key || !size) return false;
    const auto value = in.bytes(*size);
    if (!value || !visit(*key, *value)) return false;
  }
  return true;
}

template <class Out> void writeEntryHead(BasicByteWriter<Out>& out, EntryKey key, std::uint32_t size)
{
  out.u32(key);
  out.u32(size);
}

} // namespace tutti::discovery
