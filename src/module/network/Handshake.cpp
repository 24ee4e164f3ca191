#include <tutti/module/Handshake.hpp>

#include <algorithm>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <tutti/core/ByteReader.hpp>

namespace tutti::module {
namespace {

constexpr std::string_view kCall = "tutti module call";
constexpr std::string_view kAnswer = "tutti module come";
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kSum = 32;
constexpr std::size_t kPadding = 53; // so that no answer is longer than its call

using Sum = std::array<std::byte, kSum>;

Sum hmac(std::span<const std::byte> key, std::span<const std::byte> message)
{
  Sum sum{};
  unsigned size = kSum;
  ::HMAC(::EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(message.data()), message.size(),
         reinterpret_cast<unsigned char*>(sum.data()), &size);
  return sum;
}

void addSum(ByteString& datagram, const std::string& token)
{
  const auto sum = hmac(asBytes(token), datagram);
  datagram.insert(datagram.end(), sum.begin(), sum.end());
}

/// What stands before a right sum; empty where it is wrong.
std::span<const std::byte> vouched(std::span<const std::byte> datagram, const std::string& token)
{
  if (datagram.size() < kSum) return {};
  const auto said = datagram.first(datagram.size() - kSum);
  const auto sum = hmac(asBytes(token), said);
  return ::CRYPTO_memcmp(sum.data(), datagram.data() + said.size(), kSum) == 0 ? said
                                                                               : std::span<const std::byte>{};
}

std::optional<Nonce> readNonce(ByteReader& in)
{
  const auto bytes = in.bytes(Nonce{}.size());
  if (!bytes) return std::nullopt;
  Nonce nonce{};
  std::ranges::copy(*bytes, nonce.begin());
  return nonce;
}

bool begins(ByteReader& in, std::string_view magic)
{
  const auto word = in.bytes(magic.size());
  return word && asText(*word) == magic && in.u8() == kVersion;
}

/// RFC 5869 2.3, one block of output.
net::SrtpKey expand(const Sum& secret, std::string_view purpose)
{
  ByteString info;
  ByteStringWriter out{info};
  out.text(purpose);
  out.u8(1);
  const auto block = hmac(secret, info);
  net::SrtpKey key{};
  std::copy_n(block.begin(), key.size(), key.begin());
  return key;
}

} // namespace

ByteString encodeCall(const std::string& token, const Nonce& caller)
{
  ByteString datagram;
  ByteStringWriter out{datagram};
  out.text(kCall);
  out.u8(kVersion);
  out.bytes(caller);
  datagram.resize(datagram.size() + kPadding);
  addSum(datagram, token);
  return datagram;
}

bool isCall(std::span<const std::byte> datagram)
{
  ByteReader in{datagram};
  return datagram.size() == kCall.size() + 1 + Nonce{}.size() + kPadding + kSum && begins(in, kCall);
}

std::optional<Nonce> readCall(std::span<const std::byte> datagram, const std::string& token)
{
  if (!isCall(datagram)) return std::nullopt;
  ByteReader in{vouched(datagram, token)};
  if (!begins(in, kCall)) return std::nullopt;
  return readNonce(in);
}

ByteString encodeAnswer(const std::string& token, const Nonce& caller, const Nonce& host)
{
  ByteString datagram;
  ByteStringWriter out{datagram};
  out.text(kAnswer);
  out.u8(kVersion);
  out.bytes(caller);
  out.bytes(host);
  addSum(datagram, token);
  return datagram;
}

std::optional<Nonce> readAnswer(std::span<const std::byte> datagram, const std::string& token,
                                const Nonce& caller)
{
  ByteReader in{vouched(datagram, token)};
  if (!begins(in, kAnswer) || readNonce(in) != caller) return std::nullopt;
  const auto host = readNonce(in);
  return in.atEnd() ? host : std::nullopt;
}

Keys keysOf(const std::string& token, const Nonce& caller, const Nonce& host)
{
  ByteString salt{caller.begin(), caller.end()};
  salt.insert(salt.end(), host.begin(), host.end());
  const auto secret = hmac(salt, asBytes(token)); // RFC 5869 2.2
  return {expand(secret, "tutti module: to the module"), expand(secret, "tutti module: to the host")};
}

Nonce drawNonce()
{
  Nonce nonce{};
  ::RAND_bytes(reinterpret_cast<unsigned char*>(nonce.data()), static_cast<int>(nonce.size()));
  return nonce;
}

} // namespace tutti::module
