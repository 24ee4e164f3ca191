// Prints when a processor did nothing at all, not even for the most urgent thread: one JSON object each, as
// soon as a line comes in. Times are microseconds of the host's clock.
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

#include <Standstill.hpp>

using tutti::microsOf;
using tutti::test::Standstill;

int main()
{
  std::vector<std::unique_ptr<Standstill>> watches;
  for (unsigned processor = 0; processor < std::thread::hardware_concurrency(); ++processor)
    watches.push_back(std::make_unique<Standstill>(processor));
  std::puts("{\"event\":\"watching\"}");
  std::fflush(stdout);
  static_cast<void>(std::getchar());
  for (auto& watch : watches) {
    watch->end();
    for (const auto& span : watch->spans())
      std::printf("{\"from\":%lld,\"to\":%lld,\"sharp\":%s}\n", static_cast<long long>(microsOf(span.from)),
                  static_cast<long long>(microsOf(span.to)), watch->isSharp() ? "true" : "false");
  }
}
