#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/core/Result.hpp>

/// What is said between a running Tutti and who asks it for its patch: JSON, each object on a line of its own
/// and flat. One line is asked, some are answered.
namespace tutti::engine {

/// What is wanted of a running Tutti.
///
/// Errors: of `parse`, `malformed` in a few words.
struct PatchRequest {
  enum class What { who, save, load };
  static constexpr std::size_t kLongest = std::size_t{4} << 20U; ///< bytes; of the largest patch, a quarter

  What what = What::who;
  std::string yaml{};      ///< Of `load`: the patch.
  bool takesTempo = false; ///< Of `load`: its tempo and quantum, too.

  static Result<PatchRequest> parse(std::string_view line);
  [[nodiscard]] std::string encode() const; ///< With the line's end.

  friend bool operator==(const PatchRequest&, const PatchRequest&) = default;
};

/// What has become of it.
///
/// Errors: of `parse`, `malformed` in a few words.
struct PatchAnswer {
  static constexpr std::size_t kLongest = std::size_t{8} << 20U; ///< bytes, all lines together

  /// A module whose place is kept.
  struct Missing {
    std::uint32_t id = 0;
    std::string name;
    std::string why;
    friend bool operator==(const Missing&, const Missing&) = default;
  };

  std::string problem{};  ///< In a sentence; empty: it is done.
  std::string face{};     ///< "window" or "jam".
  std::string musician{}; ///< Who plays there.
  std::string yaml{};     ///< Of `save` and `load`: the patch as it is now.
  std::vector<Missing> missing{};
  std::vector<std::string> remarks{}; ///< Of `load`: what whoever opens the file should know.

  static Result<PatchAnswer> parse(std::string_view lines);
  [[nodiscard]] std::string encode() const;

  friend bool operator==(const PatchAnswer&, const PatchAnswer&) = default;
};

} // namespace tutti::engine
