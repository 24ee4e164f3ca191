#pragma once

#include <string>
#include <variant>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/room/TurnUrl.hpp>

namespace tutti::serve {

/// How members get leave to use TURN servers.
struct TurnOptions {
  /// coturn's `static-auth-secret`: names that end by themselves, and passwords that follow from them.
  struct SharedSecret {
    std::string secret;
  };
  /// coturn's `user=`: the same for everybody, and for ever.
  struct StaticUser {
    std::string name;
    std::string password;
  };
  /// Somebody else's servers, whose HTTP API is asked; it names the servers, too.
  struct Provider {
    std::string url;   ///< https, or http on this machine
    std::string token; ///< said as `Authorization: Bearer`
  };

  std::vector<room::TurnUrl> servers; ///< none of a provider
  std::variant<SharedSecret, StaticUser, Provider> credentials;
};

/// Errors: `malformed` with a sentence.
Result<void> checkProviderUrl(const std::string& url);

} // namespace tutti::serve
