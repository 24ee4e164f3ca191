#include "Ordering.hpp"

#include <Catch.hpp>
#include <Dice.hpp>
#include <algorithm>

using namespace tutti::patch;

namespace {

using Order = std::vector<std::size_t>;
using Claims = std::vector<bool>;

std::vector<Flow> without(const std::vector<Flow>& flows, const Claims& closes)
{
  std::vector<Flow> direct;
  for (std::size_t i = 0; i < flows.size(); ++i)
    if (!closes[i]) direct.push_back(flows[i]);
  return direct;
}

} // namespace

TEST_CASE("Every module comes after those that it listens to")
{
  CHECK(inOrder(4, std::vector<Flow>{{3, 2}, {2, 0}, {0, 1}}) == Order{3, 2, 0, 1});
  CHECK(inOrder(3, {}) == Order{0, 1, 2});
}

TEST_CASE("A cycle has no order")
{
  CHECK_FALSE(inOrder(3, std::vector<Flow>{{0, 1}, {1, 2}, {2, 0}}));
  CHECK_FALSE(inOrder(1, std::vector<Flow>{{0, 0}}));
}

TEST_CASE("Of a cycle, what was connected last has to wait")
{
  CHECK(closesCycle(3, std::vector<Flow>{{0, 1}, {1, 2}, {2, 0}}) == Claims{false, false, true});
  CHECK(closesCycle(3, std::vector<Flow>{{2, 0}, {0, 1}, {1, 2}}) == Claims{false, false, true});
  CHECK(closesCycle(1, std::vector<Flow>{{0, 0}}) == Claims{true});
  CHECK(closesCycle(2, std::vector<Flow>{{0, 1}, {0, 1}, {1, 0}}) == Claims{false, false, true});
}

TEST_CASE("Whatever is connected, without those that wait there is an order, and nobody waits in vain")
{
  tutti::test::Dice dice{7};
  for (int round = 0; round < 500; ++round) {
    const auto modules = static_cast<std::size_t>(dice.whole(1, 12));
    const auto any = [&] {
      return static_cast<std::size_t>(dice.whole(0, static_cast<std::int64_t>(modules) - 1));
    };
    std::vector<Flow> flows(static_cast<std::size_t>(dice.whole(0, 30)));
    for (auto& flow : flows) flow = {any(), any()};
    CAPTURE(round, modules, flows.size());
    const auto closes = closesCycle(modules, flows);
    CHECK(inOrder(modules, without(flows, closes)));
    for (std::size_t i = 0; i < flows.size(); ++i) {
      if (!closes[i]) continue;
      auto oneMore = closes;
      oneMore[i] = false;
      CHECK_FALSE(inOrder(modules, without(flows, oneMore)));
    }
  }
}
