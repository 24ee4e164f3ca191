#include "YamlTree.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <sstream>
#include <utility>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <tutti/core/Utf8.hpp>

#include "Wording.hpp"

namespace tutti::patch {
namespace {

using Kind = YamlTree::Kind;

constexpr std::size_t kDeepest = 8;
constexpr std::size_t kMostItems = 100'000;

Place placeOf(const YAML::Mark& mark)
{
  return {.line = mark.line + 1, .column = mark.column + 1};
}

/// The first place that is not UTF-8, or no text at all. The parser would let it pass, and guess other
/// encodings.
std::optional<Place> unreadable(std::string_view text)
{
  Place place{.line = 1, .column = 1};
  while (!text.empty()) {
    const auto character = nextCharacter(text);
    const bool isText = character && (*character >= 0x20 || *character == '\t' || *character == '\r');
    if (character == U'\n')
      place = {.line = place.line + 1, .column = 1};
    else if (isText)
      ++place.column;
    else
      return place;
  }
  return std::nullopt;
}

/// The parser makes single bytes, as of Latin-1, of the escapes \N and \_; all else is UTF-8 as the file was.
std::string mended(std::string_view text)
{
  std::string whole;
  while (!text.empty()) {
    const auto before = text;
    if (!nextCharacter(text)) whole += '\xc2';
    whole += before.substr(0, before.size() - text.size());
  }
  return whole;
}

/// Ends the reading where it stands. It is caught before `YamlTree::parse` returns.
[[noreturn]] void refuse(const YAML::Mark& mark, const std::string& reason)
{
  throw YAML::ParserException{mark, reason};
}

bool isInMap(const YamlTree& tree)
{
  return tree.kind == Kind::map;
}

/// Puts the parser's events together, and refuses before anything becomes large.
class Planter final : public YAML::EventHandler {
public:
  YamlTree root;

  void OnDocumentStart(const YAML::Mark& mark) override
  {
    if (isBegun_) refuse(mark, "a second document begins here; a patch has one");
    isBegun_ = true;
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { plant(mark, Kind::nothing, {}); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override
  {
    refuse(mark, "an alias (*) is used here; please write out what it stands for");
  }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t, const std::string& value) override
  {
    plant(mark, Kind::text, mended(value));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override
  {
    open(mark, Kind::list);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override
  {
    open(mark, Kind::map);
  }
  void OnMapEnd() override { close(); }

private:
  void plant(const YAML::Mark& mark, Kind kind, const std::string& text)
  {
    append(mark, {.kind = kind, .place = placeOf(mark), .text = text, .items = {}});
  }

  void open(const YAML::Mark& mark, Kind kind)
  {
    if (open_.size() == kDeepest) refuse(mark, "this is nested too deeply for a patch");
    if (!open_.empty() && isInMap(open_.back()) && open_.back().items.size() % 2 == 0)
      refuse(mark, "a name is expected here, with a colon behind it");
    open_.push_back({.kind = kind, .place = placeOf(mark), .text = {}, .items = {}});
  }

  void close()
  {
    auto tree = std::move(open_.back());
    open_.pop_back();
    append({}, std::move(tree));
  }

  void append(const YAML::Mark& mark, YamlTree tree)
  {
    if (++items_ > kMostItems) refuse(mark, "there is too much in this file for a patch");
    if (open_.empty()) {
      root = std::move(tree);
      return;
    }
    auto& parent = open_.back();
    if (isInMap(parent) && parent.items.size() % 2 == 0) judgeKey(mark, parent, tree);
    parent.items.push_back(std::move(tree));
  }

  static void judgeKey(const YAML::Mark& mark, const YamlTree& map, const YamlTree& key)
  {
    constexpr std::size_t kMostKeys =
      2 * Parameters::kMost; // no map of a patch is larger; compared with each
    if (key.kind != Kind::text) refuse(mark, "a name is expected here, with a colon behind it");
    if (map.items.size() >= 2 * kMostKeys) refuse(mark, "there are too many names in this group");
    if (map.find(key.text) != nullptr)
      refuse(mark, fmt::format("{} is said a second time", excerpt(key.text)));
  }

  std::vector<YamlTree> open_; // from the root inwards
  std::size_t items_ = 0;
  bool isBegun_ = false;
};

} // namespace

const YamlTree* YamlTree::find(std::string_view key) const
{
  if (kind != Kind::map) return nullptr;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2)
    if (items[i].text == key) return &items[i + 1];
  return nullptr;
}

Result<YamlTree> YamlTree::parse(std::string_view yaml)
{
  if (const auto place = unreadable(yaml))
    return tl::unexpected{errorAt(*place, "there is something here that is not text (UTF-8)")};
  try {
    std::istringstream stream{std::string{yaml}};
    YAML::Parser parser{stream};
    Planter planter;
    while (parser.HandleNextDocument(planter)) {
    }
    return std::move(planter.root);
  } catch (const YAML::Exception& e) {
    return tl::unexpected{errorAt(placeOf(e.mark), nameFrom(e.msg))};
  } catch (const std::exception& e) { // yaml-cpp lets a few of the standard library's own pass
    return tl::unexpected{errorAt({.line = 1, .column = 1}, nameFrom(e.what()))};
  }
}

} // namespace tutti::patch
