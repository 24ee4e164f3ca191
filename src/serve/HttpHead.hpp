#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tutti::serve {

/// What stands before the body of a question, as the directory's guests need it, and no more.
///
/// A question says how long its body is, is not packed, and brings a body only where something is told.
///
/// Threads: any.
/// Errors:  nothing where it is no such head.
/// Spec:    RFC 9112 sections 3 and 5.
struct HttpHead {
  static constexpr std::size_t kLongest = std::size_t{8} << 10U;
  static constexpr std::size_t kLongestBody = std::size_t{64} << 10U; ///< 64 letters are half of it
  static constexpr std::string_view kEnd = "\r\n\r\n";

  std::string method;
  std::string path; ///< percent-decoded, without what is asked behind `?`
  std::string authorization;
  std::size_t bodySize = 0;
  bool isLast = false;      ///< nothing is asked on this connection afterwards
  bool waitsToGoOn = false; ///< with the body, until it is told to

  /// `text` is all up to `kEnd`, with it.
  static std::optional<HttpHead> parse(std::string_view text);
};

} // namespace tutti::serve
