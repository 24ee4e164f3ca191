#include <algorithm>

#include "TurnMachinery.hpp"
#include "TurnReasons.hpp"

/// What the machinery makes of the server's answers, and of none.
namespace tutti::net {
namespace {

using namespace std::chrono_literals;
using Outcome = TurnInquiry::Outcome;

/// A relay is asked after this often even where it lasts longer: it keeps the way through NATs open, and
/// tells soon that a server has started anew or that our own address has changed.
constexpr Micros kBetweenRefreshes = 20s;
constexpr Micros kShortestRefresh = 1s;
constexpr std::uint32_t kUsualLifetime = 600;      // seconds
constexpr std::uint32_t kLongestLifetime = 86'400; // a day: nobody means more
constexpr Micros kBeforeNextRefresh = 5s;
constexpr Micros kLongestPatience = 60s;
constexpr int kMostRedirections = 3;
constexpr Micros kServerLingers = 2s; // coturn: up to one, until it has really let go of a relay
constexpr Micros kBeforeNextLook = 100ms;

/// Whether a server may point us there: to one like itself, not to a crowd, nor into our own machine.
bool mayPointTo(const Endpoint& other, const Endpoint& home)
{
  const auto& address = other.address;
  const bool isNowhere = address.isV4() && (address.bytes()[0] == 0 || address.bytes()[0] == 255);
  return other.port != 0 && address.family() == home.address.family() && !isNowhere &&
         !address.isUnspecified() && !address.isMulticast() && !address.isLinkLocal() &&
         address.isLoopback() == home.address.isLoopback();
}

} // namespace

void TurnClient::Machinery::settle(const TurnInquiry::Answer& answer, const stun::Message* message,
                                   HostTime now, Actions& out)
{
  switch (phase_) {
  case Phase::allocating:
    if (answer.outcome == Outcome::granted) return opened(*message, now, out);
    if (answer.outcome == Outcome::silent) return hearNothing(now, out);
    return allocationRefused(answer.code, message, now, out);
  case Phase::open:
    if (answer.outcome == Outcome::granted) return refreshed(*message, now, out);
    if (answer.outcome == Outcome::silent) return fallSilent(now, out);
    return refreshRefused(answer.code, now, out);
  case Phase::clearing:
    return cleared(now, out);
  case Phase::leaving:
    phase_ = Phase::resting;
    out.emplace_back(Released{});
    return;
  case Phase::resting:
  case Phase::waiting:
  case Phase::refused:
    return; // nothing is asked in these
  }
}

void TurnClient::Machinery::opened(const stun::Message& message, HostTime now, Actions& out)
{
  const auto relayed = message.xorAddress(stun::Attribute::xorRelayedAddress);
  const bool isSound = relayed && relayed->address.family() == server_.family && relayed->port != 0;
  if (!isSound)
    return lose({ErrorKind::unsupported, "The relay " + server_.at.text() + " tells no usable address."}, now,
                out);
  phase_ = Phase::open;
  relayed_ = relayed;
  seenAs_ = message.xorMappedAddress();
  hasCleared_ = false;
  patience_ = kFirstPatience;
  keepUntil(message, now);
  askedAt_ = now;
  peers_.beginAnew(now);
  out.emplace_back(Relayed{*relayed_, seenAs_});
  publish(out);
}

void TurnClient::Machinery::keepUntil(const stun::Message& message, HostTime now)
{
  const auto said = message.number(stun::Attribute::lifetime).value_or(kUsualLifetime);
  const std::chrono::seconds lifetime{std::min(said, kLongestLifetime)};
  endsAt_ = now + std::max<Micros>(lifetime, 2 * kShortestRefresh);
  due_ = now + std::clamp<Micros>(lifetime / 2, kShortestRefresh, kBetweenRefreshes);
}

void TurnClient::Machinery::refreshed(const stun::Message& message, HostTime now, Actions& out)
{
  keepUntil(message, now);
  patience_ = kFirstPatience;
  areRefused_ = isEndTold_ = false;
  if (std::exchange(former_, std::nullopt)) renewal_.begin(server_.access.credentials(), now);
  if (!std::exchange(isSilent_, false)) return;
  peers_.askAgain(now);
  out.emplace_back(Relayed{*relayed_, seenAs_});
  publish(out);
}

void TurnClient::Machinery::allocationRefused(int code, const stun::Message* message, HostTime now,
                                              Actions& out)
{
  if (code == 300) return redirected(*message, now, out);
  // An older relay of ours from this very port: one that we do not know any more, or have just given back.
  if (code == 437 && !hasCleared_) return giveBack(Phase::clearing, now, out);
  if (code == 437 && now - clearedAt_ < kServerLingers) {
    phase_ = Phase::waiting;
    due_ = now + kBeforeNextLook;
    return;
  }
  if (code != 401 && code != 441) return lose(turn::whyNoRelay(code, server_.at), now, out);
  phase_ = Phase::refused;
  out.emplace_back(Lost{turn::whyNoRelay(code, server_.at)});
  renewal_.hurry(now);
}

void TurnClient::Machinery::redirected(const stun::Message& message, HostTime now, Actions& out)
{
  const auto other = message.plainAddress(stun::Attribute::alternateServer);
  const bool isSound = other && *other != server_.at && mayPointTo(*other, home_);
  if (!isSound || ++redirections_ > kMostRedirections)
    return lose({ErrorKind::unavailable, "The relay " + home_.text() + " only points to others."}, now, out);
  server_.at = *other;
  server_.access.forgetChallenge();
  server_.patience = {};
  if (!isStream()) return allocate(now, out);
  reconnect(out);
}

void TurnClient::Machinery::refreshRefused(int code, HostTime now, Actions& out)
{
  if (code == 437) return relayGone(now, out);
  if (former_) return takeBackCredentials(code, now, out);
  due_ = now + kBeforeNextRefresh;
  if (code != 401 && code != 441) return;
  if (isStream() && renewal_.hasNext()) {
    lose(turn::credentialsEnd(), now, out);
    adoptNextCredentials(now);
    return reconnect(out);
  }
  // A server that has started anew knows neither the relay nor a name that has ended: the next one tells.
  const bool isFirst = !std::exchange(areRefused_, true);
  if (isFirst && renewal_.hasNext()) return renewal_.retryNext();
  renewal_.hurry(now);
  tellEnd(out);
}

void TurnClient::Machinery::tellEnd(Actions& out)
{
  if (!std::exchange(isEndTold_, true)) out.emplace_back(Ending{endsAt_});
}

/// The server does not renew this relay for the new name.
void TurnClient::Machinery::takeBackCredentials(int code, HostTime now, Actions& out)
{
  auto next = server_.access.credentials();
  server_.access.use(*std::exchange(former_, std::nullopt));
  due_ = now + kBeforeNextRefresh;
  const bool areWrong = code == 401 && !server_.access.credentials().until; // ours are good for ever
  if (areWrong) return renewal_.hurry(now);
  renewal_.putBack(std::move(next));
  if (code != 401 && code != 441) return;
  renewal_.refuseNext();
  if (!outlivesCredentials_) renewal_.planChange(now);
  if (areRefused_) return tellEnd(out);
  if (renewal_.haveEnded(now)) askToStay(now, out);
}

void TurnClient::Machinery::tryNextCredentials(HostTime now, Actions& out)
{
  if (!renewal_.hasNext() || renewal_.isNextRefused() || inquiry_.isOpen() || isSilent_) return;
  if (phase_ == Phase::open) return tryNext(now, out);
  adoptNextCredentials(now);
  if (phase_ == Phase::waiting || phase_ == Phase::refused) allocate(now, out);
}

void TurnClient::Machinery::tryNext(HostTime now, Actions& out)
{
  former_ = server_.access.credentials();
  server_.access.use(*renewal_.takeNext());
  askToStay(now, out);
}

void TurnClient::Machinery::changeOver(HostTime now, Actions& out)
{
  successor_ = renewal_.takeNext();
  out.emplace_back(Lost{turn::credentialsEnd()});
  endRelay(out);
  giveBack(Phase::clearing, now, out);
}

void TurnClient::Machinery::cleared(HostTime now, Actions& out)
{
  adoptNextCredentials(now);
  allocate(now, out);
}

void TurnClient::Machinery::adoptNextCredentials(HostTime now)
{
  auto next = std::exchange(successor_, std::nullopt);
  if (renewal_.hasNext()) next = renewal_.takeNext(); // newer still
  if (!next) return;
  server_.access.use(std::move(*next));
  renewal_.begin(server_.access.credentials(), now);
}

void TurnClient::Machinery::take(TurnPeers::Trouble trouble, HostTime now, Actions& out)
{
  if (trouble == TurnPeers::Trouble::silence) suspect(now, out);
  if (trouble == TurnPeers::Trouble::relayGone) relayGone(now, out);
}

/// The relay may live on while the network is away: ask until it would have ended.
void TurnClient::Machinery::fallSilent(HostTime now, Actions& out)
{
  if (isStream()) return hearNothing(now, out);
  if (former_) {
    auto next = server_.access.credentials();
    server_.access.use(*std::exchange(former_, std::nullopt));
    renewal_.putBack(std::move(next));
  }
  due_ = now + patience_;
  patience_ = std::min(2 * patience_, kLongestPatience);
  if (std::exchange(isSilent_, true)) return;
  out.emplace_back(Lost{turn::silent(server_.at)});
  routes_ = {};
  out.emplace_back(RoutesChanged{});
}

/// The server does not know the relay (any more): it has started anew, or our address is another one.
void TurnClient::Machinery::relayGone(HostTime now, Actions& out)
{
  if (std::exchange(former_, std::nullopt)) renewal_.begin(server_.access.credentials(), now);
  adoptNextCredentials(now); // who needs a new relay anyway takes it by the new name
  if (!isSilent_) out.emplace_back(Lost{turn::whyNoRelay(437, server_.at)});
  endRelay(out);
  hasCleared_ = false;
  allocate(now, out);
}

void TurnClient::Machinery::lose(Error why, HostTime now, Actions& out)
{
  out.emplace_back(Lost{std::move(why)});
  endRelay(out);
  const bool isAway = server_.at != home_;
  if (isAway) {
    server_.at = home_;
    server_.access.forgetChallenge();
    server_.patience = {};
  }
  redirections_ = 0;
  hasCleared_ = false;
  phase_ = Phase::waiting;
  due_ = now + patience_;
  patience_ = std::min(2 * patience_, kLongestPatience);
  if (isStream() && isAway) reconnect(out);
}

void TurnClient::Machinery::hearNothing(HostTime now, Actions& out)
{
  lose(turn::silent(server_.at), now, out);
  if (isStream()) reconnect(out);
}

void TurnClient::Machinery::reconnect(Actions& out)
{
  due_.reset();
  if (std::exchange(phase_, Phase::resting) != Phase::resting) out.emplace_back(Reconnect{});
}

} // namespace tutti::net
