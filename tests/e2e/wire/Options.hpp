#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "Impairment.hpp"

namespace wire {

struct PortOptions {
  std::string networkNamespace;
  std::string interfaceName;
  Path path; ///< Of what goes towards this port.
};

struct Options {
  std::vector<PortOptions> ports;
  std::uint64_t seed = 1;
  Nanos spin{60'000}; ///< A timer wakes us some tens of µs late: we come so much early, and spin the rest.
};

extern const char* const kUsage;

/// Throws `std::invalid_argument` with one line about the word that is wrong.
Options parseOptions(std::span<char* const> words);

} // namespace wire
