#include "verbs/link/GatewayProblems.hpp"

#include <Catch.hpp>

namespace tutti::app {
namespace {

using Lines = std::vector<std::string>;

link::Status with(const Lines& problems)
{
  link::Status status;
  status.gateways.push_back({"lo", {}, true, ""});
  for (const auto& problem : problems) status.gateways.push_back({"eth0", {}, false, problem});
  return status;
}

} // namespace

TEST_CASE("A problem of an interface is told once, and again when it comes back")
{
  GatewayProblems problems;
  CHECK(problems.news(with({})).empty());
  CHECK(problems.news(with({"taken", "taken"})) == Lines{"taken"});
  CHECK(problems.news(with({"taken"})).empty());
  CHECK(problems.news(with({"taken", "gone"})) == Lines{"gone"});
  CHECK(problems.news(with({})).empty());
  CHECK(problems.news(with({"taken"})) == Lines{"taken"});
}

} // namespace tutti::app
