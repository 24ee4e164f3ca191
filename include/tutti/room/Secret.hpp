#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <tutti/core/Result.hpp>
#include <tutti/room/MemberId.hpp>

namespace tutti::room {

/// What everybody in a room knows, and nobody else: it is in the invitation, or comes from the password.
///
/// It is never sent. What is sent are words derived from it, one for each purpose, from which there is no way
/// back.
///
/// Spec: room.
class Secret {
public:
  static constexpr std::size_t kSize = 16;
  using Bytes = std::array<std::byte, kSize>;
  using Derived = std::array<std::byte, 32>;

  explicit constexpr Secret(const Bytes& bytes)
    : bytes_{bytes}
  {}
  static Secret draw();

  /// Argon2id, 64 MiB, three passes: a third of a second on purpose, so not on a thread that anybody waits
  /// for.
  /// Errors: `unavailable` where the memory is not there.
  static Result<Secret> ofPassword(std::string_view password, const RoomId& room);

  [[nodiscard]] const Bytes& bytes() const { return bytes_; }

  /// HKDF-SHA256 for one purpose.
  [[nodiscard]] Derived derive(std::string_view purpose) const;

  /// Proves to the directory that we may join; it keeps only the hash of it.
  [[nodiscard]] std::string joinToken() const;

  friend bool operator==(const Secret&, const Secret&) = default;

private:
  Bytes bytes_;
};

/// HMAC-SHA256.
Secret::Derived authenticate(std::span<const std::byte> message, const Secret::Derived& key);
/// In constant time.
bool isAuthentic(std::span<const std::byte> message, std::span<const std::byte> sum,
                 const Secret::Derived& key);

/// What the directory keeps of a join token.
std::string hashOfToken(std::string_view token);

} // namespace tutti::room
