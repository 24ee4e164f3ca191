#include "Ordering.hpp"

#include <functional>
#include <queue>

namespace tutti::patch {
namespace {

using Neighbours = std::vector<std::vector<std::size_t>>;

bool reaches(const Neighbours& next, std::size_t from, std::size_t to)
{
  std::vector<bool> isSeen(next.size());
  std::vector<std::size_t> left{from};
  while (!left.empty()) {
    const auto at = left.back();
    left.pop_back();
    if (at == to) return true;
    if (isSeen[at]) continue;
    isSeen[at] = true;
    left.insert(left.end(), next[at].begin(), next[at].end());
  }
  return false;
}

} // namespace

std::vector<bool> closesCycle(std::size_t modules, std::span<const Flow> flows)
{
  std::vector<bool> closes;
  closes.reserve(flows.size());
  Neighbours next(modules);
  for (const auto& flow : flows) {
    closes.push_back(reaches(next, flow.to, flow.from));
    if (!closes.back()) next[flow.from].push_back(flow.to);
  }
  return closes;
}

std::optional<std::vector<std::size_t>> inOrder(std::size_t modules, std::span<const Flow> flows)
{
  Neighbours next(modules);
  std::vector<std::size_t> awaited(modules);
  for (const auto& flow : flows) {
    next[flow.from].push_back(flow.to);
    ++awaited[flow.to];
  }
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t module = 0; module < modules; ++module)
    if (awaited[module] == 0) ready.push(module);
  std::vector<std::size_t> order;
  while (!ready.empty()) {
    const auto module = ready.top();
    ready.pop();
    order.push_back(module);
    for (const auto after : next[module])
      if (--awaited[after] == 0) ready.push(after);
  }
  if (order.size() < modules) return std::nullopt;
  return order;
}

} // namespace tutti::patch
