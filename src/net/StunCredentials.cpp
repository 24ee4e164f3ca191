#include <tutti/net/StunCredentials.hpp>

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <tutti/core/Assert.hpp>

namespace tutti::net::stun {

std::string longTermKey(PasswordAlgorithm algorithm, std::string_view username, std::string_view realm,
                        std::string_view password)
{
  std::string whole;
  whole.append(username).append(":").append(realm).append(":").append(password);
  const auto* digest = algorithm == PasswordAlgorithm::md5 ? EVP_md5() : EVP_sha256();
  std::string key(static_cast<std::size_t>(EVP_MD_get_size(digest)), '\0');
  unsigned written = 0;
  const int done = EVP_Digest(whole.data(), whole.size(), reinterpret_cast<unsigned char*>(key.data()),
                              &written, digest, nullptr);
  // A machine that forbids MD5 (FIPS) has no key, and seals with nothing: the server will refuse it.
  if (done != 1 || written != key.size()) return {};
  return key;
}

TransactionId drawTransaction()
{
  TransactionId id{};
  const int done = RAND_bytes(reinterpret_cast<unsigned char*>(id.data()), static_cast<int>(id.size()));
  TUTTI_ASSERT(done == 1);
  return id;
}

} // namespace tutti::net::stun
