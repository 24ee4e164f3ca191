#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <tutti/core/NodeId.hpp>
#include <tutti/time/Beats.hpp>
#include <tutti/time/Tempo.hpp>

namespace tutti::linkaudio {

/// The header extension that says on which beat of the common session a packet's first frame is meant to
/// sound. The session is named by the first half of its id: enough to know it from the one before.
///
///     | session 4 | beat 8 | µs per beat 3 |
struct BeatStamp {
  static constexpr std::uint8_t kExtension = 4;
  static constexpr std::size_t kSize = 15;
  static constexpr std::int64_t kFastest = 60'000; ///< µs per beat; link-audio 6.5
  static constexpr std::int64_t kSlowest = 3'000'001;

  std::array<std::byte, 4> session{};
  time::Beats begin;
  time::Tempo tempo;

  static std::array<std::byte, 4> nameOf(const NodeId& session);

  [[nodiscard]] std::array<std::byte, kSize> encode() const;
  /// Nothing for what no site sends.
  static std::optional<BeatStamp> parse(std::span<const std::byte> bytes);

  friend bool operator==(const BeatStamp&, const BeatStamp&) = default;
};

} // namespace tutti::linkaudio
