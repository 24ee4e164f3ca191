#include <tutti/room/Secret.hpp>

#include <algorithm>

#include <tutti/core/Base64.hpp>
#include <tutti/core/ByteString.hpp>

#include "Sodium.hpp"

namespace tutti::room {
namespace {

// spec room R-8: fixed in the program, or one password would make two secrets
constexpr std::size_t kMemory = std::size_t{64} << 20U;
constexpr unsigned kPasses = 3;

Secret::Derived hmac(std::span<const std::byte> message, std::span<const std::byte> key)
{
  wakeSodium();
  Secret::Derived sum{};
  crypto_auth_hmacsha256_state state{};
  crypto_auth_hmacsha256_init(&state, raw(key), key.size());
  crypto_auth_hmacsha256_update(&state, raw(message), message.size());
  crypto_auth_hmacsha256_final(&state, raw(sum));
  return sum;
}

} // namespace

Secret Secret::draw()
{
  Bytes bytes{};
  fillRandom(bytes);
  return Secret{bytes};
}

Result<Secret> Secret::ofPassword(std::string_view password, const RoomId& room)
{
  static_assert(crypto_pwhash_argon2id_SALTBYTES == RoomId::kSize);
  wakeSodium();
  Bytes bytes{};
  if (crypto_pwhash_argon2id(raw(bytes), bytes.size(), password.data(), password.size(), raw(room.bytes()),
                             kPasses, kMemory, crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0)
    return failure(ErrorKind::unavailable,
                   "There is not enough memory to work with a password: it needs 64 MB.");
  return Secret{bytes};
}

Secret::Derived Secret::derive(std::string_view purpose) const
{
  // RFC 5869 with one block of output
  const Derived noSalt{};
  const auto extracted = hmac(bytes_, noSalt);
  ByteString info;
  ByteStringWriter out{info};
  out.text(purpose);
  out.u8(1);
  return hmac(info, extracted);
}

std::string Secret::joinToken() const
{
  return toBase64(derive("join"));
}

Secret::Derived authenticate(std::span<const std::byte> message, const Secret::Derived& key)
{
  return hmac(message, key);
}

bool isAuthentic(std::span<const std::byte> message, std::span<const std::byte> sum,
                 const Secret::Derived& key)
{
  const auto right = hmac(message, key);
  return sum.size() == right.size() && sodium_memcmp(sum.data(), right.data(), right.size()) == 0;
}

std::string hashOfToken(std::string_view token)
{
  wakeSodium();
  Secret::Derived hash{};
  crypto_hash_sha256(raw(hash), reinterpret_cast<const unsigned char*>(token.data()), token.size());
  return toBase64(hash);
}

} // namespace tutti::room
