#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tutti/patch/Parameters.hpp>

namespace tutti::patch {

/// A kind of module that can be added.
struct CatalogueEntry {
  std::string type;  ///< As a `Workshop` makes it.
  std::string name;  ///< For people.
  std::string about; ///< What it is for, in a line.
  Parameters parameters{};

  friend bool operator==(const CatalogueEntry&, const CatalogueEntry&) = default;
};

/// Those that have each word of `text` in them: first those whose name begins with it, then those that have
/// it at the beginning of a word, then the others. Without a word all of them, as they are. Capitals do not
/// count.
std::vector<CatalogueEntry> search(const std::vector<CatalogueEntry>& entries, std::string_view text);

} // namespace tutti::patch
