// Who is in which room, and what lies there for them. What is asked and answered: Directory.cpp. How rooms
// come and go: DirectoryOpening.cpp.
#include <tutti/serve/Directory.hpp>

#include <algorithm>
#include <sodium.h>
#include <utility>

namespace tutti::serve {
namespace {

using namespace room::wire;
using Answer = Directory::Answer;

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

Update Directory::updateFor(const Room& room, Member& member) const
{
  Update update;
  update.revision = room.revision;
  for (const auto& [id, other] : room.members) update.roster.push_back({id, other.slot, other.card});
  for (auto& [from, lying] : member.letters)
    if (!std::exchange(lying.isFetched, true))
      update.letters.push_back({from, member.id, std::exchange(lying.body, {})});
  update.orders = room.orders;
  if (sharing_) update.forwarders = forwardersFor(room);
  return update;
}

/// Whenever somebody comes in, all others of the room are told: written once for all.
Answer Directory::newsFor(Room& room, Member& member) const
{
  if (hasMail(member)) return {200, updateFor(room, member).encode()};
  if (room.news.empty()) room.news = updateFor(room, member).encode();
  return {200, room.news};
}

bool Directory::hasMail(const Member& member)
{
  return std::ranges::any_of(member.letters, [](const auto& entry) { return !entry.second.isFetched; });
}

Answer Directory::passOn(Room& room, const Member& from, const MemberRequest& request)
{
  for (const auto& letter : request.letters) {
    if (!room.members.contains(letter.to)) continue;
    const auto said = nextStamp();
    deliver(room, {from.id, letter.to, letter.body}, said);
    tell(LetterFact{said, room.record.id, {from.id, letter.to, letter.body}});
  }
  return {200, "{}"};
}

/// A box keeps the newest letter of each member: it is a key, and an older one is of no use any more. Of who
/// has left, nothing is kept, so that a box is never larger than the room.
void Directory::deliver(Room& room, const Letter& letter, const Stamp& said)
{
  const auto to = room.members.find(letter.to);
  if (to == room.members.end()) return;
  auto& box = to->second.letters;
  std::erase_if(box, [&room](const auto& entry) { return !room.members.contains(entry.first); });
  const auto before = box.find(letter.from);
  if (sharing_ && before != box.end() && said <= before->second.said) return;
  box.insert_or_assign(letter.from, Lying{said, letter.body, false});
  news_.insert(room.record.id);
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
  room.news.clear();
  room.revision = sharing_ ? digestOf(room) : room.revision + 1;
  news_.insert(room.record.id);
}

/// Those who ask another directory are let go by that one; we forget them when we hear nothing of them. While
/// we hear no other directory, they stay.
void Directory::expire(Room& room, HostTime now)
{
  std::vector<room::MemberId> gone;
  for (const auto& [id, member] : room.members)
    if (member.leaseUntil <= now && (member.isOurs || !isAlone_)) gone.push_back(id);
  for (const auto& id : gone) {
    const auto& member = room.members.at(id);
    if (member.isOurs) tellGone(room, member, now);
    remove(room, id, now);
  }
}

void Directory::advance(HostTime now)
{
  for (auto& [id, room] : rooms_) expire(room, now);
  closeUnneeded(now);
  if (!sharing_) return;
  std::erase_if(gone_, [now](const auto& entry) { return entry.second.until <= now; });
  advanceForwarders(now);
  tellAgain(now);
}

bool Directory::isTokenOf(const Room& room, const std::string& tokenHash)
{
  return isSame(room.tokenHash, tokenHash);
}

Directory::Token Directory::tokenKind(const Room& room)
{
  return room.record.kind == RoomKind::password ? Token::ofPassword : Token::byLot;
}

Directory::Room* Directory::roomNamed(const std::string& name, const std::string& tokenHash, Token kind)
{
  for (auto& [id, room] : rooms_)
    if (room.record.name == name && tokenKind(room) == kind && isTokenOf(room, tokenHash)) return &room;
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

std::size_t Directory::membersHere() const
{
  std::ptrdiff_t count = 0;
  for (const auto& [id, room] : rooms_)
    count += std::ranges::count_if(room.members, [](const auto& entry) { return entry.second.isOurs; });
  return static_cast<std::size_t>(count);
}

std::vector<RoomRecord> Directory::records() const
{
  std::vector<RoomRecord> all;
  for (const auto& [id, room] : rooms_)
    if (room.isKept) all.push_back(room.record);
  return all;
}

} // namespace tutti::serve
