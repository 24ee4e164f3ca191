#include "Arguments.hpp"

#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <optional>

namespace tutti::app {
namespace {

constexpr double kLongestSeconds = 1e8; // three years; beyond it microseconds are nothing that one waits for

std::optional<double> numberIn(std::string_view text)
{
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

} // namespace

Result<double> numberBetween(double least, double most, std::string_view text, std::string_view what)
{
  const auto value = numberIn(text);
  if (value && *value >= least && *value <= most) return *value;
  return failure(ErrorKind::malformed,
                 fmt::format("{} is a number from {} to {}, not '{}'", what, least, most, text));
}

Result<Micros> parseSeconds(std::string_view text)
{
  return numberBetween(0, kLongestSeconds, text, "a time in seconds").map([](double seconds) {
    return Micros{std::llround(seconds * 1e6)};
  });
}

} // namespace tutti::app
