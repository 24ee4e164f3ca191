#include "TurnWish.hpp"

#include <fmt/format.h>

#include <tutti/core/Utf8.hpp>
#include <tutti/room/TurnGrant.hpp>

#include "SecretFile.hpp"

namespace tutti::app {
namespace {

using serve::TurnOptions;

Result<std::string> secretOf(const char* what, const std::string& file, const char* variable)
{
  auto secret = secretFrom(file, variable);
  if (!secret) return secret;
  if (secret->empty())
    return failure(ErrorKind::unauthorized,
                   fmt::format("{} is missing: set {}, or name a file that holds it.", what, variable));
  if (!isPlainText(*secret) || secret->size() > kLongestSecret)
    return failure(ErrorKind::malformed, fmt::format("{} is not one line of text.", what));
  return secret;
}

} // namespace

Result<void> TurnWish::addServer(const std::string& text)
{
  const bool isWhole = text.starts_with("turn:") || text.starts_with("turns:");
  auto url = room::TurnUrl::parse(isWhole ? text : "turn:" + text);
  if (!url) return tl::unexpected{url.error()};
  servers.push_back(std::move(*url));
  return {};
}

Result<void> TurnWish::check() const
{
  const auto wrong = [](const char* sentence) { return failure(ErrorKind::malformed, sentence); };
  const bool hasSecret = !secret.empty() || !secretFile.empty();
  if (!providerUrl.empty()) {
    if (!servers.empty() || hasSecret || !user.empty())
      return wrong("a TURN provider names servers and credentials itself: leave out the other --turn flags");
    return serve::checkProviderUrl(providerUrl);
  }
  if (!tokenFile.empty()) return wrong("--turn-token-file is for --turn-provider-url");
  if (servers.empty() && (hasSecret || !user.empty())) return wrong("which TURN server? Add --turn-server");
  if (hasSecret && !user.empty()) return wrong("either a shared secret or --turn-user, not both");
  if (!secret.empty() && !secretFile.empty()) return wrong("either --turn-secret or --turn-secret-file");
  if (user.empty() && !passwordFile.empty()) return wrong("--turn-password-file is for --turn-user");
  if (servers.size() > room::TurnGrant::kMostServers) return wrong("eight TURN servers at most");
  return {};
}

Result<std::optional<TurnOptions>> TurnWish::options() const
{
  const auto with = [this](auto credentials) -> std::optional<TurnOptions> {
    return TurnOptions{servers, std::move(credentials)};
  };
  if (!providerUrl.empty())
    return secretOf("The TURN provider's token", tokenFile, "TUTTI_TURN_TOKEN").map([&](std::string token) {
      return with(TurnOptions::Provider{providerUrl, std::move(token)});
    });
  if (servers.empty()) return std::nullopt;
  if (!user.empty())
    return secretOf("The TURN user's password", passwordFile, "TUTTI_TURN_PASSWORD")
      .map([&](std::string password) { return with(TurnOptions::StaticUser{user, std::move(password)}); });
  if (!secret.empty()) return with(TurnOptions::SharedSecret{secret});
  return secretOf("The TURN servers' secret", secretFile, "TUTTI_TURN_SECRET").map([&](std::string shared) {
    return with(TurnOptions::SharedSecret{std::move(shared)});
  });
}

} // namespace tutti::app
