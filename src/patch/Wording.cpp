#include "Wording.hpp"

#include <fmt/format.h>

#include <tutti/core/Utf8.hpp>

namespace tutti::patch {
namespace {

bool isPrintable(char32_t character)
{
  return character >= 0x20 && !(character >= 0x7f && character < 0xa0) && character != 0x2028 &&
         character != 0x2029 && character != 0xfeff;
}

/// As much of it as fits, with `?` for what cannot be shown.
std::string plain(std::string_view text, std::size_t most)
{
  std::string shown;
  while (!text.empty()) {
    const auto character = nextCharacter(text);
    const auto piece = character && isPrintable(*character) ? utf8(*character) : std::string{"?"};
    if (shown.size() + piece.size() > most) return shown;
    shown += piece;
  }
  return shown;
}

} // namespace

bool isName(std::string_view text)
{
  return plain(text, kLongestName) == text;
}

std::string nameFrom(std::string_view text)
{
  return plain(text, kLongestName);
}

std::string excerpt(std::string_view text)
{
  constexpr std::size_t kShown = 32;
  const auto shown = plain(text, kShown);
  return fmt::format("'{}{}'", shown, text.size() > kShown ? "…" : "");
}

} // namespace tutti::patch
