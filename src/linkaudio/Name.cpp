#include "Name.hpp"

#include <tutti/core/Utf8.hpp>

namespace tutti::linkaudio {
namespace {

constexpr char32_t kReplacement = 0xfffd;

bool isControl(char32_t character)
{
  return character < 0x20 || (character >= 0x7f && character < 0xa0);
}

} // namespace

std::string cutName(std::string_view name)
{
  if (name.size() <= kLongestName) return std::string{name};
  auto rest = name;
  std::size_t whole = 0;
  while (!rest.empty()) {
    nextCharacter(rest);
    const auto taken = name.size() - rest.size();
    if (taken > kLongestName) break;
    whole = taken;
  }
  return std::string{name.substr(0, whole)};
}

std::string readableName(std::string_view name)
{
  std::string readable;
  while (!name.empty() && readable.size() <= kLongestName) {
    const auto character = nextCharacter(name);
    readable += utf8(character && !isControl(*character) ? *character : kReplacement);
  }
  return cutName(readable);
}

} // namespace tutti::linkaudio
