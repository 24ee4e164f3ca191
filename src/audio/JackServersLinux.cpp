// The Linux side of JackServers.hpp: JACK has no call that lists servers, but each listens on a socket whose
// name tells (seen with jackd 1.9.21). Other systems get a file of their own beside it.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <unistd.h>

#include "JackServers.hpp"

namespace tutti::audio {

std::string usualJackServer()
{
  const char* const named = std::getenv("JACK_DEFAULT_SERVER");
  return named && *named ? named : "default";
}

std::string jackServerOfSocket(const std::string& file, unsigned user)
{
  const std::string before = "jack_";
  const std::string after = "_" + std::to_string(user) + "_0"; // the server's own; its clients count on
  if (!file.starts_with(before) || !file.ends_with(after) || file.size() <= before.size() + after.size())
    return {};
  return file.substr(before.size(), file.size() - before.size() - after.size());
}

std::vector<std::string> jackServerNames()
{
  namespace fs = std::filesystem;
  std::vector<std::string> names;
  std::error_code ignored; // a folder that cannot be read has no servers for us
  for (fs::directory_iterator entry{"/dev/shm", ignored}, end; !ignored && entry != end;
       entry.increment(ignored)) {
    auto name = jackServerOfSocket(entry->path().filename().string(), getuid());
    if (name.empty() || !entry->is_socket(ignored)) continue;
    names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

} // namespace tutti::audio
