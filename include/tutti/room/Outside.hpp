#pragma once

#include <optional>
#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/time/TokenBucket.hpp>

namespace tutti::room {

/// By which addresses the world sees our media socket: where the room's server, asked from that socket, saw
/// us last; one of each family. Routers between us choose them, and may choose others at any time.
///
/// News of them are told at once, but no more than one in five seconds for long: a router that changes its
/// mind with each packet must not keep a whole room busy.
///
/// Threads: one at a time.
/// Spec:    room R-14; RFC 8445 5.1.1.2 (server-reflexive candidates).
class Outside {
public:
  /// The server has seen us there.
  void seen(const Endpoint& at);
  /// A relay's server has seen us there: it counts where the room's server is out of reach.
  void seenByRelay(const Endpoint& at) { relaySaw_ = at; }
  /// These relays forward to us.
  void setRelays(std::vector<Endpoint> relays) { relays_ = std::move(relays); }
  [[nodiscard]] const std::vector<Endpoint>& relays() const { return relays_; }
  /// Our network has changed: what was true there need not be true here.
  void forget();

  /// As routers show us to the world, then relays.
  [[nodiscard]] std::vector<Endpoint> addresses() const;

  /// All of them, if that has not been told yet, and may be told now.
  std::optional<std::vector<Endpoint>> takeNews(HostTime now);
  [[nodiscard]] HostTime nextDeadline() const;

private:
  std::optional<Endpoint> v4_;
  std::optional<Endpoint> v6_;
  std::optional<Endpoint> relaySaw_;
  std::vector<Endpoint> relays_;
  std::vector<Endpoint> told_;
  time::TokenBucket pace_{{.atOnce = 4, .perSecond = 0.2}, HostTime{}};
};

} // namespace tutti::room
