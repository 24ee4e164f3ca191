#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tutti/core/Result.hpp>

namespace tutti::serve {

/// Where the directories of several servers keep what they share.
///
///     redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE]
///     rediss://…                                           the same over TLS
///     unix://[[USER]:PASSWORD@]/PATH                       a socket on this machine
///
/// USER and PASSWORD are percent-encoded.
struct StoreUrl {
  enum class Transport : std::uint8_t { tcp, tls, local };

  Transport transport = Transport::tcp;
  std::string host; ///< of `tcp` and `tls`
  std::uint16_t port = 6379;
  std::string path; ///< of `local`
  std::string user; ///< empty: the usual one
  std::string password;
  std::uint16_t database = 0;

  /// Errors: `malformed` with a sentence.
  static Result<StoreUrl> parse(std::string_view text);

  /// What a store holds opens all rooms: over a network it takes TLS and a password.
  /// Errors: `refused` with a sentence.
  /// Spec:   room R-12.
  [[nodiscard]] Result<void> check() const;

  /// For logs: without user and password.
  [[nodiscard]] std::string text() const;
};

/// How to reach a store.
struct StoreOptions {
  StoreUrl url;
  std::string authorities; ///< a file with whom we trust to sign the store's certificate; empty: the system's
};

} // namespace tutti::serve
