#include "Realtime.hpp"

#include <fmt/format.h>

namespace tutti::app {
namespace {

using Severity = Finding::Severity;
constexpr auto kTopic = "realtime";

std::string cure(const RealtimeFacts& facts)
{
  const auto join = "sudo usermod -aG audio $USER, then log out and in again";
  if (facts.hasAudioGroup) return join;
  return fmt::format("printf '@audio - rtprio 95\\n@audio - memlock unlimited\\n' | sudo tee "
                     "/etc/security/limits.d/95-audio.conf; {}",
                     join);
}

Finding judgePriority(const RealtimeFacts& facts)
{
  if (facts.gotRealtime)
    return {Severity::ok, kTopic, "Tutti may run its sound on realtime priority.", "", ""};
  if (facts.realtimeMicros == 0)
    return {Severity::notice, kTopic, "The kernel gives no time to realtime programs.",
            "Sound may crackle when the machine is busy.", "sudo sysctl kernel.sched_rt_runtime_us=950000"};
  return {
    Severity::notice, kTopic,
    fmt::format("Realtime priority is refused ({}; the limit is {}).", facts.whyNot, facts.priorityLimit),
    facts.hasRealtimeKit ? "Sound may crackle when the machine is busy, unless rtkit lends it."
                         : "Sound may crackle when the machine is busy.",
    cure(facts)};
}

Finding judgeMedia(const RealtimeFacts& facts)
{
  if (facts.isMediaUrgent)
    return {Severity::ok, kTopic, "Packets of sound may go before all other work.", "", ""};
  return {Severity::notice, kTopic, "Packets of sound wait behind other work on this machine.",
          "When it is busy, the others hear you crackle or need more delay.", cure(facts)};
}

Finding judgeMemory(const RealtimeFacts& facts)
{
  if (facts.canLockMemory)
    return {Severity::ok, kTopic, "Enough memory may be kept from being swapped out.", "", ""};
  return {
    Severity::notice, kTopic,
    fmt::format("Only {} MB of memory may be kept from being swapped out.", facts.memoryLimitBytes >> 20U),
    "Sound may crackle when memory runs short.", cure(facts)};
}

} // namespace

Findings judge(const RealtimeFacts& facts)
{
  return {judgePriority(facts), judgeMedia(facts), judgeMemory(facts)};
}

} // namespace tutti::app
