#include "Processor.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tutti::app {

Findings judge(const ProcessorFacts& facts)
{
  using Severity = Finding::Severity;
  constexpr auto kTopic = "processor";
  if (facts.governors.empty())
    return {{Severity::ok, kTopic, "The processor's speed is not governed by this system.", "", ""}};
  const auto isSteady = [](const std::string& governor) { return governor == "performance"; };
  const auto what =
    fmt::format("The processor's speed is governed by '{}'.", fmt::join(facts.governors, "', '"));
  if (std::ranges::all_of(facts.governors, isSteady)) return {{Severity::ok, kTopic, what, "", ""}};
  return {{Severity::notice, kTopic, what,
           "It slows down between two blocks of sound and may be late for the next: expect crackles at small "
           "blocks.",
           "powerprofilesctl set performance, or: sudo cpupower frequency-set -g performance"}};
}

} // namespace tutti::app
