#pragma once

#include <cstdlib>
#include <string_view>

#include "Catch.hpp"
#include "OwnNetwork.hpp"

namespace tutti::test {

/// As `enterOwnNetwork`, and where the system does not allow it, the test says so: one that tested nothing
/// must not look like one that passed. It fails where TUTTI_NAMESPACES is "required", as ./dev test has it on
/// machines that allow it.
inline bool isAlone()
{
  if (enterOwnNetwork()) return true;
  const char* wish = std::getenv("TUTTI_NAMESPACES");
  if (wish != nullptr && std::string_view{wish} == "required")
    FAIL_CHECK("no network of our own here, and TUTTI_NAMESPACES requires one");
  else
    WARN("no network of our own here: not run");
  return false;
}

} // namespace tutti::test
