#include <tutti/patch/ParameterReader.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

#include "Wording.hpp"

namespace tutti::patch {
namespace {

/// Whole text or nothing; "-.inf" is how YAML writes the level of silence.
std::optional<double> numberIn(const std::string& text)
{
  if (text == "-inf" || text == "-.inf") return -std::numeric_limits<double>::infinity();
  double value = 0;
  const auto* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (stop != end || error != std::errc{} || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string outside(Range range)
{
  if (std::isinf(range.least)) return fmt::format("is more than {}", range.most);
  return fmt::format("is not between {} and {}", range.least, range.most);
}

} // namespace

double ParameterReader::number(std::string_view name, Range range, double fallback)
{
  const auto* const entry = ask(name);
  if (entry == nullptr) return fallback;
  const auto value = numberIn(entry->text);
  const bool isInside = value && *value >= range.least && *value <= range.most;
  if (!value)
    refuse(name, "is not a number");
  else if (!isInside)
    refuse(name, outside(range));
  return isInside ? *value : fallback;
}

int ParameterReader::whole(std::string_view name, Range range, int fallback)
{
  const double value = number(name, range, fallback);
  if (value == std::floor(value)) return static_cast<int>(value);
  refuse(name, "is not a whole number");
  return fallback;
}

bool ParameterReader::yesOrNo(std::string_view name, bool fallback)
{
  return choice(name, {"false", "true"}, fallback ? 1 : 0) == 1;
}

std::string ParameterReader::text(std::string_view name, std::string_view fallback)
{
  const auto* const entry = ask(name);
  return entry == nullptr ? std::string{fallback} : entry->text;
}

std::size_t ParameterReader::choice(std::string_view name, std::initializer_list<std::string_view> choices,
                                    std::size_t fallback)
{
  const auto* const entry = ask(name);
  if (entry == nullptr) return fallback;
  const auto* const found = std::find(choices.begin(), choices.end(), entry->text);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  refuse(name, fmt::format("is none of {}", fmt::join(choices, ", ")));
  return fallback;
}

void ParameterReader::refuse(std::string_view name, std::string_view reason)
{
  if (refusal_) return;
  const auto* const entry = ask(name);
  if (entry == nullptr) return;
  refusal_ = errorAt(entry->place, fmt::format("the {} {} {}", name, excerpt(entry->text), reason));
}

Result<void> ParameterReader::verdict() const
{
  if (refusal_) return tl::unexpected{*refusal_};
  for (const auto& entry : entries_)
    if (std::ranges::find(asked_, entry.name) == asked_.end())
      return tl::unexpected{errorAt(entry.place, fmt::format("the {} is not known here; there are {}",
                                                             excerpt(entry.name), fmt::join(asked_, ", ")))};
  return {};
}

const Parameters::Entry* ParameterReader::ask(std::string_view name)
{
  if (std::ranges::find(asked_, name) == asked_.end()) asked_.emplace_back(name);
  const auto found = std::ranges::find(entries_, name, &Parameters::Entry::name);
  return found == entries_.end() ? nullptr : &*found;
}

} // namespace tutti::patch
