#include <tutti/patch/Parameters.hpp>

#include <fmt/format.h>
#include <utility>

namespace tutti::patch {

Error errorAt(Place place, std::string_view reason)
{
  if (place.line == 0) return {ErrorKind::malformed, std::string{reason}};
  return {ErrorKind::malformed, fmt::format("line {}, column {}: {}", place.line, place.column, reason)};
}

void Parameters::add(std::string name, std::string text, Place place)
{
  entries_.push_back({std::move(name), std::move(text), place});
}

void Parameters::add(std::string name, double value)
{
  add(std::move(name), fmt::format("{}", value));
}

void Parameters::add(std::string name, bool value)
{
  add(std::move(name), std::string{value ? "true" : "false"});
}

} // namespace tutti::patch
