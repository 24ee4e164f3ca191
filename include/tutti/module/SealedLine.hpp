#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <tutti/module/Handshake.hpp>
#include <tutti/net/RtpPacket.hpp>
#include <tutti/net/Srtp.hpp>

namespace tutti::module {

/// What a packet of a module carries.
enum class PacketKind : std::uint8_t {
  sound = 96, ///< a piece of a block; the values are RTP payload types
  words = 97  ///< a message
};

/// Seals what one end says to the other, as RTP.
///
/// Threads: one at a time.
class LineSealer {
public:
  explicit LineSealer(const net::SrtpKey& key);

  /// Valid until the next one. Nothing where it is too long for a packet.
  std::optional<std::span<const std::byte>> seal(PacketKind kind, std::uint32_t timestamp,
                                                 std::span<const std::byte> payload);

  static constexpr std::size_t kLargestPayload = 1260;

private:
  net::SrtpSealer sealer_;
  std::uint16_t sequence_[2] = {0, 0}; // of each kind
  std::vector<std::byte> buffer_;
};

/// Opens what the other end has sealed.
///
/// Threads: one at a time.
class LineOpener {
public:
  explicit LineOpener(const net::SrtpKey& key);

  struct Opened {
    PacketKind kind = PacketKind::sound;
    std::span<const std::byte> payload;
  };
  /// In place. Nothing: it was not sealed for us, or came before.
  std::optional<Opened> open(std::span<std::byte> datagram, HostTime now);

private:
  net::SrtpOpener opener_;
};

} // namespace tutti::module
