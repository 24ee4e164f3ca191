#include "YamlText.hpp"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>

#include <tutti/core/Utf8.hpp>

namespace tutti::patch {
namespace {

bool isAlphanumeric(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// A text that YAML cannot take for anything else.
bool isPlain(std::string_view text)
{
  if (text.empty() || text == "null" || text == "Null" || text == "NULL") return false;
  const bool isNegative = text.front() == '-' && text.size() > 1 && isAlphanumeric(text[1]);
  return (isAlphanumeric(text.front()) || isNegative) && std::ranges::all_of(text.substr(1), [](char c) {
           return isAlphanumeric(c) || c == '.' || c == '-' || c == '_' || c == '+';
         });
}

std::string escaped(char32_t character)
{
  if (character == '"') return "\\\"";
  if (character == '\\') return "\\\\";
  const bool isShown =
    (character >= 0x20 && character < 0x7f) ||
    (character >= 0xa0 && character != 0x2028 && character != 0x2029 && character != 0xfeff);
  if (isShown) return utf8(character);
  return fmt::format("\\u{:04x}", static_cast<std::uint32_t>(character));
}

std::string flowOfMap(const YamlTree& map)
{
  std::string yaml;
  for (std::size_t i = 0; i < map.items.size(); i += 2)
    yaml += fmt::format("{}{}: {}", i == 0 ? "" : ", ", scalar(map.items[i].text), flow(map.items[i + 1]));
  return '{' + yaml + '}';
}

std::string flowOfList(const YamlTree& list)
{
  std::string yaml;
  for (std::size_t i = 0; i < list.items.size(); ++i) yaml += (i == 0 ? "" : ", ") + flow(list.items[i]);
  return '[' + yaml + ']';
}

} // namespace

std::string quoted(std::string_view text)
{
  std::string yaml = "\"";
  while (!text.empty()) yaml += escaped(nextCharacter(text).value_or(U'\ufffd'));
  return yaml + "\"";
}

std::string scalar(std::string_view text)
{
  return isPlain(text) ? std::string{text} : quoted(text);
}

std::string flow(const YamlTree& tree)
{
  switch (tree.kind) {
  case YamlTree::Kind::nothing:
    return "null";
  case YamlTree::Kind::text:
    return scalar(tree.text);
  case YamlTree::Kind::list:
    return flowOfList(tree);
  case YamlTree::Kind::map:
    return flowOfMap(tree);
  }
  return {};
}

std::string lines(const Unknowns& unknown, std::string_view indentation)
{
  std::string yaml;
  for (const auto& [key, value] : unknown) yaml += fmt::format("{}{}: {}\n", indentation, scalar(key), value);
  return yaml;
}

std::string inBraces(const Unknowns& unknown)
{
  std::string yaml;
  for (const auto& [key, value] : unknown) yaml += fmt::format(", {}: {}", scalar(key), value);
  return yaml;
}

} // namespace tutti::patch
