#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <tutti/discovery/Interfaces.hpp>

#include "JamImpl.hpp"

namespace tutti::engine {
namespace {

/// A folder of one's own for a key that nobody needs for long.
class PassingFolder {
public:
  PassingFolder()
  {
    auto pattern = (std::filesystem::temp_directory_path() / "tutti-alone-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~PassingFolder()
  {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  PassingFolder(const PassingFolder&) = delete;
  PassingFolder& operator=(const PassingFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
  std::filesystem::path path_;
};

std::vector<std::string> loopbackInterfaces()
{
  std::vector<std::string> names;
  for (const auto& local : discovery::localAddresses())
    if (local.isLoopback() && std::ranges::find(names, local.interfaceName) == names.end())
      names.push_back(local.interfaceName);
  return names;
}

Result<std::unique_ptr<serve::Host>> openLoopbackHost()
{
  const PassingFolder folder;
  serve::Host::Options options;
  options.listen = IpAddress::v4({127, 0, 0, 1});
  options.stateFolder = folder.path();
  options.isAnnounced = false;
  return serve::Host::open(options);
}

} // namespace

Result<void> Jam::Impl::playAlone()
{
  leave();
  const auto interfaces = loopbackInterfaces();
  auto host = openLoopbackHost();
  auto invitation = host ? (*host)->openRoom({.name = "Echo", .password = {}, .host = {}, .secret = {}})
                         : Result<room::Invitation>{tl::unexpected{host.error()}};
  auto echo = invitation ? Echo::join(*invitation, interfaces)
                         : Result<std::unique_ptr<Echo>>{tl::unexpected{invitation.error()}};
  if (!echo) {
    failed(echo.error());
    return tl::unexpected{echo.error()};
  }
  const auto joined = join({*invitation, std::nullopt, interfaces});
  {
    const std::lock_guard lock{mutex_};
    if (joined) {
      host_ = std::move(*host);
      echo_ = std::move(*echo);
    }
  }
  changed();
  return joined;
}

} // namespace tutti::engine
