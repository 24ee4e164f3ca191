#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tutti/serve/TurnOptions.hpp>

namespace tutti::app {

/// What the flags and the environment say about TURN. Secrets that are arguments are visible to other users
/// of the machine, so each of them may come from a file or from the environment instead.
///
/// Spec: room R-12.
struct TurnWish {
  std::vector<room::TurnUrl> servers;
  std::string secret; ///< or `TUTTI_TURN_SECRET`
  std::string secretFile;
  std::string user; ///< its password: `passwordFile`, or `TUTTI_TURN_PASSWORD`
  std::string passwordFile;
  std::string providerUrl; ///< its token: `tokenFile`, or `TUTTI_TURN_TOKEN`
  std::string tokenFile;

  /// Adds one, which may leave out "turn:". Errors: a sentence.
  Result<void> addServer(const std::string& text);

  /// Whether the flags fit together. Errors: a sentence.
  [[nodiscard]] Result<void> check() const;

  /// With what files and environment say; nothing where no TURN is wished for. Errors: a sentence.
  [[nodiscard]] Result<std::optional<serve::TurnOptions>> options() const;
};

} // namespace tutti::app
