#include <tutti/room/Forwarders.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

#include <tutti/room/Candidates.hpp>

#include "Checking.hpp"

namespace tutti::room {
namespace {

using namespace std::chrono_literals;
using net::stun::Attribute;
namespace stun = net::stun;

constexpr std::size_t kLongestCookie = 32; // of other servers; ours have 16 bytes. It must fit into a check

PathCheck checkOf(const Endpoint& forwarder, HostTime now)
{
  return {{PathKind::forwarder, forwarder}, now};
}

} // namespace

void Forwarders::join(const wire::JoinReply& joined, const std::vector<IpAddress>& servers,
                      const Local& local, HostTime now)
{
  user_ = joined.stunUser;
  password_ = joined.stunPassword;
  servers_ = servers;
  serverPort_ = joined.udpPort;
  places_.clear();
  scouts_.clear();
  offer(joined.update.forwarders, local, now);
}

void Forwarders::offer(std::vector<wire::RoomForwarder> forwarders, const Local& local, HostTime now)
{
  offered_ = std::move(forwarders);
  settle(local, now);
}

void Forwarders::moved(const Local& local, HostTime now)
{
  if (own_) own_->doubt(now);
  if (mirror_) mirror_->doubt(now);
  for (auto& scout : scouts_) scout.check.doubt(now);
  settle(local, now);
}

/// Where a forwarder may be asked: at the directory's own address always, elsewhere as a member's candidates
/// . Wherever a directory sends us, nobody gets more than our checks who does not know their password.
std::vector<Endpoint> Forwarders::placesOf(const wire::RoomForwarder& forwarder, const Local& local) const
{
  std::vector<Endpoint> places;
  for (const auto& address : forwarder.addresses) {
    const Endpoint place{address, forwarder.port};
    const bool isDirectorys = std::ranges::find(servers_, address) != servers_.end();
    if (isDirectorys || !reachable({place}, local).empty()) places.push_back(place);
  }
  return places;
}

/// The first one that we were told of is ours. What stays the same goes on as it is.
void Forwarders::settle(const Local& local, HostTime now)
{
  std::vector<Endpoint> places;
  if (!offered_.empty())
    places = placesOf(offered_.front(), local);
  else
    for (const auto& server : servers_) places.push_back({server, serverPort_});
  if (places != places_) {
    places_ = std::move(places);
    begin(now);
  }
  std::vector<Scout> scouts;
  for (std::size_t i = 1; i < offered_.size(); ++i) {
    const auto there = placesOf(offered_[i], local);
    if (there.empty()) continue;
    const auto known = std::ranges::find_if(scouts_, [&](const Scout& scout) {
      return scout.id == offered_[i].id && scout.check.path().to == there.front();
    });
    scouts.push_back(known != scouts_.end() ? *known : Scout{offered_[i].id, checkOf(there.front(), now)});
  }
  scouts_ = std::move(scouts);
}

void Forwarders::begin(HostTime now)
{
  cookie_.clear();
  cookieSent_.clear();
  isProved_ = false;
  own_.reset();
  mirror_.reset();
  if (!places_.empty()) own_ = checkOf(places_[0], now);
  if (places_.size() > 1) mirror_ = checkOf(places_[1], now);
}

void Forwarders::advance(HostTime now, time::TokenBucket& pace, Sent& out)
{
  open_.advance(now);
  checkOwn(now, pace, out);
  if (mirror_) checkOther(*mirror_, now, pace, out);
  for (auto& scout : scouts_) checkOther(scout.check, now, pace, out);
}

HostTime Forwarders::nextDeadline() const
{
  auto due = HostTime::max();
  for (const auto* check : {&own_, &mirror_})
    if (*check) due = std::min(due, (*check)->nextDeadline());
  for (const auto& scout : scouts_) due = std::min(due, scout.check.nextDeadline());
  return due;
}

void Forwarders::checkOwn(HostTime now, time::TokenBucket& pace, Sent& out)
{
  if (!own_) return;
  own_->advance(now);
  if (!own_->carries()) isProved_ = false;
  if (own_->isSpent() && mirror_ && mirror_->carries()) useMirror(now);
  if (own_->isSpent()) own_->restart(now + 1s); // it is not a guess: it will come back
  if (!own_->isDue(now) || !pace.tryTake(now)) return;
  const auto id = drawTransaction();
  auto writer = question(id);
  if (!cookie_.empty()) writer.add(Attribute::cookie, cookie_);
  ByteString slots;
  for (const auto slot : without_) ByteStringWriter{slots}.u16(slot);
  if (!slots.empty()) writer.add(Attribute::without, slots);
  cookieSent_ = cookie_;
  ask(*own_, std::move(writer), id, now, out);
}

/// Without a cookie: it sends nothing to us.
void Forwarders::checkOther(PathCheck& check, HostTime now, time::TokenBucket& pace, Sent& out)
{
  check.advance(now);
  if (!check.isDue(now) || !pace.tryTake(now)) return;
  const auto id = drawTransaction();
  ask(check, question(id), id, now, out);
}

/// The server is reached by its other address only, as where a network knows one family.
void Forwarders::useMirror(HostTime now)
{
  std::swap(own_, mirror_);
  cookie_.clear();
  own_->hurry(now);
  mirror_->restart(now + 1s);
}

stun::Writer Forwarders::question(const stun::TransactionId& id) const
{
  stun::Writer question{stun::Class::request, stun::Method::binding, id};
  question.add(Attribute::username, std::string_view{user_});
  return question;
}

void Forwarders::ask(PathCheck& check, stun::Writer question, const stun::TransactionId& id, HostTime now,
                     Sent& out)
{
  question.padTo(kPadded);
  question.seal(password_);
  question.addFingerprint();
  check.sent(now);
  open_.add({id, check.path(), now});
  out.push_back({check.path().way(), copyOf(question)});
}

std::optional<Forwarders::Heard> Forwarders::hear(const stun::Message& answer, const Way& from, HostTime at)
{
  const auto asked = open_.find(answer.transaction(), from);
  if (!asked || !answer.isSealedWith(password_)) return std::nullopt;
  const auto roundTrip = roundTripOf(asked->sentAt, at);
  const bool isOwn = own_ && own_->path() == asked->path;
  const bool isMirror = mirror_ && mirror_->path() == asked->path;
  if (isOwn && !hearOwn(answer, roundTrip, at)) return std::nullopt;
  if (isMirror) mirror_->answered(roundTrip, at);
  for (auto& scout : scouts_)
    if (scout.check.path() == asked->path) scout.check.answered(roundTrip, at);
  open_.close(asked->id);
  return Heard{isOwn || isMirror ? answer.xorMappedAddress() : std::nullopt};
}

bool Forwarders::hearOwn(const stun::Message& answer, Micros roundTrip, HostTime at)
{
  const auto cookie = answer.find(Attribute::cookie);
  if (!cookie || cookie->size() > kLongestCookie) return false;
  cookie_.assign(cookie->begin(), cookie->end());
  own_->answered(roundTrip, at);
  own_->expectTraffic(false, at);
  // Another one than we sent: ours was none, or too old to prove anything, or soon is. It is returned at
  // once.
  const bool isReturned = cookie_ == cookieSent_;
  if (!isReturned && isProved_) own_->hurry(at);
  if (!isReturned && !isProved_) own_->restart(at);
  isProved_ = isProved_ || isReturned;
  return true;
}

void Forwarders::hearMedia(HostTime at)
{
  if (!own_) return;
  own_->expectTraffic(true, at);
  own_->heard(at);
}

void Forwarders::leaveOut(std::vector<std::uint16_t> slots, HostTime now, time::TokenBucket& pace, Sent& out)
{
  if (slots == without_) return;
  without_ = std::move(slots);
  if (!own_ || !isProved_) return;
  own_->hurry(now);
  checkOwn(now, pace, out);
}

std::optional<PathChoice::Offer> Forwarders::offered() const
{
  const auto there = isProved_ ? roundTrip() : std::nullopt;
  return there ? std::optional{PathChoice::Offer{own_->path(), *there}} : std::nullopt;
}

std::optional<Micros> Forwarders::roundTrip() const
{
  return own_ ? own_->roundTrip() : std::nullopt;
}

std::vector<wire::RoundTrip> Forwarders::roundTrips() const
{
  std::vector<wire::RoundTrip> all;
  const auto add = [&all](std::uint64_t id, const PathCheck& check) {
    const auto roundTrip = check.carries() ? check.roundTrip() : std::nullopt;
    if (roundTrip) all.push_back({id, static_cast<std::uint32_t>(roundTrip->count())});
  };
  if (!offered_.empty() && own_) add(offered_.front().id, *own_);
  for (const auto& scout : scouts_) add(scout.id, scout.check);
  return all;
}

} // namespace tutti::room
