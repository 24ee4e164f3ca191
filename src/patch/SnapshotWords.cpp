#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "SnapshotReader.hpp"
#include "Wording.hpp"

/// The words that a snapshot is made of.
namespace tutti::patch {

bool SnapshotReader::isMap(const YamlTree& tree, std::initializer_list<std::string_view> keys)
{
  const bool isMap = tree.kind == YamlTree::Kind::map;
  if (!isMap) refuse(tree, fmt::format("{} are expected here", fmt::join(keys, ", ")));
  for (std::size_t i = 0; isMap && i < tree.items.size(); i += 2)
    if (const auto& key = tree.items[i]; std::find(keys.begin(), keys.end(), key.text) == keys.end())
      refuse(key,
             fmt::format("{} is not known here; there are {}", excerpt(key.text), fmt::join(keys, ", ")));
  return isMap;
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

} // namespace tutti::patch
