// By which ways the others are reached: checks, their answers, the forwarder, the choice.
#include <tutti/room/Ensemble.hpp>

#include <algorithm>
#include <chrono>

#include <tutti/room/Candidates.hpp>

#include "Sodium.hpp"

namespace tutti::room {
namespace {

using namespace std::chrono_literals;
using net::stun::Attribute;
namespace stun = net::stun;

constexpr std::size_t kMostPending = 512;
constexpr std::size_t kLongestCookie = 32; // of other servers; ours have 16 bytes. It must fit into a check
constexpr auto kBetweenRestarts = 30s;     // a member's cards may come as often as they like
constexpr std::size_t kPadded = 108;       // as long as the longest answer: spec room R-18

stun::TransactionId drawTransaction()
{
  stun::TransactionId id{};
  fillRandom(id);
  return id;
}

ByteString copyOf(std::span<const std::byte> bytes)
{
  return {bytes.begin(), bytes.end()};
}

/// Whom it is for, then who asks.
std::string checkUser(const MemberId& to, const MemberId& from)
{
  return to.text() + ':' + from.text();
}

} // namespace

void Ensemble::addChecks(Fellow& fellow, HostTime now) const
{
  for (const auto& candidate : reachable(fellow.card.candidates, local_)) {
    const auto kind = isOnOurLinks(candidate.address, local_) ? PathKind::lan : PathKind::direct;
    addCheck(fellow, {kind, candidate}, now);
  }
}

/// Where there is no place left, one that was given up makes room.
PathCheck* Ensemble::addCheck(Fellow& fellow, const Path& path, HostTime now)
{
  auto& checks = fellow.checks;
  const auto known =
    std::ranges::find_if(checks, [&](const PathCheck& check) { return check.path().to == path.to; });
  if (known != checks.end()) return &*known;
  if (checks.size() < kMostCandidates) return &checks.emplace_back(path, now);
  const auto old = std::ranges::find_if(checks, &PathCheck::isGivenUp);
  if (old == checks.end()) return nullptr;
  *old = PathCheck{path, now};
  return &*old;
}

HostTime Ensemble::restartDeadline(const Fellow& fellow)
{
  return fellow.restartedAt + kBetweenRestarts;
}

/// A new card says that their network has changed. What carries is left alone: it is found out if it does
/// not.
void Ensemble::restartChecks(Fellow& fellow, HostTime now)
{
  if (!fellow.isRestartDue || now < restartDeadline(fellow)) return;
  fellow.isRestartDue = false;
  fellow.restartedAt = now;
  for (auto& check : fellow.checks)
    if (!check.carries()) check.restart(now);
}

void Ensemble::note(const stun::TransactionId& id, const Path& path, std::optional<MemberId> member,
                    HostTime now)
{
  if (pending_.size() == kMostPending) pending_.erase(pending_.begin());
  pending_.push_back({id, path, member, now});
}

void Ensemble::checkForwarder(HostTime now, Actions& out)
{
  if (!forwarder_) return;
  forwarder_->advance(now);
  if (!forwarder_->carries()) isProved_ = false;
  if (forwarder_->isGivenUp()) forwarder_->restart(now + 1s); // it is not a guess: it will come back
  if (!forwarder_->isDue(now) || !checks_.tryTake(now)) return;
  const auto id = drawTransaction();
  stun::Writer question{stun::Class::request, stun::Method::binding, id};
  question.add(Attribute::username, std::string_view{stunUser_});
  if (!cookie_.empty()) question.add(Attribute::cookie, cookie_);
  ByteString slots;
  for (const auto slot : without_) ByteStringWriter{slots}.u16(slot);
  if (!slots.empty()) question.add(Attribute::without, slots);
  question.padTo(kPadded);
  question.seal(stunPassword_);
  question.addFingerprint();
  cookieSent_ = cookie_;
  forwarder_->sent(now);
  note(id, forwarder_->path(), std::nullopt, now);
  out.emplace_back(SendDatagram{forwarder_->path().to, copyOf(question.bytes())});
}

void Ensemble::checkFellow(Fellow& fellow, HostTime now, Actions& out)
{
  restartChecks(fellow, now);
  for (auto& check : fellow.checks) {
    check.advance(now);
    if (!check.isDue(now) || !checks_.tryTake(now)) continue;
    const auto id = drawTransaction();
    stun::Writer question{stun::Class::request, stun::Method::binding, id};
    question.add(Attribute::username, checkUser(fellow.card.id, us_.id()));
    question.padTo(kPadded);
    question.seal(fellow.password);
    question.addFingerprint();
    check.sent(now);
    note(id, check.path(), fellow.card.id, now);
    out.emplace_back(SendDatagram{check.path().to, copyOf(question.bytes())});
  }
}

Ensemble::Actions Ensemble::hearDatagram(std::span<const std::byte> datagram, const Endpoint& from,
                                         HostTime at)
{
  Actions out;
  const auto message = stun::Message::parse(datagram);
  if (!message || !message->hasFingerprint()) return out;
  if (message->messageClass() == stun::Class::request) answerCheck(*message, from, at, out);
  if (message->messageClass() == stun::Class::success) hearAnswer(*message, from, at, out);
  return out;
}

/// Somebody in the room asks whether we hear. It may tell us an address of theirs, too, but proves none: a
/// question can be caught and sent again from elsewhere. So we ask there ourselves.
void Ensemble::answerCheck(const stun::Message& question, const Endpoint& from, HostTime at, Actions& out)
{
  const auto user = question.text(Attribute::username);
  const auto ours = us_.id().text() + ':';
  if (!user || !user->starts_with(ours)) return;
  const auto asker = MemberId::parse(user->substr(ours.size()));
  const auto found = asker ? fellows_.find(*asker) : fellows_.end();
  if (found == fellows_.end() || !question.isSealedWith(found->second.password)) return;
  stun::Writer reply{stun::Class::success, stun::Method::binding, question.transaction()};
  reply.addXorMappedAddress(from);
  reply.seal(found->second.password);
  reply.addFingerprint();
  out.emplace_back(SendDatagram{from, copyOf(reply.bytes())});
  if (reachable({from}, local_).empty()) return;
  const auto kind = isOnOurLinks(from.address, local_) ? PathKind::lan : PathKind::direct;
  auto* check = addCheck(found->second, {kind, from}, at);
  if (check == nullptr) return;
  check->encourage(at);
  checkFellow(found->second, at, out);
}

void Ensemble::hearAnswer(const stun::Message& answer, const Endpoint& from, HostTime at, Actions& out)
{
  const auto pending = std::ranges::find(pending_, answer.transaction(), &Pending::id);
  if (pending == pending_.end() || from != pending->path.to) return; // RFC 8445 7.2.5.2.1
  const auto asked = *pending;
  const auto asker = asked.member ? fellows_.find(*asked.member) : fellows_.end();
  if (asked.member && asker == fellows_.end()) return;
  if (!answer.isSealedWith(asked.member ? asker->second.password : stunPassword_)) return;
  pending_.erase(pending);
  const auto roundTrip = std::max(at - asked.sentAt, Micros{1});
  if (asked.member) {
    prove(asker->second, from);
    for (auto& check : asker->second.checks) {
      if (check.path() != asked.path) continue;
      check.answered(roundTrip, at);
      check.expectTraffic(false,
                          at); // it answers: silence on it has other reasons, until something comes again
    }
  } else if (forwarder_ && forwarder_->path() == asked.path) {
    const auto cookie = answer.find(Attribute::cookie);
    if (!cookie || cookie->size() > kLongestCookie) return;
    cookie_ = copyOf(*cookie);
    forwarder_->answered(roundTrip, at);
    forwarder_->expectTraffic(false, at);
    // Another one than we sent: ours was none, or too old to prove anything, or soon is. It is returned at
    // once.
    const bool isReturned = cookie_ == cookieSent_;
    if (!isReturned && isProved_) forwarder_->hurry(at);
    if (!isReturned && !isProved_) forwarder_->restart(at);
    isProved_ = isProved_ || isReturned;
  }
  const auto more = advance(at);
  out.insert(out.end(), more.begin(), more.end());
}

void Ensemble::prove(Fellow& fellow, const Endpoint& from)
{
  if (std::ranges::find(fellow.proved, from) != fellow.proved.end()) return;
  if (fellow.proved.size() == 2 * kMostCandidates) fellow.proved.pop_front();
  fellow.proved.push_back(from);
}

bool Ensemble::mayComeFrom(std::uint16_t slot, const Endpoint& from) const
{
  if (forwarder_ && forwarder_->path().to == from) return true;
  return std::ranges::any_of(fellows_, [&](const auto& entry) {
    const auto& fellow = entry.second;
    return fellow.slot == slot && std::ranges::find(fellow.proved, from) != fellow.proved.end();
  });
}

void Ensemble::hearMedia(std::uint16_t slot, const Endpoint& from, HostTime at)
{
  if (forwarder_ && forwarder_->path().to == from) {
    forwarder_->expectTraffic(true, at);
    forwarder_->heard(at);
    return;
  }
  auto* fellow = fellowAt(slot);
  if (fellow == nullptr) return;
  for (auto& check : fellow->checks) {
    if (check.path().to != from) continue;
    check.expectTraffic(true, at);
    check.heard(at);
  }
}

void Ensemble::chooseRoutes(Actions& out, HostTime now)
{
  std::vector<Endpoint> routes;
  std::vector<std::uint16_t> without;
  bool needsForwarder = false;
  for (auto& [id, fellow] : fellows_) {
    std::vector<PathChoice::Offer> offers;
    for (const auto& check : fellow.checks)
      if (check.carries() && check.roundTrip()) offers.push_back({check.path(), *check.roundTrip()});
    if (isProved_ && forwarder_->roundTrip())
      offers.push_back({forwarder_->path(), *forwarder_->roundTrip() + fellow.forwarderRoundTrip});
    const auto path = fellow.choice.choose(offers, now);
    if (!path) continue;
    if (path->kind == PathKind::forwarder) {
      needsForwarder = true;
      continue;
    }
    routes.push_back(path->to);
    without.push_back(fellow.slot);
  }
  if (needsForwarder) routes.push_back(forwarder_->path().to);
  if (!needsForwarder) without.clear(); // nothing goes there anyway
  if (without != without_) {
    without_ = without;
    if (forwarder_ && isProved_) { // tell it at once, or somebody misses packets
      forwarder_->hurry(now);
      checkForwarder(now, out);
    }
  }
  if (routes == routes_) return;
  routes_ = routes;
  isHelloDue_ = true;
  out.emplace_back(SetRoutes{routes});
}

} // namespace tutti::room
