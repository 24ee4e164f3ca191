#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <tutti/net/Srtp.hpp>

namespace tutti::test {

/// A plain RTP packet in a buffer with room for its seal.
struct RtpPacket {
  RtpPacket(net::StreamId id, std::uint16_t sequence, std::string_view payload = "sound")
  {
    const std::uint32_t ssrc = id.ssrc();
    const std::array<unsigned, 12> header{
      0x80, 96,          unsigned{sequence} >> 8U, sequence & 0xffU,   0,           0, 0,
      0,    ssrc >> 24U, ssrc >> 16U & 0xffU,      ssrc >> 8U & 0xffU, ssrc & 0xffU};
    for (std::size_t i = 0; i < header.size(); ++i) buffer[i] = static_cast<std::byte>(header[i]);
    for (std::size_t i = 0; i < payload.size(); ++i)
      buffer[header.size() + i] = static_cast<std::byte>(payload[i]);
    size = header.size() + payload.size();
  }

  [[nodiscard]] std::vector<std::byte> bytes() const
  {
    return {buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size)};
  }

  std::array<std::byte, 1500> buffer{};
  std::size_t size = 0;
};

inline net::SrtpKey srtpKey(unsigned seed)
{
  net::SrtpKey key{};
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::byte>(i * 37 + seed * 101 + 1);
  return key;
}

} // namespace tutti::test
