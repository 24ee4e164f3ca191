#include "LinkPort.hpp"

#include <asio/io_context.hpp>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sstream>

#include <tutti/discovery/Sockets.hpp>

namespace tutti::app {
namespace {

using Severity = Finding::Severity;
using Outcome = LinkPortFacts::Outcome;
constexpr auto kTopic = "port";

std::string namesOf(const std::vector<PortHolder>& holders)
{
  std::vector<std::string> names;
  for (const auto& [program, processId] : holders)
    names.push_back(fmt::format("{} (process {})", program, processId));
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string cureForTaken(const LinkPortFacts& facts)
{
  if (!facts.holders.empty()) return fmt::format("Close {}.", namesOf(facts.holders));
  return fmt::format("Find and close it: sudo ss -ulpn 'sport = :{}'", facts.port);
}

} // namespace

LinkPortFacts probeLinkPort(std::uint16_t port, const std::vector<discovery::LocalAddress>& addresses)
{
  LinkPortFacts facts;
  facts.port = port;
  facts.holders = portHolders(port);
  asio::io_context context;
  for (const auto& local : addresses) {
    const auto socket = discovery::openGroupSocket(context, local, {linkGroup(local.address.family()), port});
    if (socket) {
      if (facts.outcome == Outcome::untried) facts.outcome = Outcome::shared;
    } else {
      facts.outcome = socket.error().kind == ErrorKind::refused ? Outcome::taken : Outcome::failed;
      facts.reason = socket.error().detail;
      if (facts.outcome == Outcome::taken) break;
    }
  }
  return facts;
}

std::vector<std::string> socketInodes(std::string_view table, std::uint16_t port)
{
  std::vector<std::string> inodes;
  std::istringstream lines{std::string{table}};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream columns{line}; // sl local remote st queues timer retransmits uid timeout inode …
    std::vector<std::string> words{std::istream_iterator<std::string>{columns}, {}};
    if (words.size() < 10) continue;
    const auto colon = words[1].rfind(':');
    unsigned found = 0;
    if (colon == std::string::npos) continue;
    std::from_chars(words[1].data() + colon + 1, words[1].data() + words[1].size(), found, 16);
    if (found == port) inodes.push_back(words[9]);
  }
  return inodes;
}

Findings judge(const LinkPortFacts& facts)
{
  switch (facts.outcome) {
  case Outcome::shared: {
    const auto with =
      facts.holders.empty() ? std::string{} : fmt::format("; now with {}", namesOf(facts.holders));
    return {{Severity::ok, kTopic, fmt::format("UDP port {} can be shared{}.", facts.port, with), "", ""}};
  }
  case Outcome::taken:
    return {{Severity::problem, kTopic,
             fmt::format("Another program keeps UDP port {} to itself.", facts.port),
             "Every Link program needs to share this port: nobody can be found until it is free.",
             cureForTaken(facts)}};
  case Outcome::failed:
    return {{Severity::problem, kTopic, fmt::format("UDP port {} cannot be opened.", facts.port),
             facts.reason, "See 'multicast' and 'interfaces'."}};
  case Outcome::untried:
    break;
  }
  return {{Severity::problem, kTopic,
           fmt::format("UDP port {} could not be tried: there is no address.", facts.port),
           "Nobody can be met.", "See 'interfaces'."}};
}

} // namespace tutti::app
