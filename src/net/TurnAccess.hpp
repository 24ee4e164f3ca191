#pragma once

#include <string>

#include <tutti/net/Stun.hpp>
#include <tutti/net/StunCredentials.hpp>
#include <tutti/net/TurnCredentials.hpp>

namespace tutti::net {

/// How we prove to a server who we are: our credentials, and what the server wants them mixed with.
///
/// The first question goes out bare; the server's refusal (401) brings realm and nonce. A server that names
/// algorithms gets SHA-256 where it knows that; one whose nonce says that it named some, while none came, was
/// tampered with on the way.
///
/// Spec: RFC 8489 9.2.
class TurnAccess {
public:
  explicit TurnAccess(TurnCredentials credentials)
    : credentials_{std::move(credentials)}
  {}

  [[nodiscard]] const TurnCredentials& credentials() const { return credentials_; }
  /// Others from now on, for the same realm.
  void use(TurnCredentials credentials);
  /// Another server: what the former one said does not hold.
  void forgetChallenge();

  /// Takes realm and nonce of a 401 or 438. False: nothing in it that we could work with.
  bool take(const stun::Message& challenge);
  /// Whether there is another nonce in it than the one that we use.
  [[nodiscard]] bool isNews(const stun::Message& challenge) const;

  /// Adds who we are, and the sum over all. Nothing before the first challenge.
  void seal(stun::Writer& question) const;
  /// What answers are sealed with; empty before the first challenge.
  [[nodiscard]] const std::string& key() const { return key_; }

private:
  void mix();

  TurnCredentials credentials_;
  std::string realm_;
  std::string nonce_;
  std::string algorithms_; // PASSWORD-ALGORITHMS as they came, to be said again
  stun::PasswordAlgorithm algorithm_ = stun::PasswordAlgorithm::md5;
  std::string key_;
};

} // namespace tutti::net
