#pragma once

#include <set>
#include <string>
#include <vector>

#include <tutti/link/Status.hpp>

namespace tutti::app {

/// Which interfaces cannot be used, told once each, and again when they came back in between.
class GatewayProblems {
public:
  /// What was not told yet: sentences for the musician.
  std::vector<std::string> news(const link::Status& status);

private:
  std::set<std::string> told_;
};

} // namespace tutti::app
