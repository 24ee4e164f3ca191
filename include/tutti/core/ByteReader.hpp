#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace tutti {

/// Reads big-endian fields from bytes that a stranger sent. Never reads past the end: what is not there
/// is `nullopt`, and the reader then stays where it was.
class ByteReader {
public:
  explicit constexpr ByteReader(std::span<const std::byte> bytes)
    : rest_{bytes}
  {}

  [[nodiscard]] constexpr std::size_t remaining() const { return rest_.size(); }
  [[nodiscard]] constexpr bool atEnd() const { return rest_.empty(); }

  constexpr std::optional<std::span<const std::byte>> bytes(std::size_t count)
  {
    if (count > rest_.size()) return std::nullopt;
    const auto taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }

  constexpr std::optional<std::uint8_t> u8() { return unsignedInteger<std::uint8_t>(); }
  constexpr std::optional<std::uint16_t> u16() { return unsignedInteger<std::uint16_t>(); }
  constexpr std::optional<std::uint32_t> u32() { return unsignedInteger<std::uint32_t>(); }
  constexpr std::optional<std::uint64_t> u64() { return unsignedInteger<std::uint64_t>(); }

  constexpr std::optional<std::int64_t> i64()
  {
    const auto raw = u64();
    if (!raw) return std::nullopt;
    return static_cast<std::int64_t>(*raw);
  }

private:
  template <class Unsigned> constexpr std::optional<Unsigned> unsignedInteger()
  {
    const auto taken = bytes(sizeof(Unsigned));
    if (!taken) return std::nullopt;
    std::uint64_t value = 0;
    for (const auto byte : *taken) value = (value << 8U) | std::to_integer<std::uint64_t>(byte);
    return static_cast<Unsigned>(value);
  }

  std::span<const std::byte> rest_;
};

} // namespace tutti
