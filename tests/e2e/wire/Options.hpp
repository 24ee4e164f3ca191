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
};

extern const char* const kUsage;

/// Throws `std::invalid_argument` with one line about the word that is wrong.
Options parseOptions(std::span<char* const> words);

} // namespace wire
