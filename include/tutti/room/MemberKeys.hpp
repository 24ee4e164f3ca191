#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <tutti/core/ByteString.hpp>
#include <tutti/room/MemberId.hpp>

namespace tutti::room {

using SignPublic = std::array<std::byte, 32>; ///< Ed25519
using BoxPublic = std::array<std::byte, 32>;  ///< X25519
using Signature = std::array<std::byte, 64>;

/// What makes somebody the host of a room: the key that signs orders grows from it.
using HostSeed = std::array<std::byte, 32>;
HostSeed drawHostSeed();

bool isSignedBy(const SignPublic& signer, std::span<const std::byte> message,
                std::span<const std::byte> signature);
/// Signed for this purpose: nothing that was signed for another can be passed off as it.
bool isSignedBy(const SignPublic& signer, std::string_view purpose, std::span<const std::byte> message,
                std::span<const std::byte> signature);

/// Whose keys these are: nobody has another's id without having their keys.
MemberId idOf(const SignPublic& sign, const BoxPublic& box);

/// What a member can do that nobody else can: sign as itself, and open letters to itself. Drawn anew at each
/// join, wiped at its end.
///
/// Threads: one at a time.
/// Spec:    room.
class MemberKeys {
public:
  static MemberKeys draw();
  /// Those of a host: signs as everybody who has this seed, and is drawn anew otherwise.
  static MemberKeys ofHost(const HostSeed& seed);
  ~MemberKeys();
  MemberKeys(MemberKeys&&) noexcept = default;
  MemberKeys& operator=(MemberKeys&&) noexcept = default;
  MemberKeys(const MemberKeys&) = delete;
  MemberKeys& operator=(const MemberKeys&) = delete;

  [[nodiscard]] const MemberId& id() const { return id_; }
  [[nodiscard]] const SignPublic& signPublic() const { return signPublic_; }
  [[nodiscard]] const BoxPublic& boxPublic() const { return boxPublic_; }

  [[nodiscard]] Signature sign(std::span<const std::byte> message) const;
  /// For this purpose only, which does not travel along.
  [[nodiscard]] Signature sign(std::string_view purpose, std::span<const std::byte> message) const;

  /// A letter that only the owner of `to` can open, and that only we can have written.
  [[nodiscard]] ByteString seal(std::span<const std::byte> message, const BoxPublic& to) const;
  /// Nothing if it was not written by the owner of `from`, or not to us.
  [[nodiscard]] std::optional<ByteString> open(std::span<const std::byte> letter,
                                               const BoxPublic& from) const;

  /// Known to us and to the owner of `other` alone: seals the checks between us, so that no third member can
  /// speak for either.
  [[nodiscard]] std::string checkPassword(const BoxPublic& other) const;

private:
  MemberKeys() = default;

  MemberId id_;
  SignPublic signPublic_{};
  std::array<std::byte, 64> signSecret_{};
  BoxPublic boxPublic_{};
  std::array<std::byte, 32> boxSecret_{};
};

} // namespace tutti::room
