#include "GatewayProblems.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tutti::app {

std::vector<std::string> GatewayProblems::news(const link::Status& status)
{
  std::set<std::string> present;
  for (const auto& gateway : status.gateways)
    if (!gateway.isOpen && !gateway.problem.empty()) present.insert(gateway.problem);
  std::vector<std::string> fresh;
  std::ranges::set_difference(present, told_, std::back_inserter(fresh));
  told_ = std::move(present);
  return fresh;
}

} // namespace tutti::app
