// Which servers are asked, and when. What relays say, and whom they reach: OwnRelaysPeers.cpp.
#include "OwnRelays.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace tutti::room {
namespace {

using namespace std::chrono_literals;

constexpr Micros kDatagramPatience = 1s;   // where UDP passes, an answer takes no longer
constexpr Micros kConnectionPatience = 3s; // as long as a connection may take, and a question on it
constexpr Micros kBetweenLeaves = 5s;
constexpr Micros kFirstPause = 3s; // when no server was any good, or the directory had none for now
constexpr Micros kLongestPause = 10min;
constexpr std::ptrdiff_t kMostLeaving = 4;
constexpr Micros kFarewell = 1s; // a server that does not answer any more lets go by itself

bool isConnection(const TurnLeave::Server& server)
{
  return server.transport != TurnUrl::Transport::udp;
}

Micros longer(Micros pause)
{
  return std::clamp(2 * pause, kFirstPause, kLongestPause);
}

} // namespace

OwnRelays::Actions OwnRelays::start(HostTime now)
{
  Actions out;
  askedAt_.reset();
  askAt_.reset();
  askPatience_ = Micros{0};
  if (!leave_) askForLeave(now, out);
  return out;
}

/// Not again before an answer has come, and not too often.
void OwnRelays::askForLeave(HostTime now, Actions& out)
{
  if (isOver_) return;
  if (askedAt_ && now - *askedAt_ < kBetweenLeaves) {
    askAt_ = *askedAt_ + kBetweenLeaves;
    return;
  }
  askAt_.reset();
  askedAt_ = now;
  out.emplace_back(AskForLeave{});
}

OwnRelays::Actions OwnRelays::leaveGiven(TurnLeave leave, HostTime now)
{
  Actions out;
  askAt_.reset();
  askPatience_ = Micros{0};
  if (isOver_) return out;
  leave_ = std::move(leave);
  auto* relay = current();
  if (relay == nullptr || relay->stage == Stage::trying) {
    if (relay != nullptr) drop(relay->number, out);
    open(0, now, out);
  } else if (relay->client) {
    hear(relay->number, relay->client->renew(leave_->credentials, now), now, out);
  } else {
    succeed(*relay, now, out); // on a connection of its own, so that there is no gap
  }
  return out;
}

OwnRelays::Actions OwnRelays::leaveRefused(Refusal refusal, HostTime now)
{
  askPatience_ = longer(askPatience_);
  askAt_.reset();
  if (refusal == Refusal::forNow && !isOver_) askAt_ = now + askPatience_;
  return {};
}

OwnRelays::Relay* OwnRelays::find(Number number)
{
  const auto found = std::ranges::find(relays_, number, &Relay::number);
  return found == relays_.end() ? nullptr : &*found;
}

/// The newest one that is there to stay.
OwnRelays::Relay* OwnRelays::current()
{
  const auto found = std::find_if(relays_.rbegin(), relays_.rend(), [](const Relay& relay) {
    return relay.stage == Stage::trying || relay.stage == Stage::open;
  });
  return found == relays_.rend() ? nullptr : &*found;
}

/// A server knows a relay by the port that asked for it.
OwnRelays::Port OwnRelays::freePort(const Endpoint& server) const
{
  const bool isTaken = std::ranges::any_of(relays_, [&](const Relay& relay) {
    return relay.client && relay.serverAt == server && relay.port == Port::media;
  });
  return isTaken ? Port::spare : Port::media;
}

void OwnRelays::open(std::size_t server, HostTime now, Actions& out)
{
  if (!leave_ || isOver_) return;
  if (server >= leave_->servers.size()) { // maybe others, or another name, will do
    if (current() != nullptr) return;     // it only should have had a successor
    tryPatience_ = longer(tryPatience_);
    askAt_ = now + tryPatience_;
    return;
  }
  const auto& there = leave_->servers[server];
  auto& relay = relays_.emplace_back();
  const auto number = relay.number = ++lastNumber_;
  relay.server = server;
  relay.serverAt = there.at;
  if (isConnection(there)) {
    relay.due = now + kConnectionPatience;
    out.emplace_back(Connect{number, there, leave_->credentials});
    askPeers(relay, now, out);
    return;
  }
  relay.due = now + kDatagramPatience;
  relay.port = freePort(there.at);
  relay.client.emplace(there.at, leave_->credentials, options_);
  const auto actions = relay.client->start(now);
  hear(number, actions, now, out);
  if (auto* started = find(number)) askPeers(*started, now, out);
}

/// A second relay at the same server. The first one stays until that is open.
void OwnRelays::succeed(Relay& relay, HostTime now, Actions& out)
{
  const auto* newest = current();
  if (newest != &relay) return; // it is under way
  const bool isThere =
    leave_ && relay.server < leave_->servers.size() && leave_->servers[relay.server].at == relay.serverAt;
  open(isThere ? relay.server : 0, now, out);
}

/// It was no good, or is not there any more.
void OwnRelays::drop(Number number, Actions& out)
{
  auto* relay = find(number);
  if (relay == nullptr) return;
  const auto gone = relay->relayed;
  if (!relay->client) out.emplace_back(Disconnect{number});
  std::erase_if(relays_, [number](const Relay& other) { return other.number == number; });
  if (!gone) return;
  useCarriers(out);
  out.emplace_back(Lost{*gone});
}

/// The next server has its turn, unless another one is being tried already.
void OwnRelays::giveUp(const Relay& relay, HostTime now, Actions& out)
{
  const auto server = relay.server;
  drop(relay.number, out);
  const auto* other = current();
  if (other == nullptr || other->stage != Stage::trying) open(server + 1, now, out);
}

/// The server is told; how long it takes does not matter.
void OwnRelays::letGo(Relay& relay, HostTime now, Actions& out)
{
  if (relay.stage == Stage::leaving) return;
  const auto number = relay.number;
  const auto gone = std::exchange(relay.relayed, std::nullopt);
  relay.stage = Stage::leaving;
  relay.due = now + kFarewell;
  if (gone) {
    useCarriers(out);
    out.emplace_back(Lost{*gone});
  }
  if (relay.client)
    hear(number, relay.client->release(now), now, out);
  else
    out.emplace_back(Tell{number, Tell::What::release, {}});
  if (std::ranges::count(relays_, Stage::leaving, &Relay::stage) <= kMostLeaving) return;
  drop(std::ranges::find(relays_, Stage::leaving, &Relay::stage)->number, out);
}

OwnRelays::Actions OwnRelays::release(HostTime now)
{
  Actions out;
  isOver_ = true;
  askAt_.reset();
  std::vector<Number> numbers;
  for (const auto& relay : relays_) numbers.push_back(relay.number);
  for (const auto number : numbers)
    if (auto* relay = find(number)) letGo(*relay, now, out);
  return out;
}

OwnRelays::Actions OwnRelays::networkChanged(HostTime now)
{
  Actions out;
  if (relays_.empty() && leave_) { // what was closed there may be open here
    tryPatience_ = Micros{0};
    open(0, now, out);
    return out;
  }
  auto* relay = current();
  if (relay == nullptr || relay->stage != Stage::open) return out;
  // A connection from an address that is gone would say nothing for long.
  if (!relay->client) {
    open(0, now, out);
    return out;
  }
  suspectNow(*relay, now, out);
  return out;
}

OwnRelays::Actions OwnRelays::advance(HostTime now)
{
  constexpr int kRounds = 4; // one that is opened now may have credentials that are about to end
  Actions out;
  for (int round = 0; round < kRounds && (round == 0 || nextDeadline() <= now); ++round) {
    if (askAt_ && *askAt_ <= now) askForLeave(now, out);
    std::vector<Number> numbers;
    for (const auto& relay : relays_) numbers.push_back(relay.number);
    for (const auto number : numbers) passTime(number, now, out);
  }
  return out;
}

void OwnRelays::passTime(Number number, HostTime now, Actions& out)
{
  auto* relay = find(number);
  if (relay != nullptr && relay->client) {
    const auto deadline = relay->client->nextDeadline();
    if (deadline && *deadline <= now) hear(number, relay->client->advance(now), now, out);
    relay = find(number);
  }
  if (relay == nullptr || !relay->due || now < *relay->due) return;
  relay->due.reset();
  switch (relay->stage) {
  case Stage::trying:
    return giveUp(*relay, now, out);
  case Stage::retiring:
    return letGo(*relay, now, out);
  case Stage::leaving:
    return drop(number, out);
  case Stage::open: // it was suspected, and rightly
    return lost(*relay, now, out);
  }
}

HostTime OwnRelays::nextDeadline() const
{
  auto next = HostTime::max();
  const auto take = [&next](const std::optional<HostTime>& other) {
    if (other) next = std::min(next, *other);
  };
  take(askAt_);
  for (const auto& relay : relays_) {
    take(relay.due);
    if (relay.client) take(relay.client->nextDeadline());
  }
  return next;
}

} // namespace tutti::room
