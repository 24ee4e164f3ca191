#pragma once

#include <asio/ip/udp.hpp>

#include <tutti/core/Endpoint.hpp>

/// Our endpoints as Asio's, and back: shells speak Asio, machines do not.
namespace tutti::discovery {

asio::ip::address toAsio(const IpAddress& address);
asio::ip::udp::endpoint toAsio(const Endpoint& endpoint);
Endpoint fromAsio(const asio::ip::udp::endpoint& endpoint);

} // namespace tutti::discovery
