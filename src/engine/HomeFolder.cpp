#include "HomeFolder.hpp"

#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace tutti::engine {
namespace {

namespace fs = std::filesystem;

fs::path home()
{
  if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') return home;
  const passwd* user = ::getpwuid(::getuid());
  return user != nullptr && user->pw_dir != nullptr ? fs::path{user->pw_dir} : fs::path{"/"};
}

} // namespace

fs::path homeFolder(const char* variable, const char* usual)
{
  const char* configured = std::getenv(variable);
  // A relative path there is void, says the specification.
  const bool isUsable = configured != nullptr && fs::path{configured}.is_absolute();
  return isUsable ? fs::path{configured} : home() / usual;
}

} // namespace tutti::engine
