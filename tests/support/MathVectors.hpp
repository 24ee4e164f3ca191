#pragma once

#include <charconv>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <Catch.hpp>

namespace tutti::test {

/// The lines of one section of `fixtures/link/math-vectors.txt`, without remarks and empty lines.
inline std::vector<std::string> mathVectors(const std::string& section)
{
  std::ifstream file{TUTTI_FIXTURES "/link/math-vectors.txt"};
  REQUIRE(file);
  std::vector<std::string> lines;
  bool isInside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (line[0] == '[')
      isInside = line == '[' + section + ']';
    else if (isInside)
      lines.push_back(line);
  }
  return lines;
}

/// The numbers that stand in `line` where `pattern` has a `#`; nothing if the line reads otherwise. Whole
/// numbers of the fixture are far below 2^53, so a double holds each of them exactly.
inline std::optional<std::vector<double>> numbers(std::string_view pattern, std::string_view line)
{
  std::vector<double> found;
  for (const char expected : pattern) {
    if (expected != '#') {
      if (line.empty() || line.front() != expected) return std::nullopt;
      line.remove_prefix(1);
      continue;
    }
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), found.emplace_back());
    if (error != std::errc{}) return std::nullopt;
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  }
  if (!line.empty()) return std::nullopt;
  return found;
}

inline std::int64_t whole(double number)
{
  return static_cast<std::int64_t>(number);
}

} // namespace tutti::test
