// What the room's server is to a member: the forwarder, and a mirror that shows how the world sees us.
#include <tutti/room/Ensemble.hpp>

#include <chrono>
#include <utility>

#include "Checking.hpp"

namespace tutti::room {
namespace {

using namespace std::chrono_literals;
using net::stun::Attribute;
namespace stun = net::stun;

constexpr std::size_t kLongestCookie = 32; // of other servers; ours have 16 bytes. It must fit into a check

} // namespace

void Ensemble::checkForwarder(HostTime now, Actions& out)
{
  if (!forwarder_) return;
  forwarder_->advance(now);
  if (!forwarder_->carries()) isProved_ = false;
  if (forwarder_->isSpent() && mirror_ && mirror_->carries()) useMirror(now);
  if (forwarder_->isSpent()) forwarder_->restart(now + 1s); // it is not a guess: it will come back
  if (!forwarder_->isDue(now) || !checks_.tryTake(now)) return;
  const auto id = drawTransaction();
  stun::Writer question{stun::Class::request, stun::Method::binding, id};
  question.add(Attribute::username, std::string_view{stunUser_});
  if (!cookie_.empty()) question.add(Attribute::cookie, cookie_);
  ByteString slots;
  for (const auto slot : without_) ByteStringWriter{slots}.u16(slot);
  if (!slots.empty()) question.add(Attribute::without, slots);
  cookieSent_ = cookie_;
  askServer(*forwarder_, question, id, now, out);
}

/// Without a cookie: it sends nothing to us, but shows how it sees us.
void Ensemble::checkMirror(HostTime now, Actions& out)
{
  if (!mirror_) return;
  mirror_->advance(now);
  if (!mirror_->isDue(now) || !checks_.tryTake(now)) return;
  const auto id = drawTransaction();
  stun::Writer question{stun::Class::request, stun::Method::binding, id};
  question.add(Attribute::username, std::string_view{stunUser_});
  askServer(*mirror_, question, id, now, out);
}

/// The server is reached by its other address only, as where a network knows one family.
void Ensemble::useMirror(HostTime now)
{
  std::swap(forwarder_, mirror_);
  cookie_.clear();
  forwarder_->hurry(now);
  mirror_->restart(now + 1s);
}

void Ensemble::askServer(PathCheck& check, stun::Writer question, const stun::TransactionId& id, HostTime now,
                         Actions& out)
{
  question.padTo(kPadded);
  question.seal(stunPassword_);
  question.addFingerprint();
  check.sent(now);
  note(id, check.path(), std::nullopt, now);
  out.emplace_back(SendDatagram{check.path().way(), copyOf(question)});
}

bool Ensemble::hearServer(const Pending& asked, const stun::Message& answer, HostTime at)
{
  if (!answer.isSealedWith(stunPassword_)) return false;
  const auto roundTrip = roundTripOf(asked.sentAt, at);
  const bool isForwarder = forwarder_ && forwarder_->path() == asked.path;
  const bool isMirror = mirror_ && mirror_->path() == asked.path;
  if (isForwarder && !hearForwarder(answer, roundTrip, at)) return false;
  if (isMirror) mirror_->answered(roundTrip, at);
  for (auto& scout : scouts_)
    if (scout.check.path() == asked.path) scout.check.answered(roundTrip, at);
  const auto seen = answer.xorMappedAddress();
  if (seen && (isForwarder || isMirror)) outside_.seen(*seen);
  return true;
}

bool Ensemble::hearForwarder(const stun::Message& answer, Micros roundTrip, HostTime at)
{
  const auto cookie = answer.find(Attribute::cookie);
  if (!cookie || cookie->size() > kLongestCookie) return false;
  cookie_.assign(cookie->begin(), cookie->end());
  forwarder_->answered(roundTrip, at);
  forwarder_->expectTraffic(false, at);
  // Another one than we sent: ours was none, or too old to prove anything, or soon is. It is returned at
  // once.
  const bool isReturned = cookie_ == cookieSent_;
  if (!isReturned && isProved_) forwarder_->hurry(at);
  if (!isReturned && !isProved_) forwarder_->restart(at);
  isProved_ = isProved_ || isReturned;
  return true;
}

} // namespace tutti::room
