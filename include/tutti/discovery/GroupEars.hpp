#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <span>

#include <asio/io_context.hpp>

#include <tutti/discovery/Alarm.hpp>
#include <tutti/discovery/Interfaces.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::discovery {

/// Hears what is said to a multicast group on every IPv4 network of this machine. Networks may come and go.
///
/// Threads: its io_context's.
class GroupEars {
public:
  static constexpr std::size_t kLongest = 512; ///< bytes of a datagram; the rest of a longer one is not heard
  static constexpr Micros kLook{500'000};      ///< at the networks

  using Hear = std::function<void(std::span<const std::byte> datagram, const IpAddress& from)>;

  /// `looked` is called after each look: time to forget who has fallen silent.
  GroupEars(asio::io_context& context, const Endpoint& group, Hear hear, std::function<void()> looked);
  ~GroupEars();
  GroupEars(const GroupEars&) = delete;
  GroupEars& operator=(const GroupEars&) = delete;

  void start() { look(); }

private:
  struct Ear;

  void look();
  void listen(const std::shared_ptr<Ear>& ear);

  asio::io_context& context_;
  Endpoint group_;
  Hear hear_;
  std::function<void()> looked_;
  Alarm alarm_;
  std::map<LocalAddress, std::shared_ptr<Ear>> ears_;
};

} // namespace tutti::discovery
