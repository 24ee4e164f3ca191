#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <tutti/net/RedPayload.hpp>
#include <tutti/net/RtpPacket.hpp>
#include <tutti/stream/StreamFormat.hpp>

namespace tutti::stream {

/// Says earlier frames again beside a packet's own, so that a lost packet costs no delay.
///
/// Threads: one at a time.
class Redundancy {
public:
  static constexpr std::size_t kMost = 2; ///< earlier frames

  struct Payload {
    std::uint8_t payloadType = 0;
    net::MediaDatagram bytes;
  };

  /// The payload of the packet whose coded frames begin at `timestamp`. As many `earlier` ones are added as
  /// fit.
  Payload pack(Codec codec, std::uint32_t timestamp, std::span<const std::byte> coded, std::size_t earlier);

private:
  struct Said {
    std::uint8_t payloadType = 0;
    std::uint32_t timestamp = 0;
    net::MediaDatagram bytes;
  };
  [[nodiscard]] net::RedBlocks blocksFor(std::uint32_t timestamp, std::size_t room,
                                         std::size_t earlier) const;
  void remember(const net::RedBlock& block, std::uint32_t timestamp);

  std::array<Said, kMost> said_; // the older one first
  std::size_t saidCount_ = 0;
};

} // namespace tutti::stream
