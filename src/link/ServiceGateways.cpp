// How the shell follows the machine's interfaces.
#include "Service.hpp"

#include <chrono>

#include <tutti/core/Log.hpp>

namespace tutti::link {
namespace {

using time::HostClock;

// The reference looks every 5 s; a musician who plugs in a cable looks at the screen sooner.
constexpr std::chrono::seconds kScanPeriod{2};

} // namespace

void Link::Service::scan()
{
  if (!node_.isEnabled()) return;
  for (auto at = gateways_.begin(); at != gateways_.end();) {
    const auto current = at++;
    if (current->second->isWorn()) closeGateway(discovery::LocalAddress{current->first});
  }
  std::vector<discovery::LocalAddress> open;
  for (const auto& [local, shell] : gateways_) open.push_back(local);
  const auto wanted = discovery::linkAddresses(discovery::localAddresses(), options_.interfaces);
  const auto changes = discovery::addressChanges(open, wanted);
  for (const auto& local : changes.removed) closeGateway(local);
  problems_.clear();
  for (const auto& local : changes.added) openGateway(local);
  publishStatus(!changes.added.empty() || !changes.removed.empty());

  scanAlarm_.set(HostClock::now() + kScanPeriod);
}

void Link::Service::openGateway(const discovery::LocalAddress& local)
{
  auto shell = GatewayShell::open(context_, local);
  if (!shell) {
    problems_[local] = shell.error().detail;
    log::link().debug("{}", shell.error().detail);
    return;
  }
  gateways_[local] = *shell;
  (*shell)->listen([this, address = local.address](Node::Socket socket, std::span<const std::byte> datagram,
                                                   const Endpoint& from) {
    const auto now = HostClock::now();
    perform(socket == Node::Socket::measurement ? node_.receiveMeasurement(address, datagram, from, now)
                                                : node_.receiveDiscovery(address, datagram, from, now));
  });
  log::link().info("taking part on {} ({})", local.interfaceName, local.address.text());
  perform(node_.openGateway(local, (*shell)->measurementEndpoint(), HostClock::now()));
}

void Link::Service::closeGateway(const discovery::LocalAddress& local)
{
  log::link().info("{} ({}) is gone", local.interfaceName, local.address.text());
  perform(node_.closeGateway(local.address, HostClock::now())); // its goodbye still finds the socket
  const auto found = gateways_.find(local);
  if (found == gateways_.end()) return;
  found->second->close();
  gateways_.erase(found);
}

void Link::Service::closeAll()
{
  for (const auto& [local, shell] : gateways_) shell->close();
  gateways_.clear();
  problems_.clear();
  publishStatus(true);
}

} // namespace tutti::link
