#pragma once

#include <string>
#include <vector>

#include "Finding.hpp"

namespace tutti::app {

/// How the processor chooses its speed.
struct ProcessorFacts {
  std::vector<std::string> governors; ///< Each that some core uses, once; empty: the machine does not tell.
};

ProcessorFacts probeProcessor();

Findings judge(const ProcessorFacts& facts);

} // namespace tutti::app
