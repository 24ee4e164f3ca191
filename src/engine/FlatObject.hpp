#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <tutti/core/Result.hpp>

namespace tutti::engine {

/// A JSON object of plain values: texts, whole numbers, yes or no. Nothing in it is nested, so that no line
/// takes more memory than its length.
///
/// Threads: a value; one at a time.
/// Errors:  `malformed` for everything else, with a few words.
class FlatObject {
public:
  static constexpr std::size_t kMostEntries = 16;

  static Result<FlatObject> parse(std::string_view json);

  /// Nothing where there is none of this kind.
  [[nodiscard]] const std::string* text(std::string_view key) const;
  [[nodiscard]] std::optional<std::uint64_t> number(std::string_view key) const;
  [[nodiscard]] std::optional<bool> truth(std::string_view key) const;

  using Value = std::variant<std::monostate, std::string, std::uint64_t, bool>;

private:
  [[nodiscard]] const Value* find(std::string_view key) const;

  std::map<std::string, Value, std::less<>> values_;
};

} // namespace tutti::engine
