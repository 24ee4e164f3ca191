#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>

namespace tutti {

/// Eight bytes that name a participant, or the session that this participant founded.
///
/// Compares as unsigned bytes, first byte first. Any byte value is legal.
/// Spec: link 4.1.
class NodeId {
public:
  static constexpr std::size_t kSize = 8;

  constexpr NodeId() = default;
  explicit constexpr NodeId(std::array<std::uint8_t, kSize> bytes)
    : bytes_{bytes}
  {}

  /// Eight printable ASCII characters, as every Link program draws them.
  template <class Generator> static NodeId random(Generator& generator)
  {
    std::uniform_int_distribution<int> printable{33, 126};
    NodeId id;
    for (auto& byte : id.bytes_) byte = static_cast<std::uint8_t>(printable(generator));
    return id;
  }

  /// The first eight bytes of `raw`; fewer are filled with zero.
  static NodeId fromBytes(std::span<const std::byte> raw);

  [[nodiscard]] std::span<const std::byte, kSize> bytes() const
  {
    return std::as_bytes(std::span<const std::uint8_t, kSize>{bytes_});
  }

  /// Sixteen hex digits, for machines and logs.
  [[nodiscard]] std::string hex() const;

  /// The characters themselves where printable, `.` elsewhere: for people.
  [[nodiscard]] std::string text() const;

  friend constexpr auto operator<=>(const NodeId&, const NodeId&) = default;

private:
  std::array<std::uint8_t, kSize> bytes_{};
};

} // namespace tutti
