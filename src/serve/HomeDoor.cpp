#include "HomeDoor.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <sodium.h>

#include <tutti/core/Log.hpp>
#include <tutti/discovery/AsioEndpoint.hpp>

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;
using net::PortMapping;
using time::HostClock;

constexpr auto kLookEvery = 10s;    // for another network
constexpr auto kUpnpPatience = 10s; // whoever talks longer is not heard to the end
constexpr auto kUpnpAgain = 1h;     // half of what it opens for
constexpr auto kGoodbyePatience = 1s;

template <class Array> Array drawn()
{
  Array bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

} // namespace

HomeDoor::HomeDoor(const Homecoming::Ports& here, AtHome home)
  : home_{std::move(home)}
  , ports_{{PortMapping::Protocol::tcp, here.tcp, drawn<PortMapping::Nonce>()},
           {PortMapping::Protocol::udp, here.udp, drawn<PortMapping::Nonce>()}}
  , homecoming_{here, home_.testedBy.has_value()}
  , reach_{homecoming_.reach()}
  , thread_{[this] { run(); }}
{}

HomeDoor::~HomeDoor()
{
  isStopping_ = true;
  bell_->ring();
  thread_.join();
}

Reach HomeDoor::reach() const
{
  const std::lock_guard lock{mutex_};
  return reach_;
}

void HomeDoor::run()
{
  while (!isStopping_) {
    const auto now = HostClock::now();
    if (now >= lookAt_) look(now);
    if (mapping_) perform(mapping_->advance(now), now);
    hearRouter();
    hearUpnp(now);
    if (const auto reply = knocking_.tryTake()) perform(homecoming_.knocked(*reply, now), now);
    perform(homecoming_.advance(now), now);
    tell();
    bell_->waitUntil(nextDeadline(), socket_ ? socket_->native_handle() : -1);
  }
  leaveRouter();
}

HostTime HomeDoor::nextDeadline() const
{
  auto next = lookAt_;
  for (const auto& due :
       {homecoming_.nextDeadline(), upnpUntil_, mapping_ ? mapping_->nextDeadline() : std::nullopt})
    if (due) next = std::min(next, *due);
  return next;
}

void HomeDoor::look(HostTime now)
{
  lookAt_ = now + kLookEvery;
  const auto gateway = discovery::defaultGateway();
  if (gateway_ && gateway != gateway_) { // what it has opened for another address of ours is of no use
    mapping_.reset();
    grant_.reset();
    upnpUntil_.reset();
  }
  gateway_ = gateway;
  perform(homecoming_.look(gateway, now), now);
}

void HomeDoor::tell()
{
  const auto& now = homecoming_.reach();
  {
    const std::lock_guard lock{mutex_};
    if (reach_ == now) return;
    reach_ = now;
  }
  log::serve().info("reach from elsewhere: {}, {}", nameOf(now.state), nameOf(now.why));
  if (home_.changed) home_.changed(now);
}

void HomeDoor::perform(const Homecoming::Actions& actions, HostTime now)
{
  for (const auto& action : actions) {
    if (const auto* router = std::get_if<Homecoming::AskRouter>(&action)) askRouter(router->gateway, now);
    if (const auto* upnp = std::get_if<Homecoming::AskUpnp>(&action)) askUpnp(upnp->gateway, now);
    if (const auto* knock = std::get_if<Homecoming::AskToKnock>(&action)) askToKnock(knock->outside);
  }
}

void HomeDoor::perform(const PortMapping::Actions& actions, HostTime now)
{
  for (const auto& action : actions) {
    if (const auto* send = std::get_if<PortMapping::Send>(&action); send != nullptr && socket_) {
      asio::error_code ignored; // a network that is just gone: it is said again, or looked at anew
      socket_->send(asio::buffer(send->bytes), 0, ignored);
    }
    if (const auto* opened = std::get_if<PortMapping::Opened>(&action))
      perform(homecoming_.heardRouter(*opened, now), now);
    if (const auto* closed = std::get_if<PortMapping::Closed>(&action))
      perform(homecoming_.heardRouter(tl::unexpected{closed->why}, now), now);
  }
}

void HomeDoor::askRouter(const discovery::Gateway& gateway, HostTime now)
{
  asio::error_code error;
  socket_.emplace(context_);
  socket_->connect(discovery::toAsio(Endpoint{gateway.address, PortMapping::kRouterPort}), error);
  if (!error) socket_->non_blocking(true, error);
  mapping_.emplace(PortMapping::Options{gateway.address, gateway.own, ports_}, now);
}

void HomeDoor::hearRouter()
{
  std::array<std::byte, 1200> buffer{};
  while (mapping_ && socket_) {
    asio::error_code error;
    const auto size = socket_->receive(asio::buffer(buffer), 0, error);
    if (error == asio::error::connection_refused) continue; // said by ICMP: it speaks no such language
    if (error) return;
    const auto now = HostClock::now();
    const Endpoint from{gateway_ ? gateway_->address : IpAddress{}, PortMapping::kRouterPort}; // connected
    perform(mapping_->receive(std::span{buffer}.first(size), from, now), now);
  }
}

void HomeDoor::askUpnp(const discovery::Gateway& gateway, HostTime now)
{
  upnpUntil_ = now + kUpnpPatience;
  upnp_.send([gateway, ports = ports_] { return upnp::open(gateway, ports); },
             [](upnp::Answer& answer) {
               if (answer) upnp::close(*answer);
             });
}

void HomeDoor::hearUpnp(HostTime now)
{
  const bool isDue = upnpUntil_ && now >= *upnpUntil_;
  if (auto answer = upnp_.tryTake()) {
    grant_ = answer->has_value() ? std::optional{**answer} : std::nullopt;
    upnpUntil_.reset();
    if (grant_) upnpUntil_ = now + kUpnpAgain;
    const auto said = answer->map([](const upnp::Grant& grant) { return grant.opened; });
    perform(homecoming_.heardUpnp(said, now), now);
  } else if (isDue && upnp_.isAway()) {
    upnp_.forget();
    upnpUntil_.reset();
    perform(homecoming_.heardUpnp(tl::unexpected{PortMapping::Why::silent}, now), now);
  } else if (isDue && gateway_) {
    askUpnp(*gateway_, now);
  }
}

void HomeDoor::askToKnock(const Homecoming::Ports& outside)
{
  if (!home_.testedBy) return;
  const room::wire::KnockRequest request{outside.tcp, outside.udp, drawn<room::wire::KnockRequest::Number>()};
  knocking_.send([server = *home_.testedBy, request] { return room::askToKnock(server, request); });
}

void HomeDoor::leaveRouter()
{
  if (const auto late = upnp_.tryTake(); late && *late) grant_ = **late;
  closeByUpnp();
  closeByRouter();
}

void HomeDoor::closeByRouter()
{
  if (!mapping_) return;
  auto now = HostClock::now();
  const auto end = now + kGoodbyePatience;
  mapping_->release(now);
  while (!mapping_->isOver() && now < end) {
    perform(mapping_->advance(now), now);
    hearRouter();
    if (mapping_->isOver()) return;
    bell_->waitUntil(std::min(mapping_->nextDeadline().value_or(end), HostTime{end}),
                     socket_->native_handle());
    now = HostClock::now();
  }
}

void HomeDoor::closeByUpnp()
{
  if (!grant_) return;
  Envoy<bool> goodbye{bell_};
  goodbye.send([grant = *grant_] {
    upnp::close(grant);
    return true;
  });
  const auto end = HostClock::now() + kGoodbyePatience;
  while (!goodbye.tryTake() && HostClock::now() < end) bell_->waitUntil(end);
}

} // namespace tutti::serve
