#include "ProgramWish.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tutti::app {
namespace {

/// Nothing where a quotation does not end.
std::optional<std::vector<std::string>> wordsOf(std::string_view text)
{
  std::vector<std::string> words;
  bool isQuoted = false;
  bool isInWord = false;
  for (const char letter : text) {
    if (letter == '"') {
      isQuoted = !isQuoted;
      if (!isInWord) words.emplace_back();
      isInWord = true;
    } else if (letter == ' ' && !isQuoted) {
      isInWord = false;
    } else {
      if (!isInWord) words.emplace_back();
      isInWord = true;
      words.back() += letter;
    }
  }
  if (isQuoted) return std::nullopt;
  return words;
}

} // namespace

Result<patch::ProcessDescription> parseProgram(std::string_view text)
{
  const auto equals = text.find('=');
  if (equals == 0 || equals == std::string_view::npos)
    return failure(ErrorKind::malformed, "a program is NAME=COMMAND, as in Organ=/usr/bin/organ");
  auto words = wordsOf(text.substr(equals + 1));
  if (!words) return failure(ErrorKind::malformed, "a quotation in the command does not end");
  if (words->empty() || words->front().empty())
    return failure(ErrorKind::malformed, "the command of the program is missing");
  patch::ProcessDescription program;
  program.name = std::string{text.substr(0, equals)};
  program.command = std::move(words->front());
  program.arguments.assign(words->begin() + 1, words->end());
  return program;
}

} // namespace tutti::app
