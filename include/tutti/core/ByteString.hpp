#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace tutti {

/// Bytes of any number, for what is not sent a thousand times a second.
using ByteString = std::vector<std::byte>;

/// Appends big-endian fields to a byte string.
class ByteStringWriter {
public:
  explicit ByteStringWriter(ByteString& out)
    : out_{out}
  {}

  void bytes(std::span<const std::byte> raw) { out_.insert(out_.end(), raw.begin(), raw.end()); }
  void text(std::string_view text) { bytes(std::as_bytes(std::span{text})); }
  void u8(std::uint8_t value) { unsignedInteger(value, 1); }
  void u16(std::uint16_t value) { unsignedInteger(value, 2); }
  void u32(std::uint32_t value) { unsignedInteger(value, 4); }
  void u64(std::uint64_t value) { unsignedInteger(value, 8); }
  void i64(std::int64_t value) { u64(static_cast<std::uint64_t>(value)); }

private:
  void unsignedInteger(std::uint64_t value, unsigned size)
  {
    for (auto shift = 8 * size; shift > 0;) {
      shift -= 8;
      out_.push_back(static_cast<std::byte>(value >> shift & 0xffU));
    }
  }

  ByteString& out_;
};

/// The characters of `text`, as bytes.
inline std::span<const std::byte> asBytes(std::string_view text)
{
  return std::as_bytes(std::span{text});
}

/// The bytes, read as characters.
inline std::string_view asText(std::span<const std::byte> bytes)
{
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace tutti
