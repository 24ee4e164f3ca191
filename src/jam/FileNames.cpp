#include "FileNames.hpp"

#include <tutti/core/Utf8.hpp>

namespace tutti::jam {
namespace {

constexpr std::size_t kLongest = 60; // bytes

bool isPlain(char32_t letter)
{
  constexpr std::string_view kMarks = " -_.,()+&!'";
  if (letter < 0x80) {
    const auto ascii = static_cast<char>(letter);
    const bool isLetter =
      (ascii >= '0' && ascii <= '9') || (ascii >= 'A' && ascii <= 'Z') || (ascii >= 'a' && ascii <= 'z');
    return isLetter || kMarks.find(ascii) != std::string_view::npos;
  }
  const bool isInvisible = letter < 0xA0 || (letter >= 0x200B && letter <= 0x200F) ||
                           (letter >= 0x2028 && letter <= 0x202E) || (letter >= 0x2060 && letter <= 0x206F) ||
                           letter == 0xFEFF;
  return !isInvisible;
}

/// A name that begins or ends with these is hidden, or means something to a shell or another system.
std::string trimmed(const std::string& name)
{
  constexpr auto kEdges = " .-";
  const auto from = name.find_first_not_of(kEdges);
  if (from == std::string::npos) return {};
  return name.substr(from, name.find_last_not_of(" .") + 1 - from);
}

} // namespace

std::string fileNameOf(std::string_view name)
{
  std::string file;
  while (!name.empty()) {
    const auto letter = nextCharacter(name);
    const auto next = letter && isPlain(*letter) ? utf8(*letter) : "_";
    if (file.size() + next.size() > kLongest) break;
    file += next;
  }
  file = trimmed(file);
  return file.empty() ? "Player" : file;
}

std::string foldedName(std::string_view name)
{
  std::string folded{name};
  for (auto& letter : folded)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return folded;
}

} // namespace tutti::jam
