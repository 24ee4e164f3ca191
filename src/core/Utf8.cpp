#include <tutti/core/Utf8.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

namespace tutti {
namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t size = 0;
};

std::optional<Character> first(std::string_view text)
{
  struct Form {
    unsigned mask;
    unsigned lead;
    std::size_t size;
    std::uint32_t least;
  };
  constexpr std::array<Form, 4> kForms{
    {{0x80, 0x00, 1, 0}, {0xe0, 0xc0, 2, 0x80}, {0xf0, 0xe0, 3, 0x800}, {0xf8, 0xf0, 4, 0x10000}}};
  const auto lead = static_cast<unsigned char>(text.front());
  const auto form = std::ranges::find_if(
    kForms, [lead](const Form& candidate) { return (lead & candidate.mask) == candidate.lead; });
  if (form == kForms.end() || form->size > text.size()) return std::nullopt;
  std::uint32_t code = lead & ~form->mask & 0xffU;
  for (std::size_t i = 1; i < form->size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xc0U) != 0x80U) return std::nullopt;
    code = code << 6U | (next & 0x3fU);
  }
  const bool isSurrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < form->least || code > 0x10ffff || isSurrogate) return std::nullopt;
  return Character{code, form->size};
}

} // namespace

std::optional<std::size_t> charactersOf(std::string_view text)
{
  std::size_t count = 0;
  for (; !text.empty(); ++count) {
    const auto character = first(text);
    if (!character) return std::nullopt;
    text.remove_prefix(character->size);
  }
  return count;
}

bool isPlainText(std::string_view text)
{
  while (!text.empty()) {
    const auto character = first(text);
    if (!character || character->code < 0x20 || (character->code >= 0x7f && character->code < 0xa0))
      return false;
    text.remove_prefix(character->size);
  }
  return true;
}

} // namespace tutti
