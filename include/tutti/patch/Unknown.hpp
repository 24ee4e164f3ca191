#pragma once

#include <string>
#include <vector>

namespace tutti::patch {

/// What a newer Tutti, or a person, has written into a patch and we do not know: kept as it is.
struct Unknown {
  std::string key;
  std::string yaml; ///< Its value on one line.

  friend bool operator==(const Unknown&, const Unknown&) = default;
};

using Unknowns = std::vector<Unknown>;

} // namespace tutti::patch
