#include "Interfaces.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tutti::app {
namespace {

using Severity = Finding::Severity;
constexpr auto kTopic = "interfaces";

std::string addressesOf(const InterfaceFacts& interface)
{
  std::vector<std::string> texts;
  for (const auto& address : interface.used) texts.push_back(address.text());
  return fmt::format("{}", fmt::join(texts, ", "));
}

Finding judgeUsed(const InterfaceFacts& interface)
{
  const auto where = fmt::format("{} ({})", interface.name, addressesOf(interface));
  if (interface.isLoopback)
    return {Severity::ok, kTopic, fmt::format("{} connects the programs on this machine.", where), "", ""};
  if (!interface.isWireless) return {Severity::ok, kTopic, fmt::format("{} is used.", where), "", ""};
  return {
    Severity::notice, kTopic, fmt::format("{} is Wi-Fi.", where),
    "Wi-Fi delays and loses packets at random: the beat is a little looser, and sound needs more delay.",
    "A network cable makes it tighter. Else stay near the access point, on 5 GHz."};
}

Finding judgeUnused(const InterfaceFacts& interface)
{
  if (!interface.isUp)
    return {Severity::ok, kTopic, fmt::format("{} is switched off.", interface.name), "", ""};
  if (!interface.isRunning)
    return {Severity::notice, kTopic, fmt::format("{} is on, but not connected.", interface.name),
            "Nobody can be met there.",
            interface.isWireless ? "Join a Wi-Fi network." : "Plug in the cable, at both ends."};
  return {Severity::notice, kTopic, fmt::format("{} is connected, but has no address.", interface.name),
          "Nobody can be met there.",
          "Let it get an address: switch the connection off and on, or look at the router."};
}

Finding withoutLoopback()
{
  return {Severity::problem, kTopic, "The loopback interface is down.",
          "Link programs on this machine cannot meet each other.", "sudo ip link set lo up"};
}

Finding alone()
{
  return {Severity::notice, kTopic, "This machine is on no network.",
          "Only programs on this machine can be met.",
          "Plug in a network cable, or join the Wi-Fi of the others."};
}

} // namespace

Findings judge(const std::vector<InterfaceFacts>& interfaces)
{
  Findings findings;
  const auto isUsed = [](const auto& interface) { return !interface.used.empty(); };
  for (const auto& interface : interfaces) {
    if (isUsed(interface))
      findings.push_back(judgeUsed(interface));
    else if (!interface.isLoopback)
      findings.push_back(judgeUnused(interface));
  }
  if (!std::ranges::any_of(interfaces, [&](const auto& i) { return i.isLoopback && isUsed(i); }))
    findings.push_back(withoutLoopback());
  if (!std::ranges::any_of(interfaces, [&](const auto& i) { return !i.isLoopback && isUsed(i); }))
    findings.push_back(alone());
  return findings;
}

} // namespace tutti::app
