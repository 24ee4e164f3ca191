#pragma once

#include <optional>
#include <string>

#include <tutti/core/Endpoint.hpp>
#include <tutti/serve/StoreUrl.hpp>

namespace tutti::app {

/// What the flags and the environment say about a store that several servers share.
///
/// Spec: room R-12.
struct StoreWish {
  std::optional<serve::StoreUrl> url; ///< its password may be `TUTTI_STORE_PASSWORD`, too
  std::string passwordFile;
  std::string authorities; ///< a file with certificates
  std::optional<IpAddress> forwarderAddress;

  /// Whether the flags fit together. Errors: a sentence.
  [[nodiscard]] Result<void> check() const;

  /// With what file and environment say; nothing where no store is wished for. Errors: a sentence.
  [[nodiscard]] Result<std::optional<serve::StoreOptions>> options() const;
};

} // namespace tutti::app
