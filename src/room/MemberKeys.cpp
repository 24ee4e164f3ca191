#include <tutti/room/MemberKeys.hpp>

#include <algorithm>

#include <tutti/core/Base64.hpp>
#include <tutti/room/Secret.hpp>

#include "Sodium.hpp"

namespace tutti::room {
namespace {

ByteString withPurpose(std::string_view purpose, std::span<const std::byte> message)
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  out.text(purpose);
  out.bytes(message);
  return bytes;
}

} // namespace

HostSeed drawHostSeed()
{
  wakeSodium();
  HostSeed seed{};
  fillRandom(seed);
  return seed;
}

bool isSignedBy(const SignPublic& signer, std::span<const std::byte> message,
                std::span<const std::byte> signature)
{
  wakeSodium();
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(raw(signature), raw(message), message.size(), raw(signer)) == 0;
}

bool isSignedBy(const SignPublic& signer, std::string_view purpose, std::span<const std::byte> message,
                std::span<const std::byte> signature)
{
  return isSignedBy(signer, withPurpose(purpose, message), signature);
}

MemberId idOf(const SignPublic& sign, const BoxPublic& box)
{
  wakeSodium();
  std::array<std::byte, MemberId::kSize> id{};
  crypto_generichash_state state{};
  crypto_generichash_init(&state, nullptr, 0, id.size());
  crypto_generichash_update(&state, raw(sign), sign.size());
  crypto_generichash_update(&state, raw(box), box.size());
  crypto_generichash_final(&state, raw(id), id.size());
  return MemberId{id};
}

MemberKeys MemberKeys::draw()
{
  wakeSodium();
  MemberKeys keys;
  crypto_sign_keypair(raw(keys.signPublic_), raw(keys.signSecret_));
  crypto_box_keypair(raw(keys.boxPublic_), raw(keys.boxSecret_));
  keys.id_ = idOf(keys.signPublic_, keys.boxPublic_);
  return keys;
}

MemberKeys MemberKeys::ofHost(const HostSeed& seed)
{
  static_assert(crypto_sign_SEEDBYTES == std::tuple_size_v<HostSeed>);
  auto keys = draw();
  crypto_sign_seed_keypair(raw(keys.signPublic_), raw(keys.signSecret_), raw(seed));
  return keys;
}

MemberKeys::~MemberKeys()
{
  sodium_memzero(signSecret_.data(), signSecret_.size());
  sodium_memzero(boxSecret_.data(), boxSecret_.size());
}

Signature MemberKeys::sign(std::span<const std::byte> message) const
{
  Signature signature{};
  crypto_sign_detached(raw(signature), nullptr, raw(message), message.size(), raw(signSecret_));
  return signature;
}

Signature MemberKeys::sign(std::string_view purpose, std::span<const std::byte> message) const
{
  return sign(withPurpose(purpose, message));
}

ByteString MemberKeys::seal(std::span<const std::byte> message, const BoxPublic& to) const
{
  ByteString letter(crypto_box_NONCEBYTES + crypto_box_MACBYTES + message.size());
  const auto nonce = std::span{letter}.first(crypto_box_NONCEBYTES);
  fillRandom(nonce);
  const auto body = std::span{letter}.subspan(crypto_box_NONCEBYTES);
  const int status =
    crypto_box_easy(raw(body), raw(message), message.size(), raw(nonce), raw(to), raw(boxSecret_));
  if (status != 0) letter.clear(); // a public key that is none: its owner gets a letter that opens for nobody
  return letter;
}

std::optional<ByteString> MemberKeys::open(std::span<const std::byte> letter, const BoxPublic& from) const
{
  constexpr std::size_t kOverhead = crypto_box_NONCEBYTES + crypto_box_MACBYTES;
  if (letter.size() < kOverhead) return std::nullopt;
  const auto nonce = letter.first(crypto_box_NONCEBYTES);
  const auto body = letter.subspan(crypto_box_NONCEBYTES);
  ByteString message(letter.size() - kOverhead);
  if (crypto_box_open_easy(raw(message), raw(body), body.size(), raw(nonce), raw(from), raw(boxSecret_)) != 0)
    return std::nullopt;
  return message;
}

std::string MemberKeys::checkPassword(const BoxPublic& other) const
{
  Secret::Derived shared{};
  static_assert(crypto_box_BEFORENMBYTES == shared.size());
  if (crypto_box_beforenm(raw(shared), raw(other), raw(boxSecret_)) != 0)
    return {}; // a public key that is none
  const auto password = toBase64(authenticate(asBytes("tutti check 1"), shared));
  sodium_memzero(shared.data(), shared.size());
  return password;
}

} // namespace tutti::room
