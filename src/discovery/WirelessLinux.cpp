// Where Linux tells which interfaces are radios.
#include <filesystem>

#include <tutti/discovery/Wireless.hpp>

namespace tutti::discovery {

bool isWireless(const std::string& interfaceName)
{
  const auto folder = std::filesystem::path{"/sys/class/net"} / interfaceName;
  std::error_code error;
  return std::filesystem::exists(folder / "phy80211", error) ||
         std::filesystem::exists(folder / "wireless", error);
}

} // namespace tutti::discovery
