#pragma once

#include <string>

#include <tutti/patch/Parameters.hpp>

namespace tutti::patch {

/// What a module is to whoever put it into the patch, such as "master". A patch only keeps it.
struct Role {
  std::string name; ///< Empty: none.
  Place place{};    ///< Of the name.

  friend bool operator==(const Role& a, const Role& b) { return a.name == b.name; }
};

} // namespace tutti::patch
