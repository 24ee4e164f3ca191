#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::jam {

/// What a packet says of itself beside its sound, so that who has just come can play it at once, and
/// everybody can say where the time went. Travels as a header extension.
struct PacketNotes {
  static constexpr std::uint8_t kExtension = 3;
  static constexpr std::size_t kSize = 8;

  audio::SampleRate rate;
  std::uint8_t channels = 2;
  Micros deviceIn{0};  ///< From the instrument until the device handed the frames out.
  Micros sentAfter{0}; ///< From the instrument until the packet left.

  /// Durations in steps of 10 µs, at most 655 ms.
  [[nodiscard]] std::array<std::byte, kSize> encode() const;
  /// Nothing for what no musician sends.
  static std::optional<PacketNotes> parse(std::span<const std::byte> bytes);

  friend bool operator==(const PacketNotes&, const PacketNotes&) = default;
};

} // namespace tutti::jam
