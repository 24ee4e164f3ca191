#pragma once

#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/patch/Parameters.hpp>

namespace tutti::patch {

/// Both ends are inside.
struct Range {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
};

/// Takes parameters for what they mean, one after the other; in the end `verdict` says whether all was well.
/// What is not there is its fallback.
///
/// Threads: one at a time.
/// Errors:  the first one counts: `malformed`, where it stands and in words for who has edited the file.
class ParameterReader {
public:
  explicit ParameterReader(const Parameters& parameters)
    : entries_{parameters.entries()}
  {}

  double number(std::string_view name, Range range, double fallback); ///< "-inf" where the range has it.
  int whole(std::string_view name, Range range, int fallback);
  bool yesOrNo(std::string_view name, bool fallback);
  std::string text(std::string_view name, std::string_view fallback);
  /// One of `choices`, as its place among them.
  std::size_t choice(std::string_view name, std::initializer_list<std::string_view> choices,
                     std::size_t fallback);

  /// "the NAME 'TEXT' REASON": for what only the module can tell.
  void refuse(std::string_view name, std::string_view reason);

  /// Also fails for a parameter that nobody has asked for: most likely a slip of the pen.
  [[nodiscard]] Result<void> verdict() const;

private:
  const Parameters::Entry* ask(std::string_view name);

  std::vector<Parameters::Entry> entries_;
  std::vector<std::string> asked_;
  std::optional<Error> refusal_;
};

} // namespace tutti::patch
