#include <tutti/core/Utf8.hpp>

#include <cstdint>

namespace tutti {
namespace {

struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t least; // what a shorter form could hold is not in this one
};

std::optional<Lead> leadOf(std::uint8_t byte)
{
  if (byte < 0x80) return Lead{1, byte, 0};
  if ((byte & 0xe0U) == 0xc0) return Lead{2, byte & 0x1fU, 0x80};
  if ((byte & 0xf0U) == 0xe0) return Lead{3, byte & 0x0fU, 0x800};
  if ((byte & 0xf8U) == 0xf0) return Lead{4, byte & 0x07U, 0x10000};
  return std::nullopt;
}

bool isCharacter(char32_t value, char32_t least)
{
  return value >= least && value <= 0x10ffff && !(value >= 0xd800 && value < 0xe000);
}

std::optional<char32_t> read(std::string_view text, const Lead& lead)
{
  if (text.size() < lead.length) return std::nullopt;
  auto value = lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    const auto byte = static_cast<std::uint8_t>(text[i]);
    if ((byte & 0xc0U) != 0x80) return std::nullopt;
    value = value << 6U | (byte & 0x3fU);
  }
  return isCharacter(value, lead.least) ? std::optional{value} : std::nullopt;
}

} // namespace

std::optional<char32_t> nextCharacter(std::string_view& text)
{
  const auto lead = leadOf(static_cast<std::uint8_t>(text.front()));
  const auto character = lead ? read(text, *lead) : std::nullopt;
  text.remove_prefix(character ? lead->length : 1);
  return character;
}

std::string utf8(char32_t character)
{
  const auto tail = [&](unsigned shift) { return static_cast<char>(0x80U | (character >> shift & 0x3fU)); };
  if (character < 0x80) return {static_cast<char>(character)};
  if (character < 0x800) return {static_cast<char>(0xc0U | character >> 6U), tail(0)};
  if (character < 0x10000) return {static_cast<char>(0xe0U | character >> 12U), tail(6), tail(0)};
  return {static_cast<char>(0xf0U | character >> 18U), tail(12), tail(6), tail(0)};
}

std::optional<std::size_t> charactersOf(std::string_view text)
{
  std::size_t count = 0;
  for (; !text.empty(); ++count)
    if (!nextCharacter(text)) return std::nullopt;
  return count;
}

bool isPlainText(std::string_view text)
{
  while (!text.empty()) {
    const auto character = nextCharacter(text);
    if (!character || *character < 0x20 || (*character >= 0x7f && *character < 0xa0)) return false;
  }
  return true;
}

} // namespace tutti
