#pragma once

#include <string>
#include <string_view>

#include <tutti/patch/Unknown.hpp>

#include "YamlTree.hpp"

/// How a patch writes YAML: what comes back from the parser as it was, in one way only.
namespace tutti::patch {

std::string quoted(std::string_view text);

/// Without quotes where YAML cannot take it for anything else.
std::string scalar(std::string_view text);

/// A whole tree on one line.
std::string flow(const YamlTree& tree);

/// Each on a line of its own, this far to the right.
std::string lines(const Unknowns& unknown, std::string_view indentation);

/// ", key: value" for each: behind what else is in braces.
std::string inBraces(const Unknowns& unknown);

} // namespace tutti::patch
