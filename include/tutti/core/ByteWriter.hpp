#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <tutti/core/Datagram.hpp>

namespace tutti {

/// Appends big-endian fields to a datagram of any capacity.
template <class Out> class BasicByteWriter {
public:
  explicit BasicByteWriter(Out& out)
    : out_{out}
  {}

  void bytes(std::span<const std::byte> raw) { out_.append(raw); }
  void u8(std::uint8_t value) { unsignedInteger<1>(value); }
  void u16(std::uint16_t value) { unsignedInteger<2>(value); }
  void u32(std::uint32_t value) { unsignedInteger<4>(value); }
  void u64(std::uint64_t value) { unsignedInteger<8>(value); }
  void i64(std::int64_t value) { u64(static_cast<std::uint64_t>(value)); }

private:
  template <std::size_t Size> void unsignedInteger(std::uint64_t value)
  {
    std::array<std::byte, Size> raw{};
    for (std::size_t i = Size; i-- > 0; value >>= 8U) raw[i] = static_cast<std::byte>(value & 0xffU);
    out_.append(raw);
  }

  Out& out_;
};

using ByteWriter = BasicByteWriter<Datagram>;

} // namespace tutti
