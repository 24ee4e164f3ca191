#include <tutti/discovery/AsioEndpoint.hpp>

#include <algorithm>

namespace tutti::discovery {

asio::ip::address toAsio(const IpAddress& address)
{
  if (address.isV4()) {
    asio::ip::address_v4::bytes_type bytes{};
    std::copy_n(address.bytes().begin(), bytes.size(), bytes.begin());
    return asio::ip::address_v4{bytes};
  }
  asio::ip::address_v6::bytes_type bytes{};
  std::copy_n(address.bytes().begin(), bytes.size(), bytes.begin());
  return asio::ip::address_v6{bytes, address.scope()};
}

asio::ip::udp::endpoint toAsio(const Endpoint& endpoint)
{
  return {toAsio(endpoint.address), endpoint.port};
}

Endpoint fromAsio(const asio::ip::udp::endpoint& endpoint)
{
  const auto address = endpoint.address();
  if (address.is_v4()) return {IpAddress::v4(address.to_v4().to_bytes()), endpoint.port()};
  const auto v6 = address.to_v6();
  return {IpAddress::v6(v6.to_bytes(), static_cast<std::uint32_t>(v6.scope_id())), endpoint.port()};
}

} // namespace tutti::discovery
