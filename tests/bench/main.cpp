// tutti_bench [NAME…] [--json]: measures what begins with a NAME, or everything. Exit status 2: wrong usage.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <span>

#include <Awake.hpp>

#include "Bench.hpp"

namespace tutti::bench {
namespace {

struct Bench {
  std::string_view name;
  Registered::Measure measure;
};

/// Filled before main, in no particular order.
std::vector<Bench>& benches()
{
  static std::vector<Bench> all;
  return all;
}

int refuse(const std::string& reason)
{
  std::fprintf(stderr,
               "tutti_bench: %s\nusage: tutti_bench [NAME...] [--json]\nnames begin with:", reason.c_str());
  for (const auto& bench : benches()) std::fprintf(stderr, " %s", std::string{bench.name}.c_str());
  std::fputs("\n", stderr);
  return 2;
}

int run(std::span<char*> arguments)
{
  auto style = Report::Style::table;
  std::vector<std::string> wanted;
  std::ranges::sort(benches(), {}, &Bench::name);
  for (const std::string argument : arguments) {
    if (argument == "--json")
      style = Report::Style::json;
    else if (argument.starts_with('-'))
      return refuse("there is no option '" + argument + "'");
    else
      wanted.push_back(argument);
  }
  const test::Awake awake;
  Report report{style, wanted};
  for (const auto& bench : benches()) {
    if (report.wants(bench.name)) bench.measure(report);
  }
  if (report.printed() == 0) return refuse("no figure begins with '" + wanted.front() + "'");
  return 0;
}

} // namespace

std::int64_t nanos()
{
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_RAW, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

std::int64_t threadNanos()
{
  timespec used{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return std::int64_t{used.tv_sec} * 1'000'000'000 + used.tv_nsec;
}

Registered::Registered(std::string_view name, Measure measure)
{
  benches().push_back({name, measure});
}

} // namespace tutti::bench

int main(int count, char** arguments)
{
  return tutti::bench::run(std::span{arguments, static_cast<std::size_t>(count)}.subspan(1));
}
