#include <tutti/patch/Catalogue.hpp>

#include <algorithm>
#include <optional>
#include <sstream>
#include <utility>

namespace tutti::patch {
namespace {

std::string small(std::string_view text)
{
  std::string small{text};
  for (auto& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return small;
}

std::vector<std::string> wordsOf(std::string_view text)
{
  std::istringstream stream{small(text)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(std::move(word));
  return words;
}

/// The smaller, the better; nothing: not at all.
std::optional<int> rank(const CatalogueEntry& entry, const std::string& word)
{
  const auto name = small(entry.name);
  const auto all = ' ' + name + ' ' + small(entry.about) + ' ' + small(entry.type);
  if (name.starts_with(word)) return 0;
  if (all.find(' ' + word) != std::string::npos) return 1;
  if (all.find(word) != std::string::npos) return 2;
  return std::nullopt;
}

std::optional<int> rank(const CatalogueEntry& entry, const std::vector<std::string>& words)
{
  int worst = 0;
  for (const auto& word : words) {
    const auto one = rank(entry, word);
    if (!one) return std::nullopt;
    worst = std::max(worst, *one);
  }
  return worst;
}

} // namespace

std::vector<CatalogueEntry> search(const std::vector<CatalogueEntry>& entries, std::string_view text)
{
  const auto words = wordsOf(text);
  std::vector<CatalogueEntry> found;
  for (int wanted = 0; wanted <= 2; ++wanted)
    std::ranges::copy_if(entries, std::back_inserter(found),
                         [&](const CatalogueEntry& entry) { return rank(entry, words) == wanted; });
  return found;
}

} // namespace tutti::patch
