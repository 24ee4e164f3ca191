#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>

namespace heckler {

using Bytes = std::vector<std::uint8_t>;

/// What is shouted, and at whom.
struct Options {
  sockaddr_in to{};
  double rate = 100'000; ///< packets a second
  double seconds = 10;
  std::string spoofed;             ///< sources are drawn from this /24, as "10.77.0."; empty: our own address
  sockaddr_in from{};              ///< or they are all this one
  std::vector<std::string> checks; ///< files, each a captured check
  std::uint64_t seed = 1;
};

/// Many datagrams of one length, which the kernel takes as one and cuts at the door where they arrive: so one
/// processor can shout as loud as a street.
class JunkVolley {
public:
  static constexpr std::size_t kShots = 64; // the most that Linux cuts

  explicit JunkVolley(const Options& options);

  void load();
  /// How many the kernel took.
  std::size_t fire(int socket);
  [[nodiscard]] std::size_t bytes(std::size_t shots) const { return shots * length_; }

private:
  void junkInto(std::span<std::uint8_t> shot);

  sockaddr_in to_;
  std::size_t length_ = 1;
  Bytes all_;
  std::minstd_rand dice_;
};

/// Many checks behind made-up addresses, ready to be sent by one system call: whole IPv4 packets, for a raw
/// socket.
class CheckVolley {
public:
  static constexpr std::size_t kShots = 64;

  explicit CheckVolley(const Options& options);

  void load();
  /// How many the kernel took.
  std::size_t fire(int socket);
  [[nodiscard]] std::size_t bytes(std::size_t shots) const;

private:
  void checkInto(Bytes& shot);
  void wrap(Bytes& shot, const Bytes& payload);

  Options options_;
  std::vector<Bytes> captured_;
  std::array<Bytes, kShots> shots_;
  std::array<iovec, kShots> pieces_{};
  std::array<mmsghdr, kShots> messages_{};
  std::minstd_rand dice_;
};

} // namespace heckler
