#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/core/Result.hpp>

namespace tutti::patch {

/// Where in a text something stands, as editors count: from 1. Zero: in no text.
struct Place {
  int line = 0;
  int column = 0;
};

/// `malformed`: "line 3, column 9: " and the reason.
Error errorAt(Place place, std::string_view reason);

/// What a module remembers of itself: names and texts, in an order of its own.
///
/// Threads: a value; one at a time.
class Parameters {
public:
  static constexpr std::size_t kMost = 64;
  static constexpr std::size_t kLongestName = 64;   // bytes: letters, digits, dots, dashes
  static constexpr std::size_t kLongestText = 4096; // bytes

  struct Entry {
    std::string name;
    std::string text;
    Place place; ///< Of the text.

    friend bool operator==(const Entry& a, const Entry& b) { return a.name == b.name && a.text == b.text; }
  };

  void add(std::string name, std::string text, Place place = {});
  void add(std::string name, double value); ///< Comes back as the same number.
  void add(std::string name, bool value);

  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  friend bool operator==(const Parameters&, const Parameters&) = default;

private:
  std::vector<Entry> entries_;
};

} // namespace tutti::patch
