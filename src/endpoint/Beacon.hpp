#pragma once

#include <map>

#include <asio/io_context.hpp>
#include <asio/ip/udp.hpp>

#include <tutti/discovery/Alarm.hpp>
#include <tutti/discovery/Interfaces.hpp>
#include <tutti/endpoint/Announcement.hpp>

namespace tutti::endpoint {

/// Says on every IPv4 network of this machine that a server is here, and in the end that it goes. Interfaces
/// may come and go.
///
/// Threads: its io_context's.
class Beacon {
public:
  Beacon(asio::io_context& context, Announcement announcement);

  void start() { tick(); }
  void leave();

private:
  void tick();
  void scan();
  void say();

  asio::io_context& context_;
  discovery::Alarm alarm_;
  int round_ = 0;
  Announcement announcement_;
  std::map<discovery::LocalAddress, asio::ip::udp::socket> sockets_;
};

} // namespace tutti::endpoint
