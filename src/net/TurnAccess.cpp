#include "TurnAccess.hpp"

#include <array>
#include <optional>
#include <string_view>

#include <tutti/core/ByteReader.hpp>
#include <tutti/core/ByteString.hpp>

namespace tutti::net {
namespace {

using stun::Attribute;
using stun::PasswordAlgorithm;

// A question has to hold them all, beside a name of 508 bytes.
constexpr std::size_t kLongestName = 508;
constexpr std::size_t kLongestRealm = 256;
constexpr std::size_t kLongestNonce = 192;
constexpr std::size_t kLongestAlgorithms = 32;

/// RFC 8489 9.2: a nonce that begins like this tells by its next 24 bits what the server knows; the first
/// bit means that it names algorithms.
bool saysAlgorithms(std::string_view nonce)
{
  constexpr std::string_view kCookie = "obMatJos2";
  if (!nonce.starts_with(kCookie) || nonce.size() < kCookie.size() + 4) return false;
  const auto first = nonce[kCookie.size()]; // of four letters in Base64, the first six bits
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto at = kLetters.find(first);
  return at != std::string_view::npos && (at & 0x20U) != 0;
}

/// The best of them that we know.
std::optional<PasswordAlgorithm> bestOf(std::span<const std::byte> algorithms)
{
  ByteReader in{algorithms};
  std::optional<PasswordAlgorithm> best;
  while (!in.atEnd()) {
    const auto number = in.u16();
    const auto size = in.u16();
    if (!number || !size || !in.bytes((*size + 3U) & ~std::size_t{3})) return std::nullopt;
    if (*number == static_cast<std::uint16_t>(PasswordAlgorithm::sha256)) return PasswordAlgorithm::sha256;
    if (*number == static_cast<std::uint16_t>(PasswordAlgorithm::md5)) best = PasswordAlgorithm::md5;
  }
  return best;
}

} // namespace

void TurnAccess::use(TurnCredentials credentials)
{
  credentials_ = std::move(credentials);
  mix();
}

void TurnAccess::forgetChallenge()
{
  realm_.clear();
  nonce_.clear();
  algorithms_.clear();
  algorithm_ = PasswordAlgorithm::md5;
  key_.clear();
}

bool TurnAccess::isNews(const stun::Message& challenge) const
{
  const auto nonce = challenge.text(Attribute::nonce);
  return nonce && *nonce != nonce_;
}

bool TurnAccess::take(const stun::Message& challenge)
{
  const auto nonce = challenge.text(Attribute::nonce);
  const auto realm = challenge.text(Attribute::realm).value_or(realm_); // 438 may leave it out
  const bool isFitting = nonce && !nonce->empty() && nonce->size() <= kLongestNonce && !realm.empty() &&
                         realm.size() <= kLongestRealm && credentials_.username.size() <= kLongestName;
  if (!isFitting) return false;
  const auto algorithms = challenge.find(Attribute::passwordAlgorithms);
  if (saysAlgorithms(*nonce) && !algorithms) return false;
  const auto best = algorithms ? bestOf(*algorithms) : PasswordAlgorithm::md5;
  if (!best || (algorithms && algorithms->size() > kLongestAlgorithms)) return false;
  realm_ = std::string{realm};
  nonce_ = *nonce;
  algorithms_ = algorithms ? asText(*algorithms) : std::string_view{};
  algorithm_ = *best;
  mix();
  return true;
}

void TurnAccess::mix()
{
  if (nonce_.empty()) return;
  key_ = stun::longTermKey(algorithm_, credentials_.username, realm_, credentials_.password);
}

void TurnAccess::seal(stun::Writer& question) const
{
  if (key_.empty()) return;
  question.add(Attribute::username, asBytes(credentials_.username));
  question.add(Attribute::realm, asBytes(realm_));
  question.add(Attribute::nonce, asBytes(nonce_));
  if (algorithms_.empty()) return question.seal(key_);
  const auto number = static_cast<std::uint32_t>(algorithm_) << 16U; // and no parameters
  question.add(Attribute::passwordAlgorithms, asBytes(algorithms_));
  question.add(Attribute::passwordAlgorithm, number);
  question.sealSha256(key_);
}

} // namespace tutti::net
