// How rooms come and go, and how they are found. Who is in them: RoomBook.cpp.
#include <tutti/serve/RoomBook.hpp>

#include <algorithm>
#include <array>
#include <sodium.h>

#include "Leases.hpp"

namespace tutti::serve {

using namespace room::wire;

KnownRoom* RoomBook::find(const room::RoomId& id)
{
  const auto found = rooms_.find(id);
  return found == rooms_.end() ? nullptr : &found->second;
}

/// Anybody may open another one of the same name beside it, and fill it.
const KnownRoom* RoomBook::named(const std::string& name) const
{
  const KnownRoom* first = nullptr;
  for (const auto& [id, room] : rooms_) {
    const bool isBefore =
      first == nullptr || (room.isKept != first->isKept ? room.isKept : room.number < first->number);
    if (room.record.name == name && isBefore) first = &room;
  }
  return first;
}

KnownRoom* RoomBook::opened(const std::string& name, const std::string& tokenHash, KnownRoom::Token token)
{
  for (auto& [id, room] : rooms_)
    if (room.record.name == name && room.token() == token && room.isOpenedBy(tokenHash)) return &room;
  return nullptr;
}

std::pair<KnownRoom*, KnownMember*> RoomBook::memberAt(const std::string& name, const room::MemberId& id,
                                                       const std::string& pass)
{
  for (auto& [roomId, room] : rooms_) {
    if (room.record.name != name) continue;
    if (auto* member = room.memberWith(id, pass)) return {&room, member};
  }
  return {nullptr, nullptr};
}

std::size_t RoomBook::members() const
{
  std::size_t count = 0;
  for (const auto& [id, room] : rooms_) count += room.members.size();
  return count;
}

std::size_t RoomBook::membersHere() const
{
  std::ptrdiff_t count = 0;
  for (const auto& [id, room] : rooms_)
    count += std::ranges::count_if(room.members, [](const auto& entry) { return entry.second.isOurs; });
  return static_cast<std::size_t>(count);
}

Result<KnownRoom*> RoomBook::open(const RoomRecord& record, const std::string& tokenHash)
{
  if (isFull() && !closeLongestEmpty(std::nullopt))
    return failure(ErrorKind::refused, "This server has as many rooms as it can bear. Use another one.");
  KnownRoom room{record, tokenHash};
  room.lastSlot = firstSlotOf(record.id);
  room.number = gossip_.count();
  return &rooms_.emplace(record.id, std::move(room)).first->second;
}

void RoomBook::add(KnownRoom room)
{
  if (rooms_.size() >= kMostRoomsShared) return;
  room.lastSlot = firstSlotOf(room.record.id);
  const auto id = room.record.id;
  touch(rooms_.emplace(id, std::move(room)).first->second);
}

/// Each directory counts slots from elsewhere, so that two of them seldom give away the same.
std::uint16_t RoomBook::firstSlotOf(const room::RoomId& room) const
{
  if (!gossip_.isShared()) return 0;
  std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
  const auto instance = std::to_string(gossip_.instance());
  crypto_generichash(digest.data(), digest.size(),
                     reinterpret_cast<const unsigned char*>(room.bytes().data()), room.bytes().size(),
                     reinterpret_cast<const unsigned char*>(instance.data()), instance.size());
  return static_cast<std::uint16_t>(digest[0] << 8U | digest[1]);
}

bool RoomBook::isFull() const
{
  return rooms_.size() >= (gossip_.isShared() ? kMostRoomsShared : kMostRooms);
}

void RoomBook::keep(KnownRoom& room)
{
  room.isKept = true;
  tell(room);
}

void RoomBook::describe(KnownRoom& there, const RoomRecord& record)
{
  if (there.describe(record)) touch(there);
}

/// Whoever is in knows another secret, and a late word brings nobody into the room that comes next.
void RoomBook::vacate(const room::RoomId& id)
{
  auto& room = rooms_.at(id);
  while (!room.members.empty()) {
    const auto [member, until] =
      std::pair{room.members.begin()->first, room.members.begin()->second.leaseUntil};
    letGo(room, member, until); // at the latest: the host's wishes come without the time
  }
  rooms_.erase(id);
}

void RoomBook::drop(const room::RoomId& id, HostTime now)
{
  auto& room = rooms_.at(id);
  while (!room.members.empty()) remove(room, room.members.begin()->first, now);
  rooms_.erase(id);
}

bool RoomBook::closeLongestEmpty(const std::optional<IpAddress>& source)
{
  auto longest = rooms_.end();
  for (auto entry = rooms_.begin(); entry != rooms_.end(); ++entry) {
    const auto& room = entry->second;
    if (room.isKept || !room.members.empty() || (source && room.openedFrom != *source)) continue;
    if (longest == rooms_.end() || room.emptySince < longest->second.emptySince) longest = entry;
  }
  if (longest == rooms_.end()) return false;
  gossip_.tell(ClosedFact{gossip_.stamp(), longest->first});
  rooms_.erase(longest);
  return true;
}

/// Directories count the hours for themselves. That nobody ever came, only the one knows where a room was
/// opened.
void RoomBook::closeUnneeded(HostTime now)
{
  for (auto entry = rooms_.begin(); entry != rooms_.end();) {
    const auto& room = entry->second;
    const auto lease = room.isUnused ? kUnusedRoomLease : kRoomLease;
    if (room.isKept || !room.members.empty() || now - room.emptySince < lease) {
      ++entry;
      continue;
    }
    if (room.isUnused) gossip_.tell(ClosedFact{gossip_.stamp(), entry->first});
    entry = rooms_.erase(entry);
  }
}

} // namespace tutti::serve
