#include "SharedSecret.hpp"

#include <array>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <tutti/core/Assert.hpp>

namespace tutti::serve {

std::string paddedBase64(std::string_view bytes)
{
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0'); // with the zero that the library writes behind it
  const int size =
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                    reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

TimedCredential TimedCredential::until(std::time_t end, std::string_view who, std::string_view secret)
{
  TimedCredential credential;
  credential.username = who.empty() ? fmt::format("{}", end) : fmt::format("{}:{}", end, who);
  std::array<unsigned char, EVP_MAX_MD_SIZE> seal{};
  unsigned size = 0;
  const auto* sealed = HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()),
                            reinterpret_cast<const unsigned char*>(credential.username.data()),
                            credential.username.size(), seal.data(), &size);
  TUTTI_ASSERT(sealed != nullptr);
  credential.password = paddedBase64({reinterpret_cast<const char*>(seal.data()), size});
  return credential;
}

} // namespace tutti::serve
