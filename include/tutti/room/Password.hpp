#pragma once

#include <string>
#include <string_view>

#include <tutti/core/Result.hpp>

/// Passwords that hold even against the host's server, which may guess as long as it likes.
///
/// Spec: room R-8.
namespace tutti::room {

constexpr std::size_t kShortestPassword = 12;

/// Five words drawn by lot out of 256: 40 bits behind 64 MiB of work for each guess, and easy to say over the
/// telephone.
std::string proposePassword();

/// Errors: `refused` with a sentence for who is too short.
Result<void> checkPassword(std::string_view password);

} // namespace tutti::room
