#pragma once

#include <string>

#include "doctor/Finding.hpp"

namespace tutti::app {

/// For people: grouped by topic, wrapped by the terminal, the verdict last.
std::string describe(const Findings& findings);

/// For scripts: one object a line, the verdict last. A stable interface (resources/help/command-line.md).
std::string encodeJsonLines(const Findings& findings);

/// The worst of them; `ok` when there are none.
Finding::Severity worstOf(const Findings& findings);

} // namespace tutti::app
