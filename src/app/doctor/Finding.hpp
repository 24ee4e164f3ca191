#pragma once

#include <string>
#include <vector>

namespace tutti::app {

/// One thing that the doctor looked at: what it is, what that means for the musician, and the cure.
struct Finding {
  enum class Severity {
    ok,
    notice,  ///< One can play; it could be better, or will not always go well.
    problem, ///< Prevents playing together.
  };
  Severity severity = Severity::ok;
  std::string topic;   ///< "interfaces", "multicast", … : a word for scripts.
  std::string what;    ///< A sentence.
  std::string meaning; ///< A sentence; empty when all is well.
  std::string cure;    ///< What to do or to type; empty when nothing is to be done.

  friend bool operator==(const Finding&, const Finding&) = default;
};

using Findings = std::vector<Finding>;

} // namespace tutti::app
