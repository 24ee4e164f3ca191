#include <tutti/serve/Forwarder.hpp>

#include <algorithm>
#include <chrono>
#include <sodium.h>

#include <tutti/core/Assert.hpp>
#include <tutti/core/ByteReader.hpp>
#include <tutti/net/RtpPeek.hpp>

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;
using net::stun::Attribute;
namespace stun = net::stun;

constexpr auto kProofLasts = 10s; // spec room R-16
constexpr auto kCookieSlot = 10s; // spec room R-16
constexpr time::TokenBucket::Limits kPlayed{
  .atOnce = 3'000, .perSecond = 12'000}; // packets: 16 frames at 96 kHz, and its reports twice over
constexpr time::TokenBucket::Limits kMoves{.atOnce = 50, .perSecond = 25};
// All strangers together: an answer to an address that does not exist lies in the send buffer for seconds,
// until the system has looked for it in vain, and music would find no room there.
constexpr time::TokenBucket::Limits kStrangers{.atOnce = 200, .perSecond = 100};
constexpr std::size_t kShortestMedia = 24; // a header, and a seal that protects nothing
constexpr std::size_t kMostWithout = 64;

} // namespace

std::string_view nameOf(Drop reason)
{
  constexpr std::array<std::string_view, kDropReasons> kNames{"notMedia", "stranger",   "wrongSlot", "flood",
                                                              "badCheck", "shortCheck", "tooOften"};
  return kNames.at(static_cast<std::size_t>(reason));
}

std::size_t Forwarder::EndpointHash::operator()(const Endpoint& endpoint) const
{
  std::uint64_t hash = 0xcbf29ce484222325U ^ endpoint.port; // FNV-1a by words
  const auto& bytes = endpoint.address.bytes();
  for (std::size_t word = 0; word < bytes.size(); word += 4) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8U | bytes[word + i];
    hash = (hash ^ value) * 0x100000001b3U;
  }
  return hash ^ hash >> 29U;
}

Forwarder::Forwarder(const CookieKey& key)
  : key_{key}
  , strangers_{kStrangers, HostTime{}}
{
  TUTTI_ASSERT(sodium_init() >= 0);
  replies_.reserve(net::BatchSocket::kBatch);
}

Forwarder::~Forwarder() = default;
Forwarder::Forwarder(Forwarder&&) noexcept = default;

void Forwarder::admit(const Admission& admission)
{
  dismiss(admission.user);
  auto member =
    std::make_unique<Member>(Member{admission, {}, {}, {kPlayed, HostTime{}}, {kMoves, HostTime{}}});
  rooms_[admission.room].push_back(member.get());
  members_.emplace(admission.user, std::move(member));
}

void Forwarder::dismiss(const std::string& user)
{
  const auto found = members_.find(user);
  if (found == members_.end()) return;
  auto* member = found->second.get();
  std::erase_if(addresses_, [member](const auto& entry) { return entry.second.member == member; });
  const auto room = rooms_.find(member->admission.room);
  std::erase(room->second, member);
  if (room->second.empty()) rooms_.erase(room);
  members_.erase(found);
}

void Forwarder::receive(std::span<const net::Incoming> batch, HostTime now, std::vector<net::Outgoing>& out)
{
  replies_.clear();
  const auto before = out.size();
  for (const auto& packet : batch) take(packet, now, out);
  for (const auto& packet : std::span{out}.subspan(before)) counters_.bytesOut += packet.bytes.size();
  counters_.packetsOut += out.size() - before;
}

void Forwarder::take(const net::Incoming& packet, HostTime now, std::vector<net::Outgoing>& out)
{
  ++counters_.packetsIn;
  counters_.bytesIn += packet.bytes.size();
  switch (net::kindOf(packet.bytes)) {
  case net::PacketKind::media:
    return pass(packet, now, out);
  case net::PacketKind::stun:
    return answer(packet, now, out);
  case net::PacketKind::other:
    return drop(Drop::notMedia);
  }
}

void Forwarder::pass(const net::Incoming& packet, HostTime now, std::vector<net::Outgoing>& out)
{
  if (packet.bytes.size() < kShortestMedia) return drop(Drop::notMedia);
  const auto from = addresses_.find(packet.from);
  if (from == addresses_.end()) return drop(Drop::stranger);
  auto& member = *from->second.member;
  if (!isLiveAt(member, packet.from, now)) return drop(Drop::stranger);
  const auto peek = net::RtpPeek::at(packet.bytes);
  if (!peek) return drop(Drop::notMedia);
  if (peek->id.slot != member.admission.slot) return drop(Drop::wrongSlot);
  if (!member.packets.tryTake(now)) return drop(Drop::flood);
  for (const auto* other : *from->second.room) {
    if (other == &member) continue;
    const auto* to = liveNow(*other, now);
    if (to == nullptr || std::ranges::find(member.without, other->admission.slot) != member.without.end())
      continue;
    out.push_back({packet.bytes, to->at});
  }
}

void Forwarder::answer(const net::Incoming& packet, HostTime now, std::vector<net::Outgoing>& out)
{
  const auto question = stun::Message::parse(packet.bytes);
  const bool isQuestion = question && question->messageClass() == stun::Class::request &&
                          question->method() == static_cast<std::uint16_t>(stun::Method::binding);
  if (!isQuestion) return drop(Drop::badCheck);
  if (question->find(Attribute::username)) return answerMember(packet, *question, now, out);
  answerPlain(packet, *question, now, out);
}

void Forwarder::answerPlain(const net::Incoming& packet, const stun::Message& question, HostTime now,
                            std::vector<net::Outgoing>& out)
{
  if (!strangers_.hasOne(now)) return drop(Drop::tooOften);
  stun::Writer reply{stun::Class::success, stun::Method::binding, question.transaction()};
  reply.addXorMappedAddress(packet.from);
  reply.addFingerprint();
  if (send(packet, reply, out)) strangers_.tryTake(now);
}

void Forwarder::answerMember(const net::Incoming& packet, const stun::Message& question, HostTime now,
                             std::vector<net::Outgoing>& out)
{
  const auto found = members_.find(*question.text(Attribute::username));
  if (found == members_.end() || !question.hasFingerprint()) return drop(Drop::badCheck);
  auto& member = *found->second;
  const auto cookie = question.find(Attribute::cookie);
  const bool isProved = cookie && isCookieOf(packet.from, *cookie, now);
  const bool isNew = !isProved && !isLiveAt(member, packet.from, now);
  // An empty purse spares us the look at the seal, so that a flood of captured checks costs little. It does
  // not keep a member from renewing what it has; and what anybody can make up, unsealed, does not empty it.
  if (isNew && !member.unproved.hasOne(now)) return drop(Drop::tooOften);
  if (!question.isSealedWith(member.admission.password)) return drop(Drop::badCheck);
  if (isNew) member.unproved.tryTake(now);
  if (isProved) {
    if (isAnothers(member, packet.from, now)) return drop(Drop::badCheck);
    makeLive(member, packet.from, now);
    member.without.clear();
    if (const auto without = question.find(Attribute::without)) {
      ByteReader in{*without};
      while (const auto slot = in.u16())
        if (member.without.size() < kMostWithout) member.without.push_back(*slot);
    }
  }
  stun::Writer reply{stun::Class::success, stun::Method::binding, question.transaction()};
  reply.addXorMappedAddress(packet.from);
  reply.add(Attribute::cookie, cookieFor(packet.from, now.time_since_epoch() / kCookieSlot));
  reply.seal(member.admission.password);
  reply.addFingerprint();
  send(packet, reply, out);
}

bool Forwarder::send(const net::Incoming& packet, const stun::Writer& reply, std::vector<net::Outgoing>& out)
{
  if (reply.size() > packet.bytes.size() || replies_.size() == replies_.capacity()) {
    drop(Drop::shortCheck);
    return false;
  }
  replies_.push_back(reply);
  out.push_back({replies_.back().bytes(), packet.from});
  return true;
}

Forwarder::Cookie Forwarder::cookieFor(const Endpoint& address, std::int64_t slot) const
{
  std::array<unsigned char, 27> message{};
  std::ranges::copy(address.address.bytes(), message.begin());
  message[16] = static_cast<unsigned char>(address.port >> 8U);
  message[17] = static_cast<unsigned char>(address.port & 0xffU);
  message[18] = address.address.isV4() ? 4 : 6;
  for (std::size_t i = 0; i < 8; ++i) message[19 + i] = static_cast<unsigned char>(slot >> (8 * i) & 0xff);
  Cookie cookie{};
  crypto_generichash(reinterpret_cast<unsigned char*>(cookie.data()), cookie.size(), message.data(),
                     message.size(), reinterpret_cast<const unsigned char*>(key_.data()), key_.size());
  return cookie;
}

bool Forwarder::isCookieOf(const Endpoint& address, std::span<const std::byte> cookie, HostTime now) const
{
  const auto slot = now.time_since_epoch() / kCookieSlot;
  if (cookie.size() != Cookie{}.size()) return false;
  for (const auto candidate : {slot, slot - 1}) {
    const auto right = cookieFor(address, candidate);
    if (sodium_memcmp(right.data(), cookie.data(), right.size()) == 0) return true;
  }
  return false;
}

void Forwarder::makeLive(Member& member, const Endpoint& address, HostTime now)
{
  auto place = std::ranges::find(member.lives, address, &Live::at);
  if (place == member.lives.end()) {
    place = std::ranges::min_element(member.lives, {}, &Live::until);
    const auto old = addresses_.find(place->at);
    if (old != addresses_.end() && old->second.member == &member) addresses_.erase(old);
    place->at = address;
  }
  place->until = now + kProofLasts;
  const auto& room = rooms_.at(member.admission.room);
  auto& entry = addresses_[address];
  if (entry.member != nullptr && entry.member != &member) // whose proof is over
    for (auto& live : entry.member->lives)
      if (live.at == address) live = {};
  entry = {&member, &room};
}

bool Forwarder::isAnothers(const Member& member, const Endpoint& address, HostTime now) const
{
  const auto entry = addresses_.find(address);
  return entry != addresses_.end() && entry->second.member != &member &&
         isLiveAt(*entry->second.member, address, now);
}

bool Forwarder::isLiveAt(const Member& member, const Endpoint& address, HostTime now)
{
  return std::ranges::any_of(member.lives,
                             [&](const Live& live) { return live.at == address && live.until > now; });
}

const Forwarder::Live* Forwarder::liveNow(const Member& member, HostTime now)
{
  const auto newest = std::ranges::max_element(member.lives, {}, &Live::until);
  return newest->until > now ? &*newest : nullptr;
}

std::size_t Forwarder::liveMembers(HostTime now) const
{
  return static_cast<std::size_t>(std::ranges::count_if(
    members_, [now](const auto& entry) { return liveNow(*entry.second, now) != nullptr; }));
}

} // namespace tutti::serve
