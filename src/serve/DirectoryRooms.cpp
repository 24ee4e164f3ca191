// Who is in which room, and what lies there for them. What is asked and answered: Directory.cpp.
#include <tutti/serve/Directory.hpp>

#include <algorithm>
#include <chrono>
#include <sodium.h>

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;
using namespace room::wire;
using Answer = Directory::Answer;

constexpr auto kEmptyRoomStays = 8h;

bool isSame(const std::string& a, const std::string& b)
{
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace

std::uint16_t Directory::freeSlot(Room& room, std::uint16_t wanted)
{
  const auto isFree = [&room](std::uint16_t slot) {
    return slot != 0 && std::ranges::none_of(room.members,
                                             [slot](const auto& entry) { return entry.second.slot == slot; });
  };
  if (isFree(wanted)) return wanted;
  do ++room.lastSlot;
  while (!isFree(room.lastSlot));
  return room.lastSlot;
}

Update Directory::updateFor(const Room& room, Member& member)
{
  Update update;
  update.revision = room.revision;
  for (const auto& [id, other] : room.members) update.roster.push_back({id, other.slot, other.card});
  for (auto& [from, body] : member.letters) update.letters.push_back({from, member.id, std::move(body)});
  update.orders = room.orders;
  member.letters.clear();
  return update;
}

/// A box keeps the newest letter of each member: it is a key, and an older one is of no use any more. Of who
/// has left, nothing is kept, so that a box is never larger than the room.
Answer Directory::passOn(Room& room, const Member& from, const MemberRequest& request)
{
  for (const auto& letter : request.letters) {
    const auto to = room.members.find(letter.to);
    if (to == room.members.end()) continue;
    auto& box = to->second.letters;
    std::erase_if(box, [&room](const auto& entry) { return !room.members.contains(entry.first); });
    box.insert_or_assign(from.id, letter.body);
    news_.insert(room.record.id);
  }
  return {200, "{}"};
}

void Directory::remove(Room& room, const room::MemberId& id, HostTime now)
{
  const auto found = room.members.find(id);
  if (found == room.members.end()) return;
  pending_.emplace_back(Dismissal{found->second.user});
  room.members.erase(found);
  room.emptySince = std::max(room.emptySince, now);
  touch(room);
}

void Directory::touch(Room& room)
{
  room.record.members = room.members.size();
  ++room.revision;
  news_.insert(room.record.id);
}

void Directory::advance(HostTime now)
{
  for (auto& [id, room] : rooms_) {
    std::vector<room::MemberId> gone;
    for (const auto& [memberId, member] : room.members)
      if (member.leaseUntil <= now) gone.push_back(memberId);
    for (const auto& memberId : gone) remove(room, memberId, now);
  }
  std::erase_if(rooms_, [now](const auto& entry) {
    const auto& room = entry.second;
    return !room.isKept && room.members.empty() && now - room.emptySince >= kEmptyRoomStays;
  });
}

bool Directory::isTokenOf(const Room& room, const std::string& tokenHash)
{
  return isSame(room.tokenHash, tokenHash);
}

Directory::Room* Directory::roomNamed(const std::string& name, const std::string& tokenHash)
{
  for (auto& [id, room] : rooms_)
    if (room.record.name == name && isTokenOf(room, tokenHash)) return &room;
  return nullptr;
}

std::pair<Directory::Room*, Directory::Member*> Directory::memberAt(const std::string& name,
                                                                    const MemberRequest& request)
{
  for (auto& [id, room] : rooms_) {
    if (room.record.name != name) continue;
    const auto found = room.members.find(request.id);
    if (found != room.members.end() && isSame(found->second.pass, request.pass))
      return {&room, &found->second};
  }
  return {nullptr, nullptr};
}

std::vector<Directory::Change> Directory::takeChanges()
{
  return std::exchange(pending_, {});
}

std::set<room::RoomId> Directory::takeNews()
{
  return std::exchange(news_, {});
}

std::size_t Directory::members() const
{
  std::size_t count = 0;
  for (const auto& [id, room] : rooms_) count += room.members.size();
  return count;
}

std::vector<RoomRecord> Directory::records() const
{
  std::vector<RoomRecord> all;
  for (const auto& [id, room] : rooms_)
    if (room.isKept) all.push_back(room.record);
  return all;
}

} // namespace tutti::serve
