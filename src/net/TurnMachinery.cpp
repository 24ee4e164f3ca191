#include "TurnMachinery.hpp"

#include <algorithm>

#include "TurnReasons.hpp"

namespace tutti::net {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kLifetime = 600s; // RFC 8656 3.2: what every server grants
constexpr Micros kBetweenSuspicions = 250ms;

/// Whether a peer may be a peer: somebody, somewhere else. What the server forbids it says itself.
bool isSomebody(const Endpoint& peer)
{
  const auto& address = peer.address;
  const bool isNowhere = address.isV4() && (address.bytes()[0] == 0 || address.bytes()[0] == 255);
  return peer.port != 0 && !isNowhere && !address.isUnspecified() && !address.isMulticast() &&
         !address.isLoopback() && !address.isLinkLocal();
}

} // namespace

TurnClient::Machinery::Machinery(const Endpoint& server, TurnCredentials credentials, Options options)
  : server_{server,
            options.transport,
            options.family,
            TurnAccess{std::move(credentials)},
            options.draw ? std::move(options.draw) : stun::drawTransaction,
            {}}
  , home_{server}
  , outlivesCredentials_{options.outlivesCredentials}
  , peers_{options.permissionLifetime, options.channelLifetime}
{}

void TurnClient::Machinery::start(HostTime now, Actions& out)
{
  endRelay(out);
  hasCleared_ = false;
  if (!renewal_.hasNext()) renewal_.begin(server_.access.credentials(), now);
  adoptNextCredentials(now);
  allocate(now, out);
}

void TurnClient::Machinery::disconnected(HostTime now, Actions& out)
{
  const auto before = std::exchange(phase_, Phase::resting);
  due_.reset();
  if (before == Phase::open)
    out.emplace_back(
      Lost{{ErrorKind::unavailable, "The connection to the relay " + server_.at.text() + " has ended."}});
  endRelay(out);
  if (before == Phase::leaving) out.emplace_back(Released{});
  adoptNextCredentials(now);
}

void TurnClient::Machinery::receive(std::span<const std::byte> bytes, const Endpoint& from, HostTime at,
                                    Actions& out)
{
  if (from != server_.at) return;
  const auto message = stun::Message::parse(bytes);
  if (!message) return;
  if (const auto answer = inquiry_.hear(*message, at, server_, out))
    settle(*answer, &*message, at, out);
  else if (arePeersServed())
    take(peers_.hear(*message, at, server_, out), at, out);
  carryOn(at, out);
}

void TurnClient::Machinery::advance(HostTime now, Actions& out)
{
  if (const auto answer = inquiry_.advance(now, server_, out)) settle(*answer, nullptr, now, out);
  if (phase_ == Phase::open && now >= endsAt_) relayGone(now, out);
  carryOn(now, out);
}

void TurnClient::Machinery::carryOn(HostTime now, Actions& out)
{
  tryNextCredentials(now, out);
  if (phase_ == Phase::open && !inquiry_.isOpen() && renewal_.isChangeDue(now)) changeOver(now, out);
  if (due_ && *due_ <= now && !inquiry_.isOpen()) {
    due_.reset();
    if (phase_ == Phase::open) refresh(now, out);
    if (phase_ == Phase::waiting) allocate(now, out);
  }
  if (arePeersServed()) take(peers_.advance(now, server_, out), now, out);
  if (arePeersServed() && peers_.haveChanged()) publish(out);
  // Last, as others may be in use by now, which have ended on their way to us.
  const bool isActive = phase_ != Phase::resting && phase_ != Phase::leaving;
  if (isActive && renewal_.isAsking(now)) out.emplace_back(NeedsCredentials{});
}

std::optional<HostTime> TurnClient::Machinery::nextDeadline() const
{
  std::optional<HostTime> next = inquiry_.nextDeadline();
  const auto take = [&next](std::optional<HostTime> other) {
    if (other && (!next || *other < *next)) next = other;
  };
  if (phase_ == Phase::open) take(endsAt_);
  if (!inquiry_.isOpen()) take(due_);
  if (phase_ != Phase::resting && phase_ != Phase::leaving) take(renewal_.askAt());
  if (phase_ == Phase::open && !inquiry_.isOpen()) take(renewal_.changeAt());
  if (arePeersServed()) take(peers_.nextDeadline());
  return next;
}

void TurnClient::Machinery::want(const Endpoint& peer, bool withChannel, HostTime now, Actions& out)
{
  if (peer.address.family() != server_.family) {
    out.emplace_back(Unreachable{peer, turn::whyNotThisPeer(443)});
    return;
  }
  if (!isSomebody(peer) || peer == server_.at) {
    out.emplace_back(
      Unreachable{peer, {ErrorKind::refused, "Nobody can be reached at " + peer.text() + "."}});
    return;
  }
  peers_.want(peer, withChannel, now, out);
  carryOn(now, out);
}

void TurnClient::Machinery::forget(const Endpoint& peer, HostTime now, Actions& out)
{
  peers_.forget(peer);
  carryOn(now, out);
}

void TurnClient::Machinery::renew(TurnCredentials credentials, HostTime now, Actions& out)
{
  renewal_.keep(std::move(credentials), now);
  carryOn(now, out);
}

void TurnClient::Machinery::suspect(HostTime now, Actions& out)
{
  if (phase_ != Phase::open || inquiry_.isOpen() || now - askedAt_ < kBetweenSuspicions) return;
  refresh(now, out);
}

void TurnClient::Machinery::release(HostTime now, Actions& out)
{
  const bool mayHaveOne = phase_ == Phase::open || phase_ == Phase::allocating || phase_ == Phase::clearing;
  endRelay(out);
  if (mayHaveOne) return giveBack(Phase::leaving, now, out);
  if (phase_ == Phase::leaving) return;
  phase_ = Phase::resting;
  out.emplace_back(Released{});
}

void TurnClient::Machinery::allocate(HostTime now, Actions& out)
{
  phase_ = Phase::allocating;
  due_.reset();
  TurnQuestion question;
  question.method = stun::Method::allocate;
  question.lifetime = kLifetime;
  inquiry_.ask(question, server_, now, out);
}

/// A name that has ended goes second. A server that still has the relay does not mind; one that has started
/// anew would not let another name follow it (coturn).
void TurnClient::Machinery::refresh(HostTime now, Actions& out)
{
  if (renewal_.hasNext() && renewal_.haveEnded(now)) return tryNext(now, out);
  askToStay(now, out);
}

void TurnClient::Machinery::askToStay(HostTime now, Actions& out)
{
  due_.reset();
  askedAt_ = now;
  TurnQuestion question;
  question.lifetime = kLifetime;
  inquiry_.ask(question, server_, now, out);
}

void TurnClient::Machinery::giveBack(Phase phase, HostTime now, Actions& out)
{
  phase_ = phase;
  due_.reset();
  TurnQuestion question;
  question.lifetime = 0s;
  hasCleared_ = true;
  clearedAt_ = now;
  inquiry_.ask(question, server_, now, out);
}

void TurnClient::Machinery::publish(Actions& out)
{
  routes_ = TurnRoutes{server_.at, server_.transport, server_.draw()};
  peers_.addTo(routes_);
  out.emplace_back(RoutesChanged{});
}

/// What there was of a relay, and questions about it.
void TurnClient::Machinery::endRelay(Actions& out)
{
  inquiry_.drop();
  peers_.stop();
  peers_.haveChanged(); // nobody is reached any more: told by the routes below
  due_.reset();
  isSilent_ = areRefused_ = isEndTold_ = false;
  if (former_) server_.access.use(*std::exchange(former_, std::nullopt));
  if (!routes_.isOpen()) return;
  routes_ = {};
  out.emplace_back(RoutesChanged{});
}

} // namespace tutti::net
