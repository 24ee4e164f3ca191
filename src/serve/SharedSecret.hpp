#pragma once

#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

namespace tutti::serve {

/// A name that ends by itself, and the password that follows from it for whoever knows the secret: the server
/// needs to know nobody.
///
/// Spec: draft-uberti-behave-turn-rest-00 2.2, as coturn reads it.
struct TimedCredential {
  std::string username; ///< "END:WHO", seconds since 1970
  std::string password;

  static TimedCredential until(std::time_t end, std::string_view who, std::string_view secret);
};

/// Base64 as most of the world writes it, with padding: RFC 4648 section 4.
std::string paddedBase64(std::string_view bytes);

} // namespace tutti::serve
