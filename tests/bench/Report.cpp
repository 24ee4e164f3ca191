#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fmt/format.h>

#include "Bench.hpp"

namespace tutti::bench {
namespace {

/// The smallest figure that this share of all figures does not exceed.
double quantile(const std::vector<double>& sorted, double share)
{
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

void print(const std::string& line)
{
  std::fputs(line.c_str(), stdout);
  std::fflush(stdout); // a long run shows what it has
}

} // namespace

Report::Report(Style style, std::vector<std::string> wanted)
  : style_{style}
  , wanted_{std::move(wanted)}
{}

void Report::distribution(std::string_view name, std::string_view what, std::vector<double> nanoseconds)
{
  if (!wantsFigure(name) || nanoseconds.empty()) return;
  std::ranges::sort(nanoseconds);
  const auto p50 = quantile(nanoseconds, 0.5);
  const auto p99 = quantile(nanoseconds, 0.99);
  const auto p999 = quantile(nanoseconds, 0.999);
  const auto worst = nanoseconds.back();
  if (style_ == Style::json)
    print(fmt::format(
      "{{\"bench\":\"{}\",\"unit\":\"ns\",\"p50\":{:.1f},\"p99\":{:.1f},\"p999\":{:.1f},\"max\":{:.1f}}}\n",
      name, p50, p99, p999, worst));
  else
    print(fmt::format("{:<26} p50 {:>9.1f}  p99 {:>9.1f}  p99.9 {:>9.1f}  max {:>11.1f} ns   {}\n", name, p50,
                      p99, p999, worst, what));
  ++printed_;
}

void Report::value(std::string_view name, std::string_view what, std::string_view unit, double value)
{
  if (!wantsFigure(name)) return;
  if (style_ == Style::json)
    print(fmt::format("{{\"bench\":\"{}\",\"unit\":\"{}\",\"value\":{:.3f}}}\n", name, unit, value));
  else
    print(fmt::format("{:<26} {:>13.3f} {}   {}\n", name, value, unit, what));
  ++printed_;
}

bool Report::wants(std::string_view bench) const
{
  return wanted_.empty() || std::ranges::any_of(wanted_, [&](const std::string& wanted) {
           return bench.starts_with(wanted) || wanted.starts_with(bench);
         });
}

bool Report::wantsFigure(std::string_view name) const
{
  return wanted_.empty() ||
         std::ranges::any_of(wanted_, [&](const std::string& wanted) { return name.starts_with(wanted); });
}

} // namespace tutti::bench
