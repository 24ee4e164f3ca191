#include "SettingsSection.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace tutti::engine {
namespace {

constexpr std::size_t kLongestText = 256; // bytes

bool isControl(char c)
{
  const auto byte = static_cast<unsigned char>(c); // letters beyond ASCII are no control codes
  return byte < 0x20 || byte == 0x7f;
}

/// Enough of it to be recognised.
std::string excerpt(std::string_view text)
{
  return fmt::format("'{}'", plain(text, 24));
}

std::optional<double> numberIn(const std::string& text)
{
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool isTooLarge = error == std::errc::result_out_of_range;
  if (end != text.data() + text.size() || (error != std::errc{} && !isTooLarge)) return std::nullopt;
  if (isTooLarge || !std::isfinite(value)) return std::nullopt;
  return value;
}

} // namespace

double within(Range range, double value)
{
  return std::clamp(value, range.least, range.most);
}

std::string plain(std::string_view text, std::size_t most)
{
  std::string shown;
  for (const char c : text.substr(0, most)) shown += isControl(c) ? '?' : c;
  return shown + (text.size() > most ? "…" : "");
}

std::string scalarOf(const std::string& text)
{
  YAML::Emitter out;
  out << YAML::DoubleQuoted << text;
  return out.c_str();
}

Section::Section(const YAML::Node& node, std::string prefix, std::vector<std::string>& remarks)
  : node_{node}
  , prefix_{std::move(prefix)}
  , remarks_{remarks}
{}

double Section::number(const char* key, Range range, double fallback) const
{
  const auto text = scalar(key);
  if (!text) return fallback;
  const auto value = numberIn(*text);
  if (!value) return doubt(key, *text, "is not a number"), fallback;
  if (*value < range.least || *value > range.most)
    doubt(key, *text, fmt::format("is not between {} and {}", range.least, range.most));
  return within(range, *value);
}

int Section::whole(const char* key, Range range, int fallback) const
{
  return static_cast<int>(std::lround(number(key, range, fallback)));
}

bool Section::yesOrNo(const char* key, bool fallback) const
{
  const auto text = scalar(key);
  if (!text) return fallback;
  bool value = fallback;
  if (!YAML::convert<bool>::decode(node_[key], value)) doubt(key, *text, "is neither true nor false");
  return value;
}

std::string Section::text(const char* key) const
{
  const auto text = scalar(key);
  return text ? plain(*text, kLongestText) : std::string{};
}

std::optional<std::string> Section::scalar(const char* key) const
{
  const YAML::Node value = node_[key];
  if (!value.IsDefined() || value.IsNull()) return std::nullopt;
  if (value.IsScalar()) return value.Scalar();
  remark(key, "is not a single value");
  return std::nullopt;
}

std::vector<std::string> Section::texts(const char* key) const
{
  std::vector<std::string> all;
  const YAML::Node list = node_[key];
  if (!list.IsDefined() || list.IsNull()) return all;
  if (!list.IsSequence()) return remark(key, "is no list"), all;
  for (const auto& entry : list) all.push_back(entry.IsScalar() ? entry.Scalar() : std::string{});
  return all;
}

std::vector<Section> Section::sections(const char* key) const
{
  std::vector<Section> all;
  const YAML::Node list = node_[key];
  if (!list.IsDefined() || list.IsNull()) return all;
  if (!list.IsSequence()) return remark(key, "is not a list"), all;
  for (const auto& entry : list)
    if (entry.IsMap()) all.push_back({entry, fmt::format("{}{}.", prefix_, key), remarks_});
  return all;
}

Section Section::section(const char* key) const
{
  const YAML::Node inner = node_[key];
  if (inner.IsDefined() && !inner.IsMap() && !inner.IsNull()) remark(key, "is not a group of settings");
  return {inner.IsDefined() && inner.IsMap() ? inner : YAML::Node{YAML::NodeType::Map},
          fmt::format("{}{}.", prefix_, key), remarks_};
}

void Section::remarkUnknown(std::initializer_list<std::string_view> known) const
{
  for (const auto& entry : node_) {
    const auto key = entry.first.IsScalar() ? entry.first.Scalar() : std::string{};
    if (std::find(known.begin(), known.end(), key) == known.end())
      remarks_.push_back(fmt::format("{}{} is not known and was left out", prefix_, excerpt(key)));
  }
}

void Section::remark(const char* key, std::string_view what) const
{
  remarks_.push_back(fmt::format("{}{} {}", prefix_, key, what));
}

void Section::doubt(const char* key, const std::string& text, std::string_view why) const
{
  remark(key, fmt::format("{} {}", excerpt(text), why));
}

} // namespace tutti::engine
