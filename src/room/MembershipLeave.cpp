// Leave to use TURN servers: the directory gives it, the name service tells where they are.
#include <chrono>
#include <map>
#include <utility>

#include <tutti/core/Log.hpp>
#include <tutti/room/TurnGrant.hpp>

#include "Membership.hpp"
#include "Resolve.hpp"

namespace tutti::room {
namespace {

/// Each server once for each of its addresses, datagrams before streams, and those before sealed ones.
TurnLeave leaveOf(const TurnGrant& grant, HostTime asked)
{
  TurnLeave leave;
  leave.credentials = {grant.username, grant.password, std::nullopt};
  if (grant.secondsToLive != 0) leave.credentials.until = asked + std::chrono::seconds{grant.secondsToLive};
  std::map<std::string, std::vector<IpAddress>> addresses;
  for (const auto& url : grant.servers)
    if (!addresses.contains(url.host)) addresses[url.host] = addressesOf(url.host);
  for (const auto transport : {TurnUrl::Transport::udp, TurnUrl::Transport::tcp, TurnUrl::Transport::tls})
    for (const auto& url : grant.servers) {
      if (url.transport != transport) continue;
      for (const auto& address : addresses[url.host])
        leave.servers.push_back({{address, url.port}, url.host, transport});
    }
  return leave;
}

} // namespace

void Membership::askForLeave()
{
  {
    const std::lock_guard lock{mutex_};
    isLeaveWanted_ = true;
  }
  wake_.notify_all();
}

void Membership::inquire()
{
  for (;;) {
    {
      std::unique_lock lock{mutex_};
      wake_.wait(lock, [this] { return isStopping_ || isLeaveWanted_; });
      if (isStopping_) return;
      isLeaveWanted_ = false;
    }
    auto heard = askDirectoryForLeave();
    if (isStopping()) return;
    heard_(std::move(heard));
  }
}

Membership::Heard Membership::askDirectoryForLeave()
{
  using Refusal = OwnRelays::Refusal;
  const auto asked = time::HostClock::now();
  const auto answer = inquiring_.post("turn", request().encode());
  inquiring_.interrupt(); // the next question is far away: others need the place at the server
  if (!answer) return NoLeave{Refusal::forNow};
  if (!answer->isGood()) {
    log::room().debug("no relays: {}", answer->refusal().sentence);
    const auto code = answer->refusal().code;
    const bool isForGood = code == "no-turn" || code == "version"; // of a server that has none, or knows none
    return NoLeave{isForGood ? Refusal::forGood : Refusal::forNow};
  }
  const auto grant = TurnGrant::parse(answer->body);
  if (!grant) return NoLeave{Refusal::forGood};
  auto leave = leaveOf(*grant, asked);
  if (leave.servers.empty()) return NoLeave{Refusal::forNow};
  return leave;
}

} // namespace tutti::room
