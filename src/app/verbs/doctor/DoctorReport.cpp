#include "DoctorReport.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "verbs/JsonLine.hpp"

namespace tutti::app {
namespace {

using Severity = Finding::Severity;

std::string_view nameOf(Severity severity)
{
  switch (severity) {
  case Severity::ok:
    return "ok";
  case Severity::notice:
    return "notice";
  case Severity::problem:
    return "problem";
  }
  return "problem";
}

std::ptrdiff_t countOf(const Findings& findings, Severity severity)
{
  return std::ranges::count(findings, severity, &Finding::severity);
}

std::string counted(std::ptrdiff_t count, std::string_view noun)
{
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string verdict(const Findings& findings)
{
  const auto notices = countOf(findings, Severity::notice);
  switch (worstOf(findings)) {
  case Severity::ok:
    return "All is well.";
  case Severity::notice:
    return fmt::format("Nothing stands in the way; {} could make it better.", counted(notices, "notice"));
  case Severity::problem:
    break;
  }
  return fmt::format("{} to solve before playing, and {}.",
                     counted(countOf(findings, Severity::problem), "problem"), counted(notices, "notice"));
}

} // namespace

Severity worstOf(const Findings& findings)
{
  const auto worst = std::ranges::max_element(findings, {}, &Finding::severity);
  return worst == findings.end() ? Severity::ok : worst->severity;
}

std::string describe(const Findings& findings)
{
  std::string text;
  std::string topic;
  for (const auto& finding : findings) {
    if (finding.topic != topic) text += fmt::format("{}\n", finding.topic);
    topic = finding.topic;
    text += fmt::format("  {:<8} {}\n", nameOf(finding.severity), finding.what);
    if (!finding.meaning.empty()) text += fmt::format("           {}\n", finding.meaning);
    if (!finding.cure.empty()) text += fmt::format("           Cure: {}\n", finding.cure);
  }
  return text + '\n' + verdict(findings) + '\n';
}

std::string encodeJsonLines(const Findings& findings)
{
  std::string lines;
  for (const auto& finding : findings)
    lines += jsonLine({{"topic", finding.topic},
                       {"severity", nameOf(finding.severity)},
                       {"what", finding.what},
                       {"meaning", finding.meaning},
                       {"cure", finding.cure}});
  return lines + jsonLine({{"topic", "verdict"},
                           {"severity", nameOf(worstOf(findings))},
                           {"what", verdict(findings)},
                           {"problems", countOf(findings, Severity::problem)},
                           {"notices", countOf(findings, Severity::notice)}});
}

} // namespace tutti::app
