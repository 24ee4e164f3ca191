#include "LinkPort.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <unistd.h>

namespace tutti::app {
namespace {

namespace fs = std::filesystem;

std::string contentOf(const fs::path& path)
{
  std::ifstream file{path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// "socket:[1234]" for each socket on the port, as links in /proc/PID/fd read.
std::set<std::string> socketLinks(std::uint16_t port)
{
  std::set<std::string> links;
  for (const auto* table : {"/proc/self/net/udp", "/proc/self/net/udp6"})
    for (const auto& inode : socketInodes(contentOf(table), port)) links.insert("socket:[" + inode + "]");
  return links;
}

bool hasOpen(const fs::path& process, const std::set<std::string>& links)
{
  std::error_code error;
  fs::directory_iterator entry{process / "fd", error};
  // It may end while we look, and others' may not be looked at.
  for (; !error && entry != fs::directory_iterator{}; entry.increment(error)) {
    std::error_code vanished;
    if (links.contains(fs::read_symlink(entry->path(), vanished).string())) return true;
  }
  return false;
}

std::string programOf(const fs::path& process)
{
  auto name = contentOf(process / "comm");
  if (name.ends_with('\n')) name.pop_back();
  return name.empty() ? "a program" : name;
}

} // namespace

std::vector<PortHolder> portHolders(std::uint16_t port)
{
  std::vector<PortHolder> holders;
  const auto links = socketLinks(port);
  if (links.empty()) return holders;
  std::error_code error;
  fs::directory_iterator process{"/proc", error};
  for (; !error && process != fs::directory_iterator{}; process.increment(error)) {
    const auto name = process->path().filename().string();
    int processId = 0;
    const auto [end, wrong] = std::from_chars(name.data(), name.data() + name.size(), processId);
    if (wrong != std::errc{} || end != name.data() + name.size()) continue;
    if (hasOpen(process->path(), links)) holders.push_back({programOf(process->path()), processId});
  }
  return holders;
}

} // namespace tutti::app
