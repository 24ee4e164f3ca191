// How rooms come and go. Who is in them: DirectoryRooms.cpp.
#include <tutti/serve/Directory.hpp>

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <utility>

#include "Leases.hpp"
#include "Refusals.hpp"
#include "Source.hpp"

namespace tutti::serve {
namespace {

using namespace room::wire;
using Answer = Directory::Answer;

constexpr std::ptrdiff_t kMostRoomsFromOne = 4;

} // namespace

Answer Directory::openAsked(const OpenRequest& request, const IpAddress& from, HostTime now)
{
  if (request.tokenHash.empty()) return malformed();
  if (const auto found = rooms_.find(request.room.id); found != rooms_.end())
    return tellOwner(found->second, request.tokenHash, from, now);
  if (!openings_.of(from, now).tryTake(now))
    return refuse(429, "too-fast", "Too many rooms were opened from here. Wait a minute.");
  if (!makeRoomFor(sourceOf(from)))
    return refuse(503, "too-many-rooms", "Four rooms from here are in use already. Join one of them.");
  const auto opened = put(request);
  if (!opened) return refuse(503, "too-many-rooms", opened.error().detail);
  auto& room = **opened;
  room.openedFrom = sourceOf(from);
  room.emptySince = now;
  room.isUnused = true;
  tellRoom(room);
  return {200, room.record.encode()};
}

/// As good a guess at a password as one by joining: ids are told to everybody.
Answer Directory::tellOwner(const Room& room, const std::string& tokenHash, const IpAddress& from,
                            HostTime now)
{
  if (tokenKind(room) == Token::byLot && isTokenOf(room, tokenHash)) return {200, room.record.encode()};
  auto& guesses = wrongGuesses_.of(from, now);
  if (!guesses.hasOne(now)) return tooManyGuesses();
  if (isTokenOf(room, tokenHash)) return {200, room.record.encode()};
  guesses.tryTake(now);
  return malformed();
}

/// Ids are told to everybody, and after a restart anybody may be faster than the host.
Result<void> Directory::open(const OpenRequest& request)
{
  if (const auto found = rooms_.find(request.room.id); found != rooms_.end()) {
    auto& there = found->second;
    if (there.tokenHash == request.tokenHash) { // members were faster
      describe(there, request.room);
      keep(there);
      return {};
    }
    if (there.isKept)
      return failure(ErrorKind::refused,
                     fmt::format("There is a room '{}' here already.", request.room.name));
    vacate(there); // a stranger was
    rooms_.erase(found);
  }
  return put(request).map([this](Room* room) { keep(*room); });
}

/// One that is not there yet.
Result<Directory::Room*> Directory::put(const OpenRequest& request)
{
  if (isFull() && !closeLongestEmpty(std::nullopt))
    return failure(ErrorKind::refused, "This server has as many rooms as it can bear. Use another one.");
  auto room = made(request.room, request.tokenHash);
  room.number = ++clock_;
  return &rooms_.emplace(request.room.id, std::move(room)).first->second;
}

Directory::Room Directory::made(const RoomRecord& record, const std::string& tokenHash) const
{
  Room room;
  room.record = record;
  room.record.members = 0;
  room.record.isLocked = false;
  room.tokenHash = tokenHash;
  room.authority = {record.id, record.host};
  if (sharing_) room.lastSlot = firstSlotOf(record.id);
  return room;
}

/// As a room of the host's own.
void Directory::keep(Room& room)
{
  room.isKept = true;
  tellRoom(room);
}

/// What is said of a room by who has more to say than whoever opened it: all that know its token could.
void Directory::describe(Room& there, const RoomRecord& record)
{
  there.record.name = record.name;
  there.record.kind = record.kind;
  there.record.secret = record.secret;
  there.record.hostProof = record.hostProof;
  if (there.record.host == record.host) return;
  there.record.host = record.host;
  there.authority = {record.id, record.host};
  there.orders.clear();
  there.record.isLocked = false;
  touch(there);
}

/// Whoever is in knows another secret, and a late word brings nobody into the room that comes next.
void Directory::vacate(Room& room)
{
  while (!room.members.empty()) {
    const auto& [id, member] = *room.members.begin();
    const auto now = member.leaseUntil; // at the latest: the host's wishes come without the time
    tellGone(room, member, now);
    remove(room, id, now);
  }
}

bool Directory::isFull() const
{
  return rooms_.size() >= (sharing_ ? kMostRoomsShared : kMostRooms);
}

/// The fifth takes the place of another one of this household.
bool Directory::makeRoomFor(const IpAddress& source)
{
  const auto count = std::ranges::count_if(rooms_, [&source](const auto& entry) {
    return !entry.second.isKept && entry.second.openedFrom == source;
  });
  return count < kMostRoomsFromOne || closeLongestEmpty(source);
}

/// Of one household, or of all guests; whoever comes back opens it again. False: somebody is in each of them.
bool Directory::closeLongestEmpty(const std::optional<IpAddress>& source)
{
  auto longest = rooms_.end();
  for (auto entry = rooms_.begin(); entry != rooms_.end(); ++entry) {
    const auto& room = entry->second;
    if (room.isKept || !room.members.empty() || (source && room.openedFrom != *source)) continue;
    if (longest == rooms_.end() || room.emptySince < longest->second.emptySince) longest = entry;
  }
  if (longest == rooms_.end()) return false;
  tellClosed(longest->second);
  rooms_.erase(longest);
  return true;
}

/// Directories count the hours for themselves. That nobody ever came, only the one knows where a room was
/// opened.
void Directory::closeUnneeded(HostTime now)
{
  for (auto entry = rooms_.begin(); entry != rooms_.end();) {
    const auto& room = entry->second;
    const auto lease = room.isUnused ? kUnusedRoomLease : kRoomLease;
    if (room.isKept || !room.members.empty() || now - room.emptySince < lease) {
      ++entry;
      continue;
    }
    if (room.isUnused) tellClosed(room);
    entry = rooms_.erase(entry);
  }
}

} // namespace tutti::serve
