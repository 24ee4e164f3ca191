#pragma once

#include "doctor/Finding.hpp"

#include <Catch.hpp>

namespace tutti::app {

/// The severities in order; and every finding must be fit to be shown.
inline std::vector<Finding::Severity> severities(const Findings& findings)
{
  std::vector<Finding::Severity> all;
  for (const auto& finding : findings) {
    INFO(finding.what);
    CHECK_FALSE(finding.topic.empty());
    CHECK_FALSE(finding.what.empty());
    const bool isOk = finding.severity == Finding::Severity::ok;
    CHECK(finding.meaning.empty() == isOk);
    CHECK((isOk || !finding.cure.empty()));
    all.push_back(finding.severity);
  }
  return all;
}

constexpr auto kOk = Finding::Severity::ok;
constexpr auto kNotice = Finding::Severity::notice;
constexpr auto kProblem = Finding::Severity::problem;
using Severities = std::vector<Finding::Severity>;

} // namespace tutti::app
