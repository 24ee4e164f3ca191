#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include <tutti/core/Endpoint.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::net {

/// The largest datagram that we take: an Ethernet frame's.
constexpr std::size_t kLargestDatagram = 1500;

/// A datagram that came.
struct Incoming {
  std::span<std::byte> bytes; ///< in the batch's memory, with room for `kLargestDatagram`
  Endpoint from;
  HostTime at; ///< when the kernel got it
};

/// A datagram to send. Its bytes must live until `send` returns.
struct Outgoing {
  std::span<const std::byte> bytes;
  Endpoint to;
};

/// A UDP socket that takes and gives many datagrams by one system call: `recvmmsg`, `sendmmsg`.
///
/// Non-blocking; packets leave marked for expedited forwarding (DSCP EF), arrivals carry the kernel's time.
/// One socket serves IPv4 and IPv6 where it is bound to `::`; IPv4 addresses look the same on either.
///
/// Threads: one at a time. Only a signal to the thread that waits in `poll` on `descriptor` crosses.
/// Errors:  `refused` with a sentence where the port is taken; `unavailable` where there is no such address.
class BatchSocket {
public:
  static constexpr std::size_t kBatch = 64;

  struct Options {
    std::size_t receiveBufferBytes = std::size_t{4} << 20U; ///< spec room R-17; forced where permitted
  };

  static Result<BatchSocket> open(const Endpoint& local, const Options& options);
  /// With the usual buffers.
  static Result<BatchSocket> open(const Endpoint& local) { return open(local, Options{}); }
  ~BatchSocket();
  BatchSocket(BatchSocket&&) noexcept;
  BatchSocket& operator=(BatchSocket&&) noexcept;

  /// Where it is bound; the port is never 0.
  [[nodiscard]] Endpoint local() const;
  [[nodiscard]] int descriptor() const;
  [[nodiscard]] std::size_t receiveBufferBytes() const;

  /// What lies ready, at most `kBatch`; overwritten by the next call.
  std::span<Incoming> receive();

  /// Hands all to the kernel. How many it took; what it refuses (an unreachable address, a full queue) is
  /// lost, as on any wire, and the others go on.
  std::size_t send(std::span<const Outgoing> datagrams);

private:
  struct Machinery;
  explicit BatchSocket(std::unique_ptr<Machinery> machinery);

  std::unique_ptr<Machinery> machinery_;
};

} // namespace tutti::net
