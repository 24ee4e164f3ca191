#include "UpnpRouter.hpp"

#include <array>
#include <fmt/format.h>
#include <memory>
#include <miniupnpc/miniupnpc.h>
#include <miniupnpc/upnpcommands.h>
#include <miniupnpc/upnperrors.h>
#include <optional>
#include <string_view>

namespace tutti::serve::upnp {
namespace {

using net::PortMapping;
using Why = PortMapping::Why;

constexpr int kToAnswer = 1500; // ms
constexpr unsigned char kHops = 2;
constexpr const char* kLease = "7200"; // s
constexpr const char* kForEver = "0";
constexpr int kOnlyForEver = 725; // OnlyPermanentLeasesSupported
constexpr int kTaken = 718;       // ConflictInMappingEntry
constexpr int kMostPortsTried = 8;

/// A router, as it has described itself.
struct Device {
  UPNPUrls urls{};
  IGDdatas data{};
  std::string own;

  Device() = default;
  ~Device() { FreeUPNPUrls(&urls); }
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  [[nodiscard]] std::string control() const { return urls.controlURL != nullptr ? urls.controlURL : ""; }
  [[nodiscard]] std::string service() const { return static_cast<const char*>(data.first.servicetype); }
};

/// A description by each kind of device and service that is searched for, all of them the same: one is read.
std::unique_ptr<Device> find(const discovery::Gateway& gateway)
{
  int error = 0;
  const std::unique_ptr<UPNPDev, decltype(&::freeUPNPDevlist)> all{
    ::upnpDiscover(kToAnswer, gateway.own.text().c_str(), nullptr, UPNP_LOCAL_PORT_ANY, 0, kHops, &error),
    &::freeUPNPDevlist};
  for (const auto* found = all.get(); found != nullptr; found = found->pNext) {
    if (!isAt(gateway.address, found->descURL)) continue;
    auto device = std::make_unique<Device>();
    std::array<char, 64> own{};
    const bool isRead = ::UPNP_GetIGDFromUrl(found->descURL, &device->urls, &device->data, own.data(),
                                             static_cast<int>(own.size())) == 1;
    const bool isRouter = isRead && device->service().find(":WAN") != std::string::npos;
    if (!isRouter || !isAt(gateway.address, device->control())) return nullptr;
    device->own = gateway.own.text();
    return device;
  }
  return nullptr;
}

Why whyOf(int code)
{
  switch (code) {
  case 401: // Invalid Action
  case 606: // Action not authorized
  case UPNPCOMMAND_HTTP_ERROR:
    return Why::denied;
  case 501: // Action Failed
  case 728: // NoPortMapsAvailable
    return Why::full;
  default:
    return Why::unfit;
  }
}

const char* nameOf(PortMapping::Protocol protocol)
{
  return protocol == PortMapping::Protocol::tcp ? "TCP" : "UDP";
}

int add(const Device& device, const PortMapping::Port& port, std::uint16_t outside, const char* lease)
{
  return ::UPNP_AddPortMapping(device.control().c_str(), device.service().c_str(),
                               fmt::format("{}", outside).c_str(), fmt::format("{}", port.number).c_str(),
                               device.own.c_str(), "Tutti", nameOf(port.protocol), nullptr, lease);
}

/// The port that it is outside. One that another machine here has already makes us try the next.
tl::expected<std::uint16_t, Why> addAny(const Device& device, const PortMapping::Port& port)
{
  int code = UPNPCOMMAND_UNKNOWN_ERROR;
  for (int i = 0; i < kMostPortsTried; ++i) {
    const auto outside = static_cast<std::uint16_t>(port.number + i);
    code = add(device, port, outside, kLease);
    if (code == kOnlyForEver) code = add(device, port, outside, kForEver); // closed when we leave
    if (code == UPNPCOMMAND_SUCCESS) return outside;
    if (code != kTaken || outside == UINT16_MAX) break;
  }
  return tl::unexpected{whyOf(code)};
}

std::optional<IpAddress> outsideOf(const Device& device)
{
  std::array<char, 64> text{};
  const int code =
    ::UPNP_GetExternalIPAddress(device.control().c_str(), device.service().c_str(), text.data());
  if (code != UPNPCOMMAND_SUCCESS) return std::nullopt;
  text.back() = '\0';
  const auto address = IpAddress::parse(text.data());
  return address && !address->isUnspecified() ? address : std::nullopt;
}

} // namespace

bool isAt(const IpAddress& machine, std::string_view url)
{
  const auto wanted = fmt::format("http://{}", machine.text());
  if (!url.starts_with(wanted)) return false;
  const auto rest = url.substr(wanted.size());
  if (rest.empty() || rest.front() == '/') return true;
  const auto port = rest.substr(1, rest.find('/') - 1);
  return rest.front() == ':' && !port.empty() && port.size() <= 5 &&
         port.find_first_not_of("0123456789") == std::string_view::npos;
}

Answer open(const discovery::Gateway& gateway, const std::vector<PortMapping::Port>& ports)
{
  const auto device = find(gateway);
  if (!device) return tl::unexpected{Why::silent};
  const auto outside = outsideOf(*device);
  if (!outside) return tl::unexpected{Why::noLine};
  Grant grant{device->control(), device->service(), {*outside, {}}, {}};
  for (const auto& port : ports) {
    const auto opened = addAny(*device, port);
    if (!opened) {
      close(grant);
      return tl::unexpected{opened.error()};
    }
    grant.ports.push_back(port);
    grant.opened.ports.push_back(*opened);
  }
  return grant;
}

void close(const Grant& grant)
{
  for (std::size_t i = 0; i < grant.ports.size(); ++i)
    ::UPNP_DeletePortMapping(grant.controlUrl.c_str(), grant.service.c_str(),
                             fmt::format("{}", grant.opened.ports.at(i)).c_str(),
                             nameOf(grant.ports[i].protocol), nullptr);
}

} // namespace tutti::serve::upnp
