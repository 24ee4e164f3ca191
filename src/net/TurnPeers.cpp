#include "TurnPeers.hpp"

#include <algorithm>

#include "TurnReasons.hpp"
#include "TurnWire.hpp"

namespace tutti::net {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostRemembered = 4 * TurnRoutes::kMostPeers; // with channels that rest
constexpr std::size_t kMostAtOnce = 8;  // questions: a room that opens does not flood the server
constexpr int kMostChannelsRefused = 2; // then the peer does without
constexpr Micros kChannelRests = 5min;  // RFC 8656 12: after it has lapsed
constexpr Micros kBeforeNextTry = 5s;

} // namespace

TurnPeers::TurnPeers(Micros permissionLifetime, Micros channelLifetime)
  : permissionLifetime_{permissionLifetime}
  , channelLifetime_{channelLifetime}
  , nextChannel_{turn::kFirstChannel}
{}

TurnPeers::Peer* TurnPeers::find(const Endpoint& peer)
{
  const auto found = std::ranges::find(peers_, peer, &Peer::at);
  return found == peers_.end() ? nullptr : &*found;
}

void TurnPeers::want(const Endpoint& endpoint, bool withChannel, HostTime now, TurnClient::Actions& out)
{
  auto* peer = find(endpoint);
  const auto wanted = static_cast<std::size_t>(std::ranges::count(peers_, true, &Peer::isWanted));
  const bool isFull = wanted >= TurnRoutes::kMostPeers || peers_.size() >= kMostRemembered;
  if (isFull && (peer == nullptr || !peer->isWanted)) {
    out.emplace_back(
      TurnClient::Unreachable{endpoint, {ErrorKind::refused, "The relay has as many peers as it can take."}});
    return;
  }
  if (peer == nullptr) {
    peers_.push_back({});
    peer = &peers_.back();
    peer->at = endpoint;
  }
  const bool isNew = !peer->isPermitted || (withChannel && !peer->wantsChannel);
  peer->isWanted = true;
  peer->wantsChannel = peer->wantsChannel || withChannel || peer->channel != 0; // it may be bound still
  if (isNew) peer->due = now;
}

void TurnPeers::forget(const Endpoint& endpoint)
{
  auto* peer = find(endpoint);
  if (peer == nullptr) return;
  haveChanged_ = haveChanged_ || peer->isPermitted;
  peer->inquiry.drop();
  peer->isWanted = peer->wantsChannel = peer->isPermitted = peer->isBound = false;
  peer->due.reset();
  if (peer->channel == 0) std::erase_if(peers_, [&](const Peer& p) { return p.at == endpoint; });
}

void TurnPeers::beginAnew(HostTime now)
{
  stop();
  for (auto& peer : peers_) peer.due = now;
}

void TurnPeers::askAgain(HostTime now)
{
  for (auto& peer : peers_) {
    peer.inquiry.drop();
    if (peer.isWanted) peer.due = now;
  }
}

void TurnPeers::stop()
{
  std::erase_if(peers_, [](const Peer& peer) { return !peer.isWanted; });
  for (auto& peer : peers_) {
    haveChanged_ = haveChanged_ || peer.isPermitted;
    peer.inquiry.drop();
    peer.isPermitted = peer.isBound = false;
    peer.channel = 0;
    peer.channelsRefused = 0;
    peer.due.reset();
  }
  nextChannel_ = turn::kFirstChannel;
}

std::size_t TurnPeers::openInquiries() const
{
  return static_cast<std::size_t>(
    std::ranges::count_if(peers_, [](const Peer& peer) { return peer.inquiry.isOpen(); }));
}

TurnPeers::Trouble TurnPeers::advance(HostTime now, TurnServer& server, TurnClient::Actions& out)
{
  std::erase_if(peers_, [&](const Peer& peer) { return !peer.isWanted && now >= peer.channelFreeAt; });
  auto trouble = Trouble::none;
  for (auto& peer : peers_) {
    const auto answer = peer.inquiry.advance(now, server, out);
    if (answer && settle(peer, *answer, now, out) == Trouble::silence) trouble = Trouble::silence;
  }
  auto open = openInquiries();
  for (auto& peer : peers_) {
    const bool isDue = peer.due && *peer.due <= now && !peer.inquiry.isOpen();
    if (!isDue || open >= kMostAtOnce) continue;
    ask(peer, now, server, out);
    ++open;
  }
  return trouble;
}

void TurnPeers::ask(Peer& peer, HostTime now, TurnServer& server, TurnClient::Actions& out)
{
  TurnQuestion question;
  question.peer = peer.at;
  const bool isBinding = peer.wantsChannel && peer.channelsRefused < kMostChannelsRefused;
  if (isBinding && peer.channel == 0) {
    peer.channel = drawChannel();
    haveChanged_ = haveChanged_ || peer.isPermitted;
  }
  question.method = isBinding ? stun::Method::channelBind : stun::Method::createPermission;
  question.channel = isBinding ? peer.channel : std::uint16_t{0};
  // The server may bind it and its answer be lost: the number is taken from now on.
  if (isBinding) peer.channelFreeAt = now + channelLifetime_ + kChannelRests;
  peer.inquiry.ask(question, server, now, out);
}

std::uint16_t TurnPeers::drawChannel()
{
  const auto isTaken = [this](std::uint16_t number) {
    return std::ranges::any_of(peers_, [&](const Peer& peer) { return peer.channel == number; });
  };
  do
    nextChannel_ =
      nextChannel_ == turn::kLastChannel ? turn::kFirstChannel : static_cast<std::uint16_t>(nextChannel_ + 1);
  while (isTaken(nextChannel_)); // ends: there are more numbers than we remember peers
  return nextChannel_;
}

TurnPeers::Trouble TurnPeers::hear(const stun::Message& message, HostTime now, TurnServer& server,
                                   TurnClient::Actions& out)
{
  for (auto& peer : peers_)
    if (const auto answer = peer.inquiry.hear(message, now, server, out))
      return settle(peer, *answer, now, out);
  return Trouble::none;
}

TurnPeers::Trouble TurnPeers::settle(Peer& peer, const TurnInquiry::Answer& answer, HostTime now,
                                     TurnClient::Actions& out)
{
  switch (answer.outcome) {
  case TurnInquiry::Outcome::granted:
    granted(peer, now, out);
    return Trouble::none;
  case TurnInquiry::Outcome::refused:
    return refused(peer, answer.code, now, out);
  case TurnInquiry::Outcome::silent:
    break;
  }
  peer.due = now + kBeforeNextTry;
  return Trouble::silence;
}

void TurnPeers::granted(Peer& peer, HostTime now, TurnClient::Actions& out)
{
  const bool isBinding = peer.inquiry.question().method == stun::Method::channelBind;
  const bool isNews = !peer.isPermitted || isBinding != peer.isBound;
  if (!peer.isPermitted) out.emplace_back(TurnClient::Reachable{peer.at});
  haveChanged_ = haveChanged_ || isNews;
  peer.isPermitted = true;
  peer.isBound = isBinding;
  if (isBinding) peer.channelFreeAt = now + channelLifetime_ + kChannelRests;
  const bool wantsMore = peer.wantsChannel && !isBinding && peer.channelsRefused == 0;
  peer.due = wantsMore ? now : now + std::min(permissionLifetime_, channelLifetime_) / 2;
}

TurnPeers::Trouble TurnPeers::refused(Peer& peer, int code, HostTime now, TurnClient::Actions& out)
{
  if (code == 437) return Trouble::relayGone;
  if (code == 403 || code == 443) { // RFC 8656 9.2: forbidden; of another family than the relay
    giveUp(peer, turn::whyNotThisPeer(code), out);
    return Trouble::none;
  }
  const bool isBinding = peer.inquiry.question().method == stun::Method::channelBind;
  if (isBinding && (code == 400 || code == 486 || code == 508)) {
    // Another peer's number, or no channel left: once more with a new one, then without.
    ++peer.channelsRefused;
    haveChanged_ = haveChanged_ || peer.isBound;
    peer.channel = 0;
    peer.isBound = false;
    peer.due = now;
    return Trouble::none;
  }
  peer.due = now + kBeforeNextTry;
  return code == 401 || code == 441 ? Trouble::silence : Trouble::none;
}

void TurnPeers::giveUp(Peer& peer, Error why, TurnClient::Actions& out)
{
  haveChanged_ = haveChanged_ || peer.isPermitted;
  peer.isPermitted = peer.isBound = false;
  peer.due.reset();
  out.emplace_back(TurnClient::Unreachable{peer.at, std::move(why)});
}

std::optional<HostTime> TurnPeers::nextDeadline() const
{
  std::optional<HostTime> next;
  const auto take = [&next](std::optional<HostTime> other) {
    if (other && (!next || *other < *next)) next = other;
  };
  const bool hasRoom = openInquiries() < kMostAtOnce;
  for (const auto& peer : peers_) {
    take(peer.inquiry.nextDeadline());
    if (hasRoom && !peer.inquiry.isOpen()) take(peer.due);
    if (!peer.isWanted) take(peer.channelFreeAt);
  }
  return next;
}

void TurnPeers::addTo(TurnRoutes& routes) const
{
  for (const auto& peer : peers_)
    if (peer.isPermitted) routes.tryAdd({peer.at, peer.channel, peer.isBound});
}

bool TurnPeers::haveChanged()
{
  return std::exchange(haveChanged_, false);
}

} // namespace tutti::net
