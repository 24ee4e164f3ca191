#pragma once

#include <asio/io_context.hpp>
#include <asio/ip/udp.hpp>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include <tutti/net/Doorbell.hpp>
#include <tutti/net/PortMapping.hpp>
#include <tutti/serve/Reach.hpp>

#include "Envoy.hpp"
#include "Homecoming.hpp"
#include "UpnpRouter.hpp"

namespace tutti::serve {

/// Keeps a host's ports open in the router of this network, and knows whether others get in: `Homecoming` on
/// its sockets. When it ends, the ports are closed again; a router that does not answer is not waited for
/// longer than a second.
///
/// Threads: *any*; its own one does all the rest. `changed` is called there.
class HomeDoor {
public:
  HomeDoor(const Homecoming::Ports& here, AtHome home);
  ~HomeDoor();
  HomeDoor(const HomeDoor&) = delete;
  HomeDoor& operator=(const HomeDoor&) = delete;

  [[nodiscard]] Reach reach() const;

private:
  void run();
  void look(HostTime now);
  void askRouter(const discovery::Gateway& gateway, HostTime now);
  void hearRouter();
  void hearUpnp(HostTime now);
  void askUpnp(const discovery::Gateway& gateway, HostTime now);
  void askToKnock(const Homecoming::Ports& outside);
  void perform(const Homecoming::Actions& actions, HostTime now);
  void perform(const net::PortMapping::Actions& actions, HostTime now);
  void tell();
  [[nodiscard]] HostTime nextDeadline() const;
  void leaveRouter();
  void closeByRouter();
  void closeByUpnp();

  AtHome home_;
  std::vector<net::PortMapping::Port> ports_;
  std::shared_ptr<const net::Doorbell> bell_ = std::make_shared<const net::Doorbell>();
  Homecoming homecoming_;
  asio::io_context context_;
  std::optional<asio::ip::udp::socket> socket_;
  std::optional<discovery::Gateway> gateway_;
  std::optional<net::PortMapping> mapping_;
  std::optional<upnp::Grant> grant_;
  Envoy<upnp::Answer> upnp_{bell_};
  std::optional<HostTime> upnpUntil_; ///< while somebody asks: how long we wait; then: when to ask again
  Envoy<Result<room::wire::KnockReply>> knocking_{bell_};
  HostTime lookAt_{};
  std::atomic<bool> isStopping_ = false;
  mutable std::mutex mutex_;
  Reach reach_; // under mutex_
  std::thread thread_;
};

} // namespace tutti::serve
