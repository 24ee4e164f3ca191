#include "Clock.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string_view>

namespace tutti::app {
namespace {

using Severity = Finding::Severity;
constexpr auto kTopic = "clock";
constexpr std::int64_t kFineNanos = 1'000;        // Link counts microseconds
constexpr std::int64_t kUselessNanos = 1'000'000; // one hears more than that
constexpr double kSlowReadNanos = 500;            // a system call, or a device on the bus
constexpr std::array<std::string_view, 3> kSlowSources{"hpet", "acpi_pm", "jiffies"};

Finding judgeResolution(const ClockFacts& facts)
{
  const auto nanos = std::max(facts.resolutionNanos, facts.smallestStepNanos);
  const bool stands = facts.smallestStepNanos <= 0;
  if (!stands && nanos <= kFineNanos)
    return {Severity::ok, kTopic, fmt::format("The clock resolves {} ns.", nanos), "", ""};
  const auto what = stands
                      ? std::string{"The clock stands still."}
                      : fmt::format("The clock resolves only {:.1f} µs.", static_cast<double>(nanos) / 1000);
  const bool isUseless = stands || nanos >= kUselessNanos;
  return {isUseless ? Severity::problem : Severity::notice, kTopic, what,
          "The beat cannot be kept more exactly than that.",
          "Let the kernel use another clock source: see /sys/devices/system/clocksource/clocksource0/."};
}

Finding judgeReading(const ClockFacts& facts)
{
  const bool isKnownSlow = std::ranges::find(kSlowSources, facts.source) != kSlowSources.end();
  const auto source = facts.source.empty() ? std::string{"unknown source"} : facts.source;
  const auto what = fmt::format("Reading the clock ({}) takes {:.0f} ns.", source, facts.readNanos);
  if (!isKnownSlow && facts.readNanos <= kSlowReadNanos) return {Severity::ok, kTopic, what, "", ""};
  return {
    Severity::notice, kTopic, what, "Time is read often while playing: this costs work, and some exactness.",
    isKnownSlow ? "If the processor's own counter is stable, boot with the kernel parameter tsc=reliable; "
                  "in a virtual machine, let the host offer a better clock."
                : "In a virtual machine, let the host offer a better clock."};
}

} // namespace

Findings judge(const ClockFacts& facts)
{
  return {judgeResolution(facts), judgeReading(facts)};
}

} // namespace tutti::app
