// Which forwarder carries which room, where several directories with a forwarder each share their rooms.
#include <tutti/serve/Directory.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <sodium.h>

#include "ForwarderChoice.hpp"
#include "Leases.hpp"

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;

constexpr auto kTellForwarder = kForwarderLease / 3;
constexpr std::size_t kMostDirectories = 64;
constexpr auto kBetweenMoves = 10s; // of a room, unless its forwarder is gone

} // namespace

ForwarderFact Directory::factOf(const Forwarding& forwarding) const
{
  return {forwarding.said, forwarding.place.id, forwarding.place.addresses, forwarding.place.port};
}

void Directory::hear(const ForwarderFact& fact, HostTime now)
{
  const bool isFull = forwarders_.size() >= kMostDirectories && !forwarders_.contains(fact.id);
  if (fact.id == sharing_->instance || isFull) return;
  auto& there = forwarders_[fact.id];
  if (fact.said <= there.said) return;
  const room::wire::RoomForwarder place{fact.id, fact.addresses, fact.port};
  const bool isNews = there.place != place;
  there = {fact.said, place, now + kForwarderLease};
  if (!isNews) return;
  for (auto& [id, room] : rooms_) touch(room);
}

void Directory::hear(const StageFact& fact, HostTime now)
{
  const auto found = rooms_.find(fact.room);
  if (found == rooms_.end() || fact.said <= found->second.staged) return;
  auto& room = found->second;
  room.staged = fact.said;
  room.stagedAt = now;
  room.forwarder = fact.forwarder;
  touch(room);
}

void Directory::setStage(Room& room, std::uint64_t forwarder, HostTime now)
{
  room.forwarder = forwarder;
  room.staged = nextStamp();
  room.stagedAt = now;
  tell(StageFact{room.staged, room.record.id, forwarder});
  touch(room);
}

void Directory::advanceForwarders(HostTime now)
{
  const auto gone = std::erase_if(forwarders_, [&](const auto& entry) {
    return entry.first != sharing_->instance && !isAlone_ && entry.second.leaseUntil <= now;
  });
  auto& own = forwarders_[sharing_->instance];
  const bool isNew = own.place.id == 0;
  if (isNew || own.leaseUntil - now <= kForwarderLease - kTellForwarder) {
    own = {nextStamp(), {sharing_->instance, sharing_->forwarderAddresses, udpPort_}, now + kForwarderLease};
    tell(factOf(own));
  }
  if (gone != 0)
    for (auto& [id, room] : rooms_) touch(room);
  chooseStages(now);
}

/// One for all: the directory with the smallest number of those that are there. While we hear no other, each
/// room keeps what it has.
void Directory::chooseStages(HostTime now)
{
  if (isAlone_ || forwarders_.begin()->first != sharing_->instance) return;
  std::vector<std::uint64_t> living;
  for (const auto& [id, forwarding] : forwarders_) living.push_back(id);
  for (auto& [id, room] : rooms_) {
    const bool isCarried = forwarders_.contains(room.forwarder);
    if (room.members.empty() || (isCarried && now - room.stagedAt < kBetweenMoves)) continue;
    std::vector<std::vector<room::wire::RoundTrip>> measured;
    for (const auto& [memberId, member] : room.members) measured.push_back(member.roundTrips);
    const auto chosen = chooseForwarder(living, room.forwarder, measured);
    if (chosen != room.forwarder) setStage(room, chosen, now);
  }
}

/// That of the room first. Of others, only as many as a member looks at.
std::vector<room::wire::RoomForwarder> Directory::forwardersFor(const Room& room) const
{
  std::vector<room::wire::RoomForwarder> all;
  if (const auto own = forwarders_.find(room.forwarder); own != forwarders_.end())
    all.push_back(own->second.place);
  if (all.empty()) all.push_back(forwarders_.begin()->second.place); // until another one is chosen
  for (const auto& [id, forwarding] : forwarders_)
    if (id != all.front().id && all.size() < room::wire::kMostForwarders) all.push_back(forwarding.place);
  return all;
}

/// The same everywhere for the same room, so that a member may ask on at another directory. Never 0: that is
/// how members say that they know nothing yet.
std::uint64_t Directory::digestOf(const Room& room) const
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  for (const auto& [id, member] : room.members) {
    out.bytes(id.bytes());
    out.u16(member.slot);
    out.bytes(member.card);
  }
  for (const auto& order : room.orders) out.bytes(order);
  for (const auto& forwarder : forwardersFor(room)) out.u64(forwarder.id);
  std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
  crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  std::uint64_t value = 0;
  constexpr std::size_t kExactInJson = 6; // bytes: some read numbers as doubles
  for (std::size_t i = 0; i < kExactInJson; ++i) value = value << 8U | digest.at(i);
  return value | 1U;
}

} // namespace tutti::serve
