#include "Firewall.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <unistd.h>

namespace tutti::app {
namespace {

bool isThere(const char* path)
{
  std::error_code error;
  return std::filesystem::is_symlink(path, error) || std::filesystem::exists(path, error);
}

bool hasLine(const char* path, std::string_view wanted)
{
  std::ifstream file{path};
  for (std::string line; std::getline(file, line);)
    if (line == wanted) return true;
  return false;
}

/// None where the command is missing or may not look.
std::optional<std::string> nftRuleset()
{
  if (::geteuid() != 0) return std::nullopt;
  int status = -1;
  std::string text;
  {
    const auto close = [&status](std::FILE* pipe) { status = ::pclose(pipe); };
    const std::unique_ptr<std::FILE, decltype(close)> pipe{
      ::popen("PATH=/usr/sbin:/sbin:/usr/bin:/bin nft --terse list ruleset 2>/dev/null </dev/null", "re"),
      close};
    if (!pipe) return std::nullopt;
    std::array<char, 4096> buffer{};
    while (const auto count = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
      text.append(buffer.data(), count);
  }
  if (status != 0) return std::nullopt;
  return text;
}

} // namespace

FirewallFacts probeFirewall()
{
  FirewallFacts facts;
  facts.isUfwOn = hasLine("/etc/ufw/ufw.conf", "ENABLED=yes");
  // The unit's invocation link exists while the service runs; the process file where systemd is not used.
  facts.isFirewalldRunning =
    isThere("/run/systemd/units/invocation:firewalld.service") || isThere("/run/firewalld.pid");
  facts.hasOldIptables = hasLine("/proc/self/net/ip_tables_names", "filter");
  facts.nftRuleset = nftRuleset();
  return facts;
}

} // namespace tutti::app
