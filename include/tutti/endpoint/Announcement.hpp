#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tutti/core/ByteString.hpp>
#include <tutti/core/Endpoint.hpp>
#include <tutti/core/NodeId.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::endpoint {

/// Names one run of one server.
using ServerId = NodeId;

inline constexpr std::size_t kLongestName = 64; ///< bytes of a name that somebody gives himself

/// Whether this can be a name of a server, a client or a stream: plain text, not empty, not too long.
bool isName(std::string_view text);

/// "Here are audio streams", as a server says it to everybody in the LAN, eight times a second; and that they
/// are gone.
///
///     "tutti endpoint" version flags(1: leaves) server(8) port(16) name
///
/// Where the server is, is where the datagram came from.
struct Announcement {
  static constexpr std::uint16_t kPort = 20812;
  static constexpr Micros kPeriod{125'000}; ///< one may be lost, and a server is found within 0.3 s
  static Endpoint group() { return {IpAddress::v4({239, 255, 84, 86}), kPort}; }

  ServerId server;
  std::uint16_t port = 0; ///< TCP, where it takes calls
  bool isLeaving = false;
  std::string name;

  [[nodiscard]] ByteString encode() const;
  /// Errors:  `malformed`; `unsupported` for another version.
  static Result<Announcement> parse(std::span<const std::byte> datagram);

  friend bool operator==(const Announcement&, const Announcement&) = default;
};

/// A server that somebody in the LAN runs.
struct LanServer {
  ServerId id;
  std::string name;
  Endpoint at;

  friend bool operator==(const LanServer&, const LanServer&) = default;
};

/// Which servers were heard of lately: each once, gone when it says so or after two seconds of silence; 64 at
/// most, 8 of one address.
///
/// Threads: one at a time.
class LanServerTable {
public:
  static constexpr Micros kSilence{2'000'000};
  static constexpr std::size_t kMost = 64;
  static constexpr std::ptrdiff_t kMostOfOne = 8;

  /// Whether the list has changed.
  bool hear(const Announcement& said, const IpAddress& from, HostTime now);
  bool advance(HostTime now);

  /// By name.
  [[nodiscard]] std::vector<LanServer> servers() const;

private:
  struct Entry {
    LanServer server;
    HostTime heardAt{};
  };
  bool forget(const ServerId& id, const IpAddress& from);
  bool add(const LanServer& server, HostTime now);

  std::vector<Entry> entries_;
};

} // namespace tutti::endpoint
