#include <tutti/module/CommandLine.hpp>

#include <optional>
#include <vector>

namespace tutti::module {
namespace {

/// Nothing where a quotation does not end.
std::optional<std::vector<std::string>> wordsOf(std::string_view text)
{
  std::vector<std::string> words;
  bool isQuoted = false;
  bool isInWord = false;
  for (const char letter : text) {
    if (letter == ' ' && !isQuoted) {
      isInWord = false;
      continue;
    }
    if (!isInWord) words.emplace_back();
    isInWord = true;
    if (letter == '"')
      isQuoted = !isQuoted;
    else
      words.back() += letter;
  }
  if (isQuoted) return std::nullopt;
  return words;
}

} // namespace

Result<patch::ProcessDescription> programFrom(std::string_view name, std::string_view commandLine)
{
  if (name.empty()) return failure(ErrorKind::malformed, "the program needs a name");
  auto words = wordsOf(commandLine);
  if (!words) return failure(ErrorKind::malformed, "a quotation in the command does not end");
  if (words->empty() || words->front().empty())
    return failure(ErrorKind::malformed, "the command of the program is missing");
  patch::ProcessDescription program;
  program.name = std::string{name};
  program.command = std::move(words->front());
  program.arguments.assign(words->begin() + 1, words->end());
  return program;
}

} // namespace tutti::module
