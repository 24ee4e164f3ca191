// By which ways the others are reached: what is asked and answered, and what our relays are told.
#include <tutti/room/Ensemble.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

#include <tutti/room/Candidates.hpp>

namespace tutti::room {
namespace {

namespace stun = net::stun;

void append(Ensemble::Actions& out, Forwarders::Sent&& sent)
{
  out.insert(out.end(), std::make_move_iterator(sent.begin()), std::make_move_iterator(sent.end()));
}

void append(Ensemble::Actions& out, MemberPaths::Sent&& sent)
{
  for (const auto& relay : sent.suspects) out.emplace_back(Ensemble::SuspectRelay{relay});
  append(out, std::move(sent.datagrams));
}

} // namespace

void Ensemble::checkForwarders(HostTime now, Actions& out)
{
  Forwarders::Sent sent;
  forwarders_.advance(now, checks_, sent);
  append(out, std::move(sent));
}

/// In turn: where more are due than may leave, nobody waits for all that another one has to ask.
void Ensemble::checkFellows(HostTime now, Actions& out)
{
  bool isSomebodyWaiting = false;
  auto asked = turn_;
  auto next = fellows_.upper_bound(turn_);
  for (std::size_t i = 0; i < fellows_.size(); ++i, ++next) {
    if (next == fellows_.end()) next = fellows_.begin();
    MemberPaths::Sent sent;
    if (!next->second.paths.advance(here(), now, checks_, sent)) isSomebodyWaiting = true;
    if (!sent.isEmpty()) asked = next->first;
    append(out, std::move(sent));
  }
  if (isSomebodyWaiting) turn_ = asked;
}

Ensemble::Actions Ensemble::hearDatagram(std::span<const std::byte> datagram, const Way& from, HostTime at)
{
  Actions out;
  const auto message = stun::Message::parse(datagram);
  if (!message || !message->hasFingerprint()) return out;
  if (message->messageClass() == stun::Class::request) answerCheck(*message, from, at, out);
  if (message->messageClass() == stun::Class::success) hearAnswer(*message, from, at, out);
  return out;
}

/// Somebody in the room asks whether we hear: whom it is for, then who asks.
void Ensemble::answerCheck(const stun::Message& question, const Way& from, HostTime at, Actions& out)
{
  const auto user = question.text(stun::Attribute::username);
  const auto ours = us_.id().text() + ':';
  if (!user || !user->starts_with(ours)) return;
  const auto asker = MemberId::parse(user->substr(ours.size()));
  const auto found = asker ? fellows_.find(*asker) : fellows_.end();
  if (found == fellows_.end()) return;
  MemberPaths::Sent sent;
  found->second.paths.answer(question, from, here(), at, checks_, sent);
  append(out, std::move(sent));
}

void Ensemble::hearAnswer(const stun::Message& answer, const Way& from, HostTime at, Actions& out)
{
  const auto server = forwarders_.hear(answer, from, at);
  if (server && server->seen) outside_.seen(*server->seen);
  const bool isHeard = server || std::ranges::any_of(fellows_, [&](auto& entry) {
                         return entry.second.paths.hear(answer, from, at);
                       });
  if (!isHeard) return;
  const auto more = advance(at);
  out.insert(out.end(), more.begin(), more.end());
}

bool Ensemble::mayComeFrom(std::uint16_t slot, const Way& from) const
{
  if (forwarders_.isAt(from)) return true;
  return std::ranges::any_of(fellows_, [&](const auto& entry) {
    return entry.second.slot == slot && entry.second.paths.isProved(from);
  });
}

void Ensemble::hearMedia(std::uint16_t slot, const Way& from, HostTime at)
{
  if (forwarders_.isAt(from)) return forwarders_.hearMedia(at);
  if (auto* const fellow = fellowAt(slot)) fellow->paths.hearMedia(from, at);
}

void Ensemble::chooseRoutes(Actions& out, HostTime now)
{
  std::vector<Way> routes;
  std::vector<std::uint16_t> without;
  std::optional<Way> forwarder;
  const auto offered = forwarders_.offered();
  for (auto& [id, fellow] : fellows_) {
    auto all = offered;
    if (all) all->roundTrip += fellow.forwarderRoundTrip;
    const auto path = fellow.paths.choose(all, here(), now);
    if (!path) continue;
    if (path->kind == PathKind::forwarder) {
      forwarder = path->way();
      continue;
    }
    routes.push_back(path->way());
    without.push_back(fellow.slot);
  }
  if (forwarder) routes.push_back(*forwarder);
  if (!forwarder) without.clear(); // nothing goes there anyway
  Forwarders::Sent sent;
  forwarders_.leaveOut(std::move(without), now, checks_, sent);
  append(out, std::move(sent));
  if (routes == routes_) return;
  routes_ = routes;
  isHelloDue_ = true;
  relays_.review();
  out.emplace_back(SetRoutes{routes});
}

void Ensemble::tellRelays()
{
  outside_.setRelays(relays_.lasting());
}

void Ensemble::tryRelays(HostTime now)
{
  for (auto& [id, fellow] : fellows_) fellow.paths.tryRelays(here(), now);
}

Ensemble::Actions Ensemble::relayOpened(const Endpoint& relay, HostTime now)
{
  if (!relays_.opened(relay)) return {};
  tellRelays();
  return advance(now);
}

Ensemble::Actions Ensemble::seenByRelay(const Endpoint& us, HostTime now)
{
  outside_.seenByRelay(us);
  return advance(now);
}

Ensemble::Actions Ensemble::relayReaches(const Endpoint& relay, const Endpoint& peer, HostTime now)
{
  if (!relays_.reaches(relay, peer)) return {};
  tryRelays(now);
  return advance(now);
}

Ensemble::Actions Ensemble::relayRetires(const Endpoint& relay, HostTime now)
{
  if (!relays_.retires(relay)) return {};
  tellRelays();
  tryRelays(now);
  return advance(now);
}

Ensemble::Actions Ensemble::relayLost(const Endpoint& relay, HostTime now)
{
  if (!relays_.lost(relay)) return {};
  tellRelays();
  for (auto& [id, fellow] : fellows_) fellow.paths.relayLost(relay, here(), now);
  return advance(now);
}

void Ensemble::askRelays(Actions& out)
{
  if (!relays_.isReviewDue()) return;
  std::vector<std::vector<Endpoint>> candidates;
  for (const auto& [id, fellow] : fellows_) candidates.push_back(reachable(fellow.card.candidates, local_));
  if (auto ask = relays_.ask(routes_, std::move(candidates))) out.emplace_back(std::move(*ask));
}

} // namespace tutti::room
