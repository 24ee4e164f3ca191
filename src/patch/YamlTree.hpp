#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/patch/Parameters.hpp>

namespace tutti::patch {

/// YAML as a tree that remembers where everything stands. Everything simple is a text.
struct YamlTree {
  enum class Kind : std::uint8_t { nothing, text, list, map };

  Kind kind = Kind::nothing;
  Place place;
  std::string text;
  std::vector<YamlTree> items; ///< Of a map: key, value, key, value. Keys are texts, each is there once.

  /// Nothing when there is no such key.
  [[nodiscard]] const YamlTree* find(std::string_view key) const;

  /// Errors: `malformed`, with line and column. Refused are also what makes a small text large or deep:
  /// aliases, more than eight levels, more than a hundred thousand items.
  static Result<YamlTree> parse(std::string_view yaml);
};

} // namespace tutti::patch
