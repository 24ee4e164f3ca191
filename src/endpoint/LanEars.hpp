#pragma once

#include <array>
#include <map>
#include <memory>

#include <asio/basic_waitable_timer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/udp.hpp>

#include <tutti/discovery/Interfaces.hpp>
#include <tutti/endpoint/Announcement.hpp>

namespace tutti::endpoint {

/// Hears on every IPv4 network of this machine which servers are there.
///
/// Threads: its io_context's.
class LanEars {
public:
  explicit LanEars(asio::io_context& context);

  void start() { look(); }
  [[nodiscard]] std::vector<LanServer> servers() const { return table_.servers(); }

private:
  struct Ear;

  void look();
  void listen(const std::shared_ptr<Ear>& ear);

  asio::io_context& context_;
  asio::basic_waitable_timer<time::HostClock> alarm_;
  std::map<discovery::LocalAddress, std::shared_ptr<Ear>> ears_;
  LanServerTable table_;
};

} // namespace tutti::endpoint
