#include <tutti/engine/PatchFile.hpp>

#include <fmt/format.h>

#include <tutti/core/SafeFile.hpp>
#include <tutti/core/Utf8.hpp>

namespace tutti::engine {
namespace {

tl::unexpected<Error> about(const std::filesystem::path& path, const Error& error)
{
  return failure(error.kind, fmt::format("{}: {}", path.string(), error.detail));
}

/// "line 3, column 9": where the text is no UTF-8 any more.
std::string placeOfNoText(std::string_view text)
{
  int line = 1;
  int column = 1;
  while (!text.empty()) {
    const auto character = nextCharacter(text);
    if (!character) break;
    column = *character == U'\n' ? 1 : column + 1;
    line += *character == U'\n' ? 1 : 0;
  }
  return fmt::format("line {}, column {}", line, column);
}

} // namespace

Result<std::string> readPatchText(const std::filesystem::path& path)
{
  auto text = readWhole(path, patch::Snapshot::kMostBytes);
  if (!text && text.error().kind == ErrorKind::refused) return tl::unexpected{text.error()}; // names it
  if (!text) return about(path, text.error());
  if (!charactersOf(*text))
    return failure(ErrorKind::malformed,
                   fmt::format("{}: {}: this is no UTF-8 text", path.string(), placeOfNoText(*text)));
  return text;
}

Result<patch::SnapshotReading> readPatch(const std::filesystem::path& path)
{
  const auto text = readPatchText(path);
  if (!text) return tl::unexpected{text.error()};
  auto reading = patch::Snapshot::read(*text);
  if (!reading) return about(path, reading.error());
  return reading;
}

Result<void> writePatch(const std::filesystem::path& path, const patch::Snapshot& snapshot)
{
  return replaceWhole(path, snapshot.encode());
}

} // namespace tutti::engine
