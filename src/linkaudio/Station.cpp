#include "Station.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "Asking.hpp"
#include "AudioMessage.hpp"
#include "Byes.hpp"
#include "Name.hpp"

namespace tutti::linkaudio {
namespace {

// Peers can rename channels faster than anyone can look, and a long list is work.
constexpr std::chrono::milliseconds kListPause{50};

} // namespace

Station::Station(std::string_view peerName)
  : peerName_{cutName(peerName)}
{}

Station::Actions Station::follow(const link::AudioView& view, HostTime now)
{
  self_ = view.node;
  isListStale_ = isListStale_ || session_ != view.session;
  session_ = view.session;
  const auto update = targets_.follow(view);
  if (update.hasLost) dropWhoLeft();
  for (auto& [address, gateway] : gateways_)
    if (update.renewed.contains(address) && gateway.announcer.changed(now)) announce(gateway, now);
  return finish(now);
}

void Station::dropWhoLeft()
{
  directory_.keep(targets_);
  paths_.keep(targets_);
  publications_.keep([this](const NodeId& peer) { return targets_.contains(peer); });
}

Station::Actions Station::openGateway(const discovery::LocalAddress& local, HostTime now)
{
  auto& gateway = gateways_.insert_or_assign(local.address, Gateway{local, {}, {}}).first->second;
  if (gateway.announcer.changed(now)) announce(gateway, now);
  return finish(now);
}

Station::Actions Station::closeGateway(const IpAddress& address, HostTime now)
{
  if (!gateways_.contains(address)) return {};
  const auto goodbye = encodeByes(self_, publications_.ids());
  sayToAll(address, goodbye);
  sayToAll(address, goodbye); // nobody says whether it came
  gateways_.erase(address);
  targets_.closeGateway(address);
  dropWhoLeft();
  return finish(now);
}

Station::Actions Station::advance(HostTime now)
{
  directory_.advance(now);
  paths_.advance(now);
  publications_.advance(now);
  for (auto& [address, gateway] : gateways_)
    if (gateway.announcer.advance(now)) announce(gateway, now);
  return finish(now);
}

std::optional<HostTime> Station::nextDeadline() const
{
  std::optional<HostTime> earliest;
  const auto consider = [&](std::optional<HostTime> due) {
    if (due && (!earliest || *due < *earliest)) earliest = due;
  };
  consider(directory_.nextDeadline());
  consider(paths_.nextDeadline());
  consider(publications_.nextDeadline());
  consider(wishes_.nextDeadline());
  if (isListStale_) consider(listedAt_ + kListPause);
  for (const auto& [address, gateway] : gateways_) consider(gateway.announcer.nextDeadline());
  return earliest;
}

void Station::announceAll(HostTime now)
{
  for (auto& [address, gateway] : gateways_)
    if (gateway.announcer.changed(now)) announce(gateway, now);
}

void Station::announce(Gateway& gateway, HostTime now)
{
  const auto& address = gateway.local.address;
  const auto again = encodeByes(self_, std::exchange(gateway.gone, {}));
  const auto sockets = targets_.greet(address);
  if (sockets.empty()) return;
  const auto news = encodeAnnouncement(self_, {session_, peerName_, publications_.offered(), microsOf(now)});
  for (const auto& socket : sockets) {
    for (const auto& packet : again) say(address, socket, packet);
    for (const auto& packet : news) say(address, socket, packet);
  }
}

void Station::say(const IpAddress& gateway, const Endpoint& to, const Packet& packet)
{
  outbox_.emplace_back(Send{gateway, to, packet});
}

void Station::sayToAll(const IpAddress& gateway, const std::vector<Packet>& packets)
{
  for (const auto& socket : targets_.sockets(gateway))
    for (const auto& packet : packets) say(gateway, socket, packet);
}

Station::Actions Station::rename(std::string_view peerName, HostTime now)
{
  peerName_ = cutName(peerName);
  announceAll(now);
  return finish(now);
}

std::optional<Station::Actions> Station::publish(const ChannelId& id, std::string_view name, HostTime now)
{
  if (!publications_.add(id, name)) return std::nullopt;
  for (auto& [address, gateway] : gateways_) std::erase(gateway.gone, id);
  announceAll(now);
  return finish(now);
}

Station::Actions Station::rename(const ChannelId& id, std::string_view name, HostTime now)
{
  if (publications_.rename(id, name)) announceAll(now);
  return finish(now);
}

Station::Actions Station::withdraw(const ChannelId& id, HostTime now)
{
  if (!publications_.remove(id)) return {};
  const auto goodbye = encodeByes(self_, std::span{&id, 1});
  for (auto& [address, gateway] : gateways_) {
    sayToAll(address, goodbye);
    gateway.gone.push_back(id);
  }
  return finish(now);
}

Station::Actions Station::send(const AudioBuffer& buffer)
{
  if (!isWanted(buffer.channel)) return {};
  Actions sends;
  const auto packet = encodeAudio(self_, buffer);
  for (const auto& [peer, until] : publications_.requesters(buffer.channel).peers())
    if (const auto* path = paths_.find(peer)) sends.emplace_back(Send{path->gateway, path->endpoint, packet});
  return sends;
}

std::vector<Channel> Station::ours() const
{
  std::vector<Channel> ours;
  for (const auto& [name, id] : publications_.offered()) ours.push_back({id, name, self_, peerName_});
  return ours;
}

std::optional<Station::Actions> Station::subscribe(const ChannelId& id, HostTime now)
{
  if (!wishes_.add(id)) return std::nullopt;
  return finish(now);
}

Station::Actions Station::unsubscribe(const ChannelId& id, HostTime now)
{
  const auto asked = wishes_.lastAsked(id);
  if (wishes_.remove(id) && asked) say(asked->gateway, asked->to, encodeStop(self_, id));
  return finish(now);
}

void Station::ask(HostTime now)
{
  const auto locate = [this](const ChannelId& id) -> const Paths::Path* {
    const auto peer = directory_.publisher(id, session_);
    const auto* path = peer ? paths_.find(*peer) : nullptr;
    // Who has not heard who we are would not know where to send.
    return path != nullptr && targets_.isGreeted({*peer, path->gateway}) ? path : nullptr;
  };
  for (const auto& question : wishes_.due(locate, now))
    say(question.gateway, question.to, encodeRequest(self_, question.channel));
}

void Station::relist(HostTime now)
{
  isListStale_ = directory_.takeChange() || isListStale_;
  if (!isListStale_ || now - listedAt_ < kListPause) return;
  isListStale_ = false;
  listedAt_ = now;
  auto list = directory_.list(session_);
  if (list == listed_) return;
  listed_ = std::move(list);
  outbox_.emplace_back(ChannelsChanged{});
}

Station::Actions Station::finish(HostTime now)
{
  ask(now);
  relist(now);
  for (const auto& turn : publications_.takeTurns())
    outbox_.emplace_back(Turned{turn.channel, turn.isWanted});
  return std::exchange(outbox_, {});
}

} // namespace tutti::linkaudio
