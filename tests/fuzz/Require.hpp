#pragma once

#include <cstdio>
#include <source_location>

namespace tutti::fuzz {

/// Ends the run where a claim does not hold, and says where that was.
inline void require(bool claim, std::source_location where = std::source_location::current())
{
  if (claim) return;
  std::fprintf(stderr, "does not hold: %s:%u\n", where.file_name(), static_cast<unsigned>(where.line()));
  __builtin_trap();
}

} // namespace tutti::fuzz
