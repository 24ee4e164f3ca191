#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "SnapshotReader.hpp"
#include "Wording.hpp"
#include "YamlText.hpp"

/// The words that a snapshot is made of.
namespace tutti::patch {

bool SnapshotReader::isMap(const YamlTree& tree, Names keys)
{
  const bool isMap = tree.kind == YamlTree::Kind::map;
  if (!isMap) refuse(tree, fmt::format("{} are expected here", fmt::join(keys, ", ")));
  for (std::size_t i = 0; isMap && i < tree.items.size(); i += 2)
    if (const auto& key = tree.items[i]; std::find(keys.begin(), keys.end(), key.text) == keys.end())
      refuse(key,
             fmt::format("{} is not known here; there are {}", excerpt(key.text), fmt::join(keys, ", ")));
  return isMap;
}

/// What has other keys than these is taken along.
bool SnapshotReader::isMap(const YamlTree& tree, Names keys, Unknowns& unknown)
{
  if (tree.kind != YamlTree::Kind::map) {
    refuse(tree, fmt::format("{} are expected here", fmt::join(keys, ", ")));
    return false;
  }
  for (std::size_t i = 0; i < tree.items.size(); i += 2) {
    const auto& key = tree.items[i];
    if (std::ranges::find(keys, key.text) != keys.end()) continue;
    if (!isName(key.text) || !areNames(tree.items[i + 1])) {
      refuse(key, "this is not known here, and too strange to be kept");
      continue;
    }
    unknown.push_back({key.text, flow(tree.items[i + 1])});
    remark(
      fmt::format("line {}: {} is not known here; it is kept as it is", key.place.line, excerpt(key.text)));
  }
  return true;
}

/// Every key in what is not known can be written again.
bool SnapshotReader::areNames(const YamlTree& tree)
{
  if (tree.kind == YamlTree::Kind::map)
    for (std::size_t i = 0; i < tree.items.size(); i += 2)
      if (!isName(tree.items[i].text)) return false;
  return std::ranges::all_of(tree.items, [this](const YamlTree& item) { return areNames(item); });
}

const YamlTree& SnapshotReader::member(const YamlTree& map, std::string_view key)
{
  if (const auto* const value = map.find(key)) return *value;
  refuse(map, fmt::format("the {} is missing here", key));
  return nothing_;
}

/// A list that is not there is an empty one.
const std::vector<YamlTree>& SnapshotReader::list(const YamlTree& map, std::string_view key, std::size_t most)
{
  const auto* const value = map.find(key);
  if (value == nullptr || value->kind == YamlTree::Kind::nothing) return nothing_.items;
  const bool isList = value->kind == YamlTree::Kind::list;
  if (!isList) refuse(*value, fmt::format("a list of {} is expected here", key));
  if (value->items.size() <= most) return isList ? value->items : nothing_.items;
  refuse(*value, fmt::format("there are more than {} {}", most, key));
  return nothing_.items;
}

std::string SnapshotReader::name(const YamlTree& tree)
{
  if (!isText(tree)) return {};
  if (!isName(tree.text))
    refuse(tree, fmt::format("a name has no control characters, and at most {} bytes", kLongestName));
  return tree.text;
}

std::string SnapshotReader::text(const YamlTree& tree)
{
  if (!isText(tree)) return {};
  if (tree.text.size() > Parameters::kLongestText)
    refuse(tree, fmt::format("this is longer than {} bytes", Parameters::kLongestText));
  return tree.text;
}

/// What programs call something.
std::string SnapshotReader::word(const YamlTree& tree)
{
  if (!isText(tree)) return {};
  const bool isWord = std::ranges::all_of(tree.text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
  if (!isWord || tree.text.empty() || tree.text.size() > Parameters::kLongestName)
    refuse(tree, fmt::format("{} is not a word of letters, digits, dots and dashes", excerpt(tree.text)));
  return tree.text;
}

std::uint32_t SnapshotReader::whole(const YamlTree& tree, std::uint32_t least, std::uint32_t most)
{
  if (!isText(tree)) return least;
  std::uint32_t value = 0;
  const auto* const end = tree.text.data() + tree.text.size();
  const auto [stop, error] = std::from_chars(tree.text.data(), end, value);
  if (stop == end && error == std::errc{} && value >= least && value <= most) return value;
  refuse(tree, fmt::format("{} is not a whole number from {} to {}", excerpt(tree.text), least, most));
  return least;
}

std::optional<std::uint32_t> SnapshotReader::colour(const YamlTree& map)
{
  const auto* const tree = map.find("colour");
  if (tree == nullptr) return std::nullopt;
  return whole(*tree, 0, Looks::kMostColour);
}

double SnapshotReader::number(const YamlTree& tree, std::string_view name, Range range)
{
  if (!isText(tree)) return 0;
  Parameters said;
  said.add(std::string{name}, tree.text, tree.place);
  ParameterReader reader{said};
  const double value = reader.number(name, range, 0);
  if (const auto verdict = reader.verdict(); !verdict && !refusal_) refusal_ = verdict.error();
  return value;
}

bool SnapshotReader::isText(const YamlTree& tree)
{
  if (tree.kind == YamlTree::Kind::text) return true;
  refuse(tree, "a single value is expected here");
  return false;
}

void SnapshotReader::refuse(const YamlTree& tree, std::string_view reason)
{
  if (!refusal_) refusal_ = errorAt({std::max(tree.place.line, 1), std::max(tree.place.column, 1)}, reason);
}

void SnapshotReader::remark(std::string sentence)
{
  if (remarks_.size() < SnapshotReading::kMostRemarks) remarks_.push_back(std::move(sentence));
}

} // namespace tutti::patch
