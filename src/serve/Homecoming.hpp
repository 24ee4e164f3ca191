#pragma once

#include <optional>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include <tutti/core/Result.hpp>
#include <tutti/discovery/Gateway.hpp>
#include <tutti/net/PortMapping.hpp>
#include <tutti/serve/Reach.hpp>

namespace tutti::serve {

/// Finds out whether others get to us from outside: asks the router for both ports, in one language (PCP,
/// NAT-PMP) and, where that fails, in another (UPnP); has somebody elsewhere try; judges what all of them
/// say.
///
/// Feed it what they say and the time; it says whom to ask next. What is closed is tried again every two
/// minutes: somebody may have opened it by hand. What is open is tried every ten.
///
/// Threads: one at a time, any.
class Homecoming {
public:
  struct Ports {
    std::uint16_t tcp = 0;
    std::uint16_t udp = 0;
    friend bool operator==(const Ports&, const Ports&) = default;
  };
  /// Ask the router by PCP or NAT-PMP: `net::PortMapping`. Ends the one before.
  struct AskRouter {
    discovery::Gateway gateway;
  };
  /// Ask it by UPnP; answer with `heardUpnp`.
  struct AskUpnp {
    discovery::Gateway gateway;
  };
  /// Have somebody elsewhere try these; answer with `knocked`.
  struct AskToKnock {
    Ports outside;
  };
  using Action = std::variant<AskRouter, AskUpnp, AskToKnock>;
  using Actions = std::vector<Action>;
  using Opened = net::PortMapping::Opened; ///< the ports: TCP, UDP
  using Why = net::PortMapping::Why;
  using FromRouter = tl::expected<Opened, Why>;

  /// `isTested`: there is somebody elsewhere to ask.
  Homecoming(const Ports& here, bool isTested);

  /// In which network we are now; call it now and then.
  Actions look(const std::optional<discovery::Gateway>& gateway, HostTime now);
  Actions heardRouter(const FromRouter& said, HostTime now);
  Actions heardUpnp(const FromRouter& said, HostTime now);
  Actions knocked(const Result<room::wire::KnockReply>& reply, HostTime now);
  /// Do what is due at `now`. Call no later than `nextDeadline()`.
  Actions advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const { return due_; }

  [[nodiscard]] const Reach& reach() const { return reach_; }

private:
  Actions decide(HostTime now);
  void judge();
  void judgeUntested();
  void open(const IpAddress& outside, const Ports& ports);
  [[nodiscard]] Ports tried() const;
  [[nodiscard]] bool isBehindAnother() const;
  [[nodiscard]] Reach::Why whyClosed() const;

  Ports here_;
  bool isTested_;
  bool hasLooked_ = false;
  std::optional<discovery::Gateway> gateway_;
  std::optional<FromRouter> byRouter_;
  std::optional<FromRouter> byUpnp_;
  std::optional<Opened> opened_; ///< by either
  bool isUpnpAsked_ = false;
  std::optional<Ports> asked_; ///< whoever is elsewhere is trying these
  std::optional<Result<room::wire::KnockReply>> knocked_;
  std::optional<HostTime> due_; ///< to have it tried again
  Reach reach_;
};

} // namespace tutti::serve
