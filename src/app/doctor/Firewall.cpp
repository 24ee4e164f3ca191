#include "Firewall.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>
#include <sstream>

namespace tutti::app {
namespace {

using Severity = Finding::Severity;
constexpr auto kTopic = "firewall";
constexpr auto kMeaning = "Peers are not found, or found and never in time, unless it lets Link in: UDP to "
                          "224.76.78.75 port 20808, and UDP on any port from the local network.";

/// "192.168.1.0/24" for each IPv4 network we are in, and the link-local one of IPv6 if we are there.
std::vector<std::string> subnets(const std::vector<discovery::LocalAddress>& used)
{
  std::vector<std::string> texts;
  for (const auto& local : used) {
    if (!local.address.isV4()) texts.emplace_back("fe80::/10");
    if (!local.address.isV4() || local.isLoopback()) continue;
    std::array<std::uint8_t, 4> bytes{};
    for (unsigned bit = 0; bit < std::min(local.prefixBits, 32U); ++bit)
      bytes[bit / 8] |= static_cast<std::uint8_t>(local.address.bytes()[bit / 8] & 0x80U >> bit % 8);
    texts.push_back(fmt::format("{}/{}", IpAddress::v4(bytes).text(), local.prefixBits));
  }
  std::ranges::sort(texts);
  texts.erase(std::ranges::unique(texts).begin(), texts.end());
  if (texts.empty()) texts.emplace_back("192.168.0.0/16");
  return texts;
}

bool isV6(const std::string& network)
{
  return network.find(':') != network.npos;
}

/// The same command for each subnet.
template <class Command> std::string forEach(const std::vector<std::string>& networks, Command command)
{
  std::vector<std::string> lines;
  for (const auto& network : networks) lines.push_back(command(network));
  return fmt::format("{}", fmt::join(lines, "; "));
}

Finding blocking(std::string what, std::string cure)
{
  return {Severity::notice, kTopic, std::move(what), kMeaning, std::move(cure)};
}

std::string cureOfUfw(const std::vector<std::string>& networks)
{
  return forEach(
    networks, [](const auto& network) { return fmt::format("sudo ufw allow proto udp from {}", network); });
}

std::string cureOfFirewalld(const std::vector<std::string>& networks)
{
  return forEach(networks,
                 [](const auto& network) {
                   return fmt::format(
                     "sudo firewall-cmd --permanent --add-rich-rule='rule family={} source address={} "
                     "protocol value=udp accept'",
                     isV6(network) ? "ipv6" : "ipv4", network);
                 }) +
         "; sudo firewall-cmd --reload";
}

std::string cureOfIptables(const std::vector<std::string>& networks)
{
  return forEach(networks, [](const auto& network) {
    return fmt::format("sudo {}-legacy -I INPUT -p udp -s {} -j ACCEPT",
                       isV6(network) ? "ip6tables" : "iptables", network);
  });
}

std::string cureOf(const InputChain& chain, std::vector<std::string> networks)
{
  std::erase_if(networks,
                [&](const auto& network) { return chain.family == (isV6(network) ? "ip" : "ip6"); });
  return forEach(networks, [&](const auto& network) {
    return fmt::format("sudo nft insert rule {} {} {} {} saddr {} meta l4proto udp accept", chain.family,
                       chain.table, chain.name, isV6(network) ? "ip6" : "ip", network);
  });
}

} // namespace

std::vector<InputChain> droppingInputChains(std::string_view nftRuleset)
{
  // As nft prints it: "table FAMILY NAME {", "chain NAME {", "type filter hook input …; policy drop;", rules,
  // "}".
  std::vector<InputChain> chains;
  InputChain here;
  bool isInput = false;
  bool mayDrop = false;
  std::istringstream lines{std::string{nftRuleset}};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream columns{line};
    const std::vector<std::string> words{std::istream_iterator<std::string>{columns}, {}};
    const auto has = [&](std::string_view word) { return std::ranges::find(words, word) != words.end(); };
    if (words.size() >= 3 && words[0] == "table") here = {words[1], words[2], ""};
    if (words.size() >= 2 && words[0] == "chain") here.name = words[1], isInput = mayDrop = false;
    if (words.size() >= 4 && words[0] == "type") isInput = words[1] == "filter" && words[3] == "input";
    const bool isAboutOthers = has("tcp") || has("invalid"); // "ct state invalid drop" is good manners
    mayDrop = mayDrop || (!isAboutOthers && (has("drop") || has("drop;") || has("reject")));
    if (words == std::vector<std::string>{"}"} && !here.name.empty()) {
      if (isInput && mayDrop) chains.push_back(here);
      here.name.clear();
    }
  }
  return chains;
}

Findings judge(const FirewallFacts& facts, const std::vector<discovery::LocalAddress>& used)
{
  const auto networks = subnets(used);
  if (facts.isUfwOn) return {blocking("The firewall ufw is on.", cureOfUfw(networks))};
  if (facts.isFirewalldRunning) return {blocking("The firewall firewalld is on.", cureOfFirewalld(networks))};
  Findings findings;
  for (const auto& chain : droppingInputChains(facts.nftRuleset.value_or(""))) {
    const auto name = fmt::format("{} {} {}", chain.family, chain.table, chain.name);
    findings.push_back(blocking(fmt::format("The firewall's chain '{}' drops some of what comes in.", name),
                                cureOf(chain, networks)));
  }
  if (facts.hasOldIptables)
    findings.push_back(blocking("The kernel has iptables rules.", cureOfIptables(networks)));
  if (!findings.empty()) return findings;
  if (facts.nftRuleset) return {{Severity::ok, kTopic, "No firewall rule keeps out what comes in.", "", ""}};
  return {{Severity::ok, kTopic, "No sign of a firewall; all of it only root may see.", "",
           "If peers do not show up: sudo tutti doctor"}};
}

} // namespace tutti::app
