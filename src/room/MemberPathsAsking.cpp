// Checks of a member's ways, and the answers to them.
#include <tutti/room/MemberPaths.hpp>

#include <algorithm>
#include <chrono>

#include "Checking.hpp"

namespace tutti::room {
namespace {

using namespace std::chrono_literals;
using net::stun::Attribute;
namespace stun = net::stun;

} // namespace

bool MemberPaths::advance(const OwnPlace& here, HostTime now, time::TokenBucket& pace, Sent& out)
{
  constexpr auto kPause = 500ms; // a guess that has to wait
  open_.advance(now);
  restart(here, now);
  suspect(now, out);
  for (;;) {
    const auto next = std::ranges::min_element(checks_, {}, &PathCheck::nextDeadline);
    if (next == checks_.end() || !next->isDue(now)) return true;
    if (!pace.hasOne(now)) return false;
    if (next->isGuess() && !guesses_.tryTake(now)) {
      next->hurry(now + kPause);
      continue;
    }
    pace.tryTake(now);
    ask(*next, now, out);
  }
}

/// Where one way does not carry any more, ways by relays are asked at once: they may have the server in
/// common. And that may have started anew: it is asked, too.
void MemberPaths::suspect(HostTime now, Sent& out)
{
  bool isOneNew = false;
  for (auto& check : checks_) {
    const bool wasSuspected = check.isSuspected();
    check.advance(now);
    if (!check.isSuspected() || wasSuspected) continue;
    isOneNew = true;
    if (check.path().via) out.suspects.push_back(*check.path().via);
  }
  if (!isOneNew) return;
  for (auto& check : checks_)
    if (check.path().kind == PathKind::turn && check.carries() && !check.isSuspected()) check.doubt(now);
}

void MemberPaths::ask(PathCheck& check, HostTime now, Sent& out)
{
  const auto id = drawTransaction();
  stun::Writer question{stun::Class::request, stun::Method::binding, id};
  question.add(Attribute::username, parties_.them.text() + ':' + parties_.us.text());
  question.padTo(kPadded);
  question.seal(parties_.password);
  question.addFingerprint();
  check.sent(now);
  open_.add({id, check.path(), now});
  out.datagrams.push_back({check.path().way(), copyOf(question)});
}

/// They may tell us an address of theirs, too, but prove none: a question can be caught and sent again from
/// elsewhere. So we ask there ourselves.
void MemberPaths::answer(const stun::Message& question, const Way& from, const OwnPlace& here, HostTime at,
                         time::TokenBucket& pace, Sent& out)
{
  if (!question.isSealedWith(parties_.password)) return;
  const auto path = pathTo(from, here);
  if (!path || !mayAnswer(from, at)) return;
  auto* check = addCheck(*path, at);
  if (check == nullptr) return; // an answer would say that we let their media in from there
  stun::Writer reply{stun::Class::success, stun::Method::binding, question.transaction()};
  reply.addXorMappedAddress(from.to);
  reply.seal(parties_.password);
  reply.addFingerprint();
  out.datagrams.push_back({from, copyOf(reply)});
  check->encourage(at);
  advance(here, at, pace, out);
}

bool MemberPaths::mayAnswer(const Way& to, HostTime at)
{
  const auto known = std::ranges::find(proved_, to, &Proved::way);
  return (known == proved_.end() ? answers_ : known->answers).tryTake(at);
}

bool MemberPaths::hear(const stun::Message& answer, const Way& from, HostTime at)
{
  const auto asked = open_.find(answer.transaction(), from);
  if (!asked || !answer.isSealedWith(parties_.password)) return false;
  prove(from, at);
  for (auto& check : checks_) {
    if (check.path().way() != from) continue;
    check.answered(roundTripOf(asked->sentAt, at), at);
    check.expectTraffic(false,
                        at); // it answers: silence on it has other reasons, until something comes again
  }
  open_.close(asked->id);
  return true;
}

void MemberPaths::hearMedia(const Way& from, HostTime at)
{
  for (auto& check : checks_) {
    if (check.path().way() != from) continue;
    check.expectTraffic(true, at);
    check.heard(at);
  }
}

} // namespace tutti::room
