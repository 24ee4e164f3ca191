#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace tutti {

/// What the caller can do about a failure of the world (our own failures are `TUTTI_ASSERT`s).
enum class ErrorKind {
  malformed,    ///< What came does not follow its format: drop it, count it.
  unavailable,  ///< Not there now, may come back: try again later.
  refused,      ///< Somebody else has it or forbids it: tell the musician, try again later.
  unauthorized, ///< It takes a password, or another one: ask the musician for it.
  unsupported,  ///< This machine can't: do without.
};

/// A failure as a value: what to do about it, and one line of detail for the log or the musician.
struct Error {
  ErrorKind kind = ErrorKind::unavailable;
  std::string detail;
};

template <class T> using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(ErrorKind kind, std::string detail = {})
{
  return tl::unexpected<Error>{Error{kind, std::move(detail)}};
}

} // namespace tutti
