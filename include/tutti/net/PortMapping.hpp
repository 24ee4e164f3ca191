#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include <tutti/core/ByteString.hpp>
#include <tutti/core/Endpoint.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::net {

/// Ports of ours that the router of this network is asked to pass on to us from outside: by PCP, or by
/// NAT-PMP where it does not speak that.
///
/// Feed it what came from the network and the time; it answers with things to send to the gateway and things
/// that happened. What the router opens is renewed when half of its time is over, and at once when the router
/// has forgotten all (its clock began anew). Where it refuses or says nothing, it is asked again later.
///
/// Threads: one at a time, any.
/// Units:   lifetimes are whole seconds, as on the wire.
/// Errors:  `Closed` with a reason. Only the gateway is listened to; of PCP's answers, only those with the
///          number that we have drawn.
/// Spec:    RFC 6887 (PCP) 7, 8, 11, 15; RFC 6886 (NAT-PMP) 3. IPv4.
class PortMapping {
public:
  static constexpr std::uint16_t kRouterPort = 5351; ///< RFC 6887 19.1, RFC 6886 3

  using Nonce = std::array<std::byte, 12>;
  enum class Protocol : std::uint8_t { tcp = 6, udp = 17 }; // as IANA numbers them
  struct Port {
    Protocol protocol = Protocol::udp;
    std::uint16_t number = 0; ///< here; outside the same one is wished for
    Nonce nonce{};            ///< random: who does not hear us cannot answer for the router
  };
  struct Options {
    IpAddress gateway;
    IpAddress own; ///< as the gateway sees us
    std::vector<Port> ports;
  };

  enum class Why : std::uint8_t {
    silent, ///< it speaks neither language
    denied, ///< it is set up not to do this, or not for us
    full,   ///< it has no port left
    noLine, ///< it has no address itself now
    unfit,  ///< it does something that is of no use to us
  };
  struct Send {
    ByteString bytes;
  };
  /// All of them, in the order of the wish. Said again when anything about it changes.
  struct Opened {
    IpAddress outside;
    std::vector<std::uint16_t> ports;
    friend bool operator==(const Opened&, const Opened&) = default;
  };
  struct Closed {
    Why why = Why::silent;
    friend bool operator==(const Closed&, const Closed&) = default;
  };
  using Action = std::variant<Send, Opened, Closed>;
  using Actions = std::vector<Action>;

  PortMapping(const Options& options, HostTime now);

  Actions receive(std::span<const std::byte> datagram, const Endpoint& from, HostTime now);
  /// Do what is due at `now`. Call no later than `nextDeadline()`.
  Actions advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  /// Asks the router to close them again.
  void release(HostTime now);
  /// After `release`: it has, or says nothing any more.
  [[nodiscard]] bool isOver() const;

private:
  /// One question, said again until it is answered; then nothing until it is due again.
  struct Inquiry {
    HostTime due{};
    Micros interval{0};
    int said = 0;
    bool isOpen = false; ///< an answer is waited for
    void begin(HostTime now);
    void rest(HostTime until);
  };
  struct Entry {
    Port port;
    Inquiry inquiry;
    IpAddress outside;
    std::uint16_t outsidePort = 0;
    std::optional<HostTime> until; ///< is open until then
  };
  /// How far the router's clock is, whose steps back say that it has forgotten us.
  struct Epoch {
    std::uint32_t seconds = 0;
    HostTime at{};
  };
  enum class Dialect : std::uint8_t { pcp, natPmp };
  using Told = std::variant<Opened, Closed>;

  void begin(HostTime now);
  void say(Entry& entry, HostTime now, Actions& out);
  void turnSilent(Entry& entry, HostTime now, Actions& out);
  void hearPcp(std::span<const std::byte> datagram, HostTime now, Actions& out);
  void hearNatPmp(std::span<const std::byte> datagram, HostTime now, Actions& out);
  void take(Entry& entry, std::uint16_t outsidePort, std::chrono::seconds lifetime, HostTime now);
  void heedEpoch(std::uint32_t seconds, const Entry* answered, HostTime now);
  void close(Why why, Entry* refused, std::optional<std::chrono::seconds> again, HostTime now, Actions& out);
  void tellIfOpen(Actions& out);
  void tell(Told news, Actions& out);
  [[nodiscard]] ByteString question(const Entry& entry) const;
  void advanceAddress(HostTime now, Actions& out);

  Options options_;
  Dialect dialect_ = Dialect::pcp;
  bool hasSpokenPcp_ = false; ///< so nobody makes us believe that it cannot
  std::vector<Entry> entries_;
  Inquiry address_; ///< NAT-PMP tells the outside address apart from ports
  std::optional<IpAddress> outside_;
  std::optional<Epoch> epoch_;
  std::optional<Told> told_;
  bool isReleasing_ = false;
};

/// Whether an address that a router says it has outside is none in the Internet: the router is behind
/// another one (RFC 1918, 6598), or has no line.
[[nodiscard]] bool isBehindAnotherRouter(const IpAddress& outside);

} // namespace tutti::net
