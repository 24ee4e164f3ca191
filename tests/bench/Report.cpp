#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fmt/format.h>

#include "Bench.hpp"

namespace tutti::bench {

double quantile(std::vector<double> figures, double share)
{
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(figures.size())));
  const auto place = figures.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
  std::ranges::nth_element(figures, place);
  return *place;
}

Report::Report(Style style, std::vector<std::string> wanted)
  : style_{style}
  , wanted_{std::move(wanted)}
{}

void Report::distribution(std::string_view name, std::string_view what, std::vector<double> figures,
                          std::string_view unit)
{
  if (!wantsFigure(name) || figures.empty()) return;
  const auto p50 = quantile(figures, 0.5);
  const auto p99 = quantile(figures, 0.99);
  const auto p999 = quantile(figures, 0.999);
  const auto most = quantile(figures, 1);
  const auto json = R"({{"bench":"{}","unit":"{}","p50":{:.1f},"p99":{:.1f},"p999":{:.1f},"max":{:.1f}}})";
  const auto table = "{:<26} {:<3} p50 {:>9.1f}  p99 {:>9.1f}  p99.9 {:>9.1f}  max {:>11.1f}   {}";
  print(style_ == Style::json ? fmt::format(fmt::runtime(json), name, unit, p50, p99, p999, most)
                              : fmt::format(fmt::runtime(table), name, unit, p50, p99, p999, most, what));
}

void Report::value(std::string_view name, std::string_view what, std::string_view unit, double value)
{
  if (!wantsFigure(name)) return;
  print(style_ == Style::json
          ? fmt::format(R"({{"bench":"{}","unit":"{}","value":{:.3f}}})", name, unit, value)
          : fmt::format("{:<26} {:<3} {:>13.0f}   {}", name, unit, value, what));
}

void Report::print(const std::string& line)
{
  std::puts(line.c_str());
  std::fflush(stdout); // a long run shows what it has
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
