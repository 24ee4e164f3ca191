#include <algorithm>

#include <tutti/core/PassingFolder.hpp>
#include <tutti/discovery/Interfaces.hpp>

#include "JamImpl.hpp"

namespace tutti::engine {
namespace {

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
  const PassingFolder folder{"tutti-alone"};
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
  const auto joined = join({*invitation, std::nullopt, interfaces, true});
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
