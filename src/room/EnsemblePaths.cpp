// By which ways the others are reached: checks, and their answers. The choice: EnsembleRoutes.cpp. The
// forwarder: EnsembleServer.cpp.
#include <tutti/room/Ensemble.hpp>

#include <algorithm>
#include <chrono>

#include <tutti/room/Candidates.hpp>

#include "Checking.hpp"

namespace tutti::room {
namespace {

using namespace std::chrono_literals;
using net::stun::Attribute;
namespace stun = net::stun;

constexpr auto kBetweenRestarts = 30s; // a member's cards may come as often as they like
constexpr std::size_t kMostWays =
  2 * kMostCandidates; // with what comes by our relays, and from unknown doors

/// Whom it is for, then who asks.
std::string checkUser(const MemberId& to, const MemberId& from)
{
  return to.text() + ':' + from.text();
}

} // namespace

/// How a member would be reached that way; nothing where we do not send.
std::optional<Path> Ensemble::pathTo(const Fellow& fellow, const Way& way) const
{
  const auto there = reachable({way.to}, local_);
  if (std::ranges::find(there, way.to) == there.end()) return std::nullopt;
  if (way.via) {
    const bool isOpen = findRelay(*way.via) != nullptr && mayBeRelayed(way.to.address, way.via->address);
    return isOpen ? std::optional{Path{PathKind::turn, way.to, way.via}} : std::nullopt;
  }
  const auto relays = fellow.card.relays();
  const bool isTheirRelay = std::ranges::find(relays, way.to) != relays.end();
  const bool isInLan = isOnOurLinks(way.to.address, local_);
  return Path{isTheirRelay ? PathKind::turn : isInLan ? PathKind::lan : PathKind::direct, way.to};
}

void Ensemble::addChecks(Fellow& fellow, HostTime now) const
{
  for (const auto& candidate : reachable(fellow.card.candidates, local_))
    if (const auto path = pathTo(fellow, candidate)) addCheck(fellow, *path, now);
  addRelayedChecks(fellow, now);
}

/// Where there is no place left, one that leads nowhere makes room.
PathCheck* Ensemble::addCheck(Fellow& fellow, const Path& path, HostTime now)
{
  auto& checks = fellow.checks;
  const auto known =
    std::ranges::find_if(checks, [&](const PathCheck& check) { return check.path().way() == path.way(); });
  if (known != checks.end()) return &*known;
  if (checks.size() < kMostWays) return &checks.emplace_back(path, now);
  const auto old = std::ranges::find_if(checks, &PathCheck::isSpent);
  if (old == checks.end()) return nullptr;
  *old = PathCheck{path, now};
  return &*old;
}

/// Our own network has changed. What still carries goes on without a gap.
void Ensemble::renewChecks(Fellow& fellow, HostTime now) const
{
  std::erase_if(fellow.checks, [this, &fellow](const PathCheck& check) {
    return pathTo(fellow, check.path().way()) != check.path(); // out of reach now, or reached otherwise
  });
  for (auto& check : fellow.checks) check.doubt(now);
  addChecks(fellow, now);
}

HostTime Ensemble::restartDeadline(const Fellow& fellow)
{
  return fellow.restartedAt + kBetweenRestarts;
}

/// A new card says that their network has changed. What carries is left alone: it is found out if it does
/// not. What leads nowhere, and is not in the card any more, is forgotten.
void Ensemble::restartChecks(Fellow& fellow, HostTime now) const
{
  if (!fellow.isRestartDue || now < restartDeadline(fellow)) return;
  fellow.isRestartDue = false;
  fellow.restartedAt = now;
  const auto told = reachable(fellow.card.candidates, local_);
  std::erase_if(fellow.checks, [&told](const PathCheck& check) {
    return check.isSpent() && std::ranges::find(told, check.path().to) == told.end();
  });
  for (auto& check : fellow.checks)
    if (!check.carries()) check.restart(now);
  addChecks(fellow, now);
}

void Ensemble::note(const stun::TransactionId& id, const Path& path, std::optional<MemberId> member,
                    HostTime now)
{
  constexpr std::size_t kMost = 512;
  if (pending_.size() == kMost) pending_.erase(pending_.begin());
  pending_.push_back({id, path, member, now});
}

/// In turn: where more are due than may leave, nobody waits for all that another one has to ask.
void Ensemble::checkFellows(HostTime now, Actions& out)
{
  bool isSomebodyWaiting = false;
  auto asked = turn_;
  auto next = fellows_.upper_bound(turn_);
  for (std::size_t i = 0; i < fellows_.size(); ++i, ++next) {
    if (next == fellows_.end()) next = fellows_.begin();
    const auto before = out.size();
    if (!checkFellow(next->second, now, out)) isSomebodyWaiting = true;
    if (out.size() > before) asked = next->first;
  }
  if (isSomebodyWaiting) turn_ = asked;
}

/// Those that wait longest come first. False: there is more to ask than may be asked.
bool Ensemble::checkFellow(Fellow& fellow, HostTime now, Actions& out)
{
  constexpr auto kPause = 500ms; // a guess that has to wait
  restartChecks(fellow, now);
  advanceChecks(fellow, now, out);
  for (;;) {
    const auto next = std::ranges::min_element(fellow.checks, {}, &PathCheck::nextDeadline);
    if (next == fellow.checks.end() || !next->isDue(now)) return true;
    if (!checks_.hasOne(now)) return false;
    if (next->isGuess() && !fellow.guesses.tryTake(now)) {
      next->hurry(now + kPause);
      continue;
    }
    checks_.tryTake(now);
    askFellow(fellow, *next, now, out);
  }
}

void Ensemble::askFellow(const Fellow& fellow, PathCheck& check, HostTime now, Actions& out)
{
  const auto id = drawTransaction();
  stun::Writer question{stun::Class::request, stun::Method::binding, id};
  question.add(Attribute::username, checkUser(fellow.card.id, us_.id()));
  question.padTo(kPadded);
  question.seal(fellow.password);
  question.addFingerprint();
  check.sent(now);
  note(id, check.path(), fellow.card.id, now);
  out.emplace_back(SendDatagram{check.path().way(), copyOf(question)});
}

/// Where one way does not carry any more, ways by relays are asked at once: they may have the server in
/// common. And that may have started anew: it is asked, too.
void Ensemble::advanceChecks(Fellow& fellow, HostTime now, Actions& out)
{
  bool isOneNew = false;
  for (auto& check : fellow.checks) {
    const bool wasSuspected = check.isSuspected();
    check.advance(now);
    if (!check.isSuspected() || wasSuspected) continue;
    isOneNew = true;
    if (check.path().via) out.emplace_back(SuspectRelay{*check.path().via});
  }
  if (!isOneNew) return;
  for (auto& check : fellow.checks)
    if (check.path().kind == PathKind::turn && check.carries() && !check.isSuspected()) check.doubt(now);
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

/// Somebody in the room asks whether we hear. It may tell us an address of theirs, too, but proves none: a
/// question can be caught and sent again from elsewhere. So we ask there ourselves.
void Ensemble::answerCheck(const stun::Message& question, const Way& from, HostTime at, Actions& out)
{
  const auto user = question.text(Attribute::username);
  const auto ours = us_.id().text() + ':';
  if (!user || !user->starts_with(ours)) return;
  const auto asker = MemberId::parse(user->substr(ours.size()));
  const auto found = asker ? fellows_.find(*asker) : fellows_.end();
  if (found == fellows_.end() || !question.isSealedWith(found->second.password)) return;
  auto& fellow = found->second;
  const auto path = pathTo(fellow, from);
  if (!path || !mayAnswer(fellow, from, at)) return;
  auto* check = addCheck(fellow, *path, at);
  if (check == nullptr) return; // an answer would say that we let their media in from there
  stun::Writer reply{stun::Class::success, stun::Method::binding, question.transaction()};
  reply.addXorMappedAddress(from.to);
  reply.seal(fellow.password);
  reply.addFingerprint();
  out.emplace_back(SendDatagram{from, copyOf(reply)});
  check->encourage(at);
  checkFellow(fellow, at, out);
}

bool Ensemble::mayAnswer(Fellow& fellow, const Way& to, HostTime at)
{
  const auto known = std::ranges::find(fellow.proved, to, &Proved::way);
  return (known == fellow.proved.end() ? fellow.answers : known->answers).tryTake(at);
}

void Ensemble::hearAnswer(const stun::Message& answer, const Way& from, HostTime at, Actions& out)
{
  const auto pending = std::ranges::find(pending_, answer.transaction(), &Pending::id);
  if (pending == pending_.end() || from != pending->path.way()) return; // RFC 8445 7.2.5.2.1
  const auto asked = *pending;
  const bool isHeard = asked.member ? hearFellow(asked, answer, at) : hearServer(asked, answer, at);
  if (!isHeard) return;
  std::erase_if(pending_, [&asked](const Pending& other) { return other.id == asked.id; });
  const auto more = advance(at);
  out.insert(out.end(), more.begin(), more.end());
}

bool Ensemble::hearFellow(const Pending& asked, const stun::Message& answer, HostTime at)
{
  const auto found = fellows_.find(*asked.member);
  if (found == fellows_.end() || !answer.isSealedWith(found->second.password)) return false;
  prove(found->second, asked.path.way(), at);
  for (auto& check : found->second.checks) {
    if (check.path().way() != asked.path.way()) continue;
    check.answered(roundTripOf(asked.sentAt, at), at);
    check.expectTraffic(false,
                        at); // it answers: silence on it has other reasons, until something comes again
  }
  return true;
}

void Ensemble::prove(Fellow& fellow, const Way& from, HostTime at)
{
  if (std::ranges::find(fellow.proved, from, &Proved::way) != fellow.proved.end()) return;
  if (fellow.proved.size() == 2 * kMostWays) fellow.proved.pop_front();
  fellow.proved.push_back({from, time::TokenBucket{kAnswers, at}});
}

bool Ensemble::mayComeFrom(std::uint16_t slot, const Way& from) const
{
  if (forwarder_ && forwarder_->path().way() == from) return true;
  return std::ranges::any_of(fellows_, [&](const auto& entry) {
    const auto& fellow = entry.second;
    return fellow.slot == slot && std::ranges::find(fellow.proved, from, &Proved::way) != fellow.proved.end();
  });
}

void Ensemble::hearMedia(std::uint16_t slot, const Way& from, HostTime at)
{
  if (forwarder_ && forwarder_->path().way() == from) {
    forwarder_->expectTraffic(true, at);
    forwarder_->heard(at);
    return;
  }
  auto* fellow = fellowAt(slot);
  if (fellow == nullptr) return;
  for (auto& check : fellow->checks) {
    if (check.path().way() != from) continue;
    check.expectTraffic(true, at);
    check.heard(at);
  }
}

} // namespace tutti::room
