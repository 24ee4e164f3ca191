// Who may open a room. How one is kept: RoomBookRooms.cpp.
#include <tutti/serve/Directory.hpp>

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>

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
  if (const auto* there = book_.find(request.room.id)) return tellOwner(*there, request.tokenHash, from, now);
  if (!openings_.of(from, now).tryTake(now))
    return refuse(429, "too-fast", "Too many rooms were opened from here. Wait a minute.");
  if (!makeRoomFor(sourceOf(from)))
    return refuse(503, "too-many-rooms", "Four rooms from here are in use already. Join one of them.");
  const auto opened = book_.open(request.room, request.tokenHash);
  if (!opened) return refuse(503, "too-many-rooms", opened.error().detail);
  auto& room = **opened;
  room.openedFrom = sourceOf(from);
  room.emptySince = now;
  room.isUnused = true;
  book_.tell(room);
  return {200, room.record.encode()};
}

/// As good a guess at a password as one by joining: ids are told to everybody.
Answer Directory::tellOwner(const KnownRoom& room, const std::string& tokenHash, const IpAddress& from,
                            HostTime now)
{
  const bool isOwner = room.isOpenedBy(tokenHash);
  if (room.token() == KnownRoom::Token::byLot && isOwner) return {200, room.record.encode()};
  auto& guesses = wrongGuesses_.of(from, now);
  if (!guesses.hasOne(now)) return tooManyGuesses();
  if (isOwner) return {200, room.record.encode()};
  guesses.tryTake(now);
  return malformed();
}

/// Ids are told to everybody, and after a restart anybody may be faster than the host.
Result<void> Directory::open(const OpenRequest& request)
{
  if (auto* there = book_.find(request.room.id)) {
    if (there->tokenHash == request.tokenHash) { // members were faster
      book_.describe(*there, request.room);
      book_.keep(*there);
      return {};
    }
    if (there->isKept)
      return failure(ErrorKind::refused,
                     fmt::format("There is a room '{}' here already.", request.room.name));
    book_.vacate(request.room.id); // a stranger was
  }
  return book_.open(request.room, request.tokenHash).map([this](KnownRoom* room) { book_.keep(*room); });
}

/// The fifth takes the place of another one of this household.
bool Directory::makeRoomFor(const IpAddress& source)
{
  const auto count = std::ranges::count_if(book_.rooms(), [&source](const auto& entry) {
    return !entry.second.isKept && entry.second.openedFrom == source;
  });
  return count < kMostRoomsFromOne || book_.closeLongestEmpty(source);
}

} // namespace tutti::serve
