#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "Impairment.hpp"
#include "Options.hpp"
#include "TapPort.hpp"

namespace wire {

/// All ports, and the frames between them that have not arrived yet.
///
/// Each receiver has its own luck with a multicast frame, as on Wi-Fi. Unicast to a station that has spoken
/// goes only where it lives, as through a switch.
class Hub {
public:
  explicit Hub(const Options& options);

  /// Takes what a port's kernel has to send.
  void collect(std::size_t from, Moment now);
  /// Delivers what is due.
  void deliver(Moment now);
  [[nodiscard]] std::optional<Moment> nextDelivery() const;

  [[nodiscard]] std::size_t portCount() const { return ports_.size(); }
  [[nodiscard]] int descriptor(std::size_t port) const { return ports_[port].tap.descriptor(); }
  /// One JSON object: what happened towards each port, and how late deliveries were.
  [[nodiscard]] std::string report() const;

private:
  using Station = std::array<std::byte, 6>;
  struct Port {
    TapPort tap;
    Impairment towards;
    std::uint64_t delivered = 0;
  };
  struct Flight {
    Moment due;
    std::uint64_t order;
    std::size_t port;
    std::shared_ptr<const Frame> frame;
    bool operator>(const Flight& other) const
    {
      return due != other.due ? due > other.due : order > other.order;
    }
  };

  void send(const std::shared_ptr<const Frame>& frame, std::size_t port, Moment now, Cast cast);

  std::vector<Port> ports_;
  std::map<Station, std::size_t> stations_;
  std::priority_queue<Flight, std::vector<Flight>, std::greater<>> flights_;
  std::uint64_t order_ = 0;
  std::vector<std::uint32_t> latenessMicros_;
};

} // namespace wire
