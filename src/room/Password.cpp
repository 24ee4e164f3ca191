#include <tutti/room/Password.hpp>

#include <fmt/format.h>

#include <tutti/core/Utf8.hpp>

#include "PasswordWords.hpp"
#include "Sodium.hpp"

namespace tutti::room {

std::string proposePassword()
{
  wakeSodium();
  constexpr int kCount = 5;
  std::string password;
  for (int i = 0; i < kCount; ++i) {
    if (i > 0) password += '-';
    password += kWords.at(randombytes_uniform(static_cast<std::uint32_t>(kWords.size())));
  }
  return password;
}

Result<void> checkPassword(std::string_view password)
{
  const auto characters = charactersOf(password);
  if (!characters) return failure(ErrorKind::malformed, "This password has letters that cannot be read.");
  if (*characters >= kShortestPassword) return {};
  return failure(ErrorKind::refused, fmt::format("A room's password has at least {} letters. How about {}?",
                                                 kShortestPassword, proposePassword()));
}

} // namespace tutti::room
