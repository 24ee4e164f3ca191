#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tutti::room {

/// Sixteen random bytes that name a member, or a room, for as long as it lives.
class Id {
public:
  static constexpr std::size_t kSize = 16;

  constexpr Id() = default;
  explicit constexpr Id(std::array<std::byte, kSize> bytes)
    : bytes_{bytes}
  {}
  static Id draw();
  /// Nothing unless there are exactly sixteen bytes.
  static std::optional<Id> fromBytes(std::span<const std::byte> bytes);
  /// The way back from `text`.
  static std::optional<Id> parse(std::string_view text);

  [[nodiscard]] std::span<const std::byte, kSize> bytes() const { return bytes_; }
  /// 22 letters.
  [[nodiscard]] std::string text() const;

  friend constexpr auto operator<=>(const Id&, const Id&) = default;

private:
  std::array<std::byte, kSize> bytes_{};
};

using MemberId = Id;
using RoomId = Id;

} // namespace tutti::room
