// What is answered. How a question is understood: DirectoryQuestion.cpp. How rooms come and go:
// DirectoryOpening.cpp. Who is in them, and what lies there for them: DirectoryRooms.cpp.
#include <tutti/serve/Directory.hpp>

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <sodium.h>

#include <tutti/core/Base64.hpp>
#include <tutti/room/Candidates.hpp>
#include <tutti/room/Card.hpp>
#include <tutti/room/Invitation.hpp>

#include "Leases.hpp"
#include "Refusals.hpp"

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;
using namespace room::wire;
using Answer = Directory::Answer;

constexpr std::size_t kMostOrders = 256;

Answer noRoom(const std::string& name)
{
  return refuse(404, "no-room", fmt::format("There is no room '{}' here. Ask for a new invitation.", name));
}

template <std::size_t Size> std::string randomWord()
{
  std::array<std::byte, Size> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return toBase64(bytes);
}

} // namespace

Directory::Reply Directory::ask(const Question& question, HostTime now, bool mayWait)
{
  const auto asked = read(question);
  if (const auto* refused = std::get_if<Answer>(&asked)) return *refused;
  return ask(std::get<Asked>(asked), now, mayWait);
}

Directory::Reply Directory::ask(const Asked& asked, HostTime now, bool mayWait)
{
  if (const auto* open = std::get_if<OpenRequest>(&asked.said)) return openAsked(*open, asked.from, now);
  if (const auto* request = std::get_if<JoinRequest>(&asked.said))
    return join(asked.room, *request, asked.from, now);
  if (std::holds_alternative<MemberRequest>(asked.said)) return askRoom(asked, now, mayWait);
  return tell(asked.room);
}

Directory::Reply Directory::askRoom(const Asked& asked, HostTime now, bool mayWait)
{
  const auto& request = std::get<MemberRequest>(asked.said);
  const auto& what = asked.what;
  const auto [room, member] = memberAt(asked.room, request);
  if (member == nullptr)
    return refuse(403, "not-a-member", "The server does not know this member (any more). Join again.");
  if (what == "poll") return poll(*room, *member, request, now, mayWait);
  if (what == "leave") return leave(*room, member->id, now);
  if (!member->posts.tryTake(now))
    return refuse(429, "too-fast", "This member says more than the server can pass on. Wait a second.");
  if (what == "letters") return passOn(*room, *member, request);
  if (what == "card") return renew(*room, *member, request, now);
  if (what == "orders") return obey(*room, request);
  if (what == "turn") return TurnWish{member->user};
  return malformed();
}

Answer Directory::tell(const std::string& name) const
{
  // Anybody may open another one of the same name beside it, and fill it
  const Room* first = nullptr;
  for (const auto& [id, room] : rooms_) {
    const bool isBefore =
      first == nullptr || (room.isKept != first->isKept ? room.isKept : room.number < first->number);
    if (room.record.name == name && isBefore) first = &room;
  }
  return first != nullptr ? Answer{200, first->record.encode()} : noRoom(name);
}

Answer Directory::join(const std::string& name, const JoinRequest& request, const IpAddress& from,
                       HostTime now)
{
  const auto tokenHash = room::hashOfToken(request.token);
  // Nobody guesses what was drawn by lot: who knows it need not wait for those who guess beside it.
  if (auto* there = roomNamed(name, tokenHash, Token::byLot)) return admit(*there, request, from, now);
  const auto named =
    std::ranges::find_if(rooms_, [&](const auto& entry) { return entry.second.record.name == name; });
  if (named == rooms_.end()) return noRoom(name);
  auto& guesses = wrongGuesses_.of(from, now); // before a password is looked at, right or wrong
  if (!guesses.hasOne(now)) return tooManyGuesses();
  if (auto* there = roomNamed(name, tokenHash, Token::ofPassword)) return admit(*there, request, from, now);
  guesses.tryTake(now);
  if (named->second.record.kind == RoomKind::password)
    return refuse(403, "wrong-password", "The password is not that of this room.");
  return refuse(403, "wrong-secret", "This invitation is not valid any more. Ask for a new one.");
}

Answer Directory::admit(Room& room, const JoinRequest& request, const IpAddress& from, HostTime now)
{
  const bool isBack = room.members.contains(request.id);
  const auto card = room::Card::parseAsStranger(request.card);
  if (!card || card->id != request.id || !request.isProvedBy(card->sign)) return malformed();
  if (room.authority.isKicked(request.id))
    return refuse(403, "kicked", "The host has asked you to leave this room.");
  if (room.record.isLocked && !isBack)
    return refuse(403, "locked", "The host has locked this room. Ask to be let in.");
  if (room.members.size() >= kMostMembers && !isBack)
    return refuse(403, "full", fmt::format("This room is full: {} are in it.", kMostMembers));
  if (membersHere() >= kMostInAll && !isBack)
    return refuse(503, "full", "This server has as many musicians as it can bear. Try again later.");
  if (isBack) remove(room, request.id, now);
  Member member;
  member.id = request.id;
  member.pass = randomWord<16>();
  member.user = randomWord<9>();
  member.password = randomWord<16>();
  member.slot = freeSlot(room, request.wantedSlot);
  member.card = request.card;
  member.leaseUntil = now + kLease;
  member.joined = member.carded = nextStamp();
  pending_.emplace_back(Admission{room.record.id, member.slot, member.user, member.password});
  auto& placed = room.members.emplace(member.id, std::move(member)).first->second;
  room.isUnused = false;
  if (sharing_ && !forwarders_.contains(room.forwarder)) setStage(room, sharing_->instance, now);
  touch(room);
  tellMember(room, placed, now);
  JoinReply reply{placed.slot, placed.pass, udpPortFor(from), placed.user, placed.password, room.record, {}};
  reply.update = updateFor(room, placed);
  return {200, reply.encode()};
}

std::uint16_t Directory::udpPortFor(const IpAddress& from) const
{
  const bool isElsewhere = elsewhere_ && !room::isOnOurLinks(from, elsewhere_->ours);
  return isElsewhere ? elsewhere_->udpPort : udpPort_;
}

Directory::Reply Directory::poll(Room& room, Member& member, const MemberRequest& request, HostTime now,
                                 bool mayWait)
{
  member.leaseUntil = now + kLease;
  renewed(room, member, request, now);
  const bool isNew = request.since != room.revision || hasMail(member);
  if (!isNew && mayWait) return Wait{room.record.id};
  return newsFor(room, member);
}

Answer Directory::renew(Room& room, Member& member, const MemberRequest& request, HostTime now)
{
  const auto card = room::Card::parseAsStranger(request.card);
  if (!card || card->id != member.id) return malformed();
  member.card = request.card;
  member.carded = nextStamp();
  touch(room);
  tellMember(room, member, now);
  return {200, "{}"};
}

Answer Directory::obey(Room& room, const MemberRequest& request)
{
  const auto order = room.authority.hear(request.order);
  if (!order) return refuse(403, "not-the-host", "Only the host of this room can do that.");
  if (room.orders.size() == kMostOrders) room.orders.erase(room.orders.begin());
  room.orders.push_back(request.order);
  room.record.isLocked = room.authority.isLocked();
  if (order->what == room::Order::What::kick) remove(room, order->target, HostTime{});
  touch(room);
  tell(OrderFact{nextStamp(), room.record.id, request.order}); // whom it sends away, everybody sees from it
  return {200, "{}"};
}

Answer Directory::leave(Room& room, const room::MemberId& id, HostTime now)
{
  tellGone(room, room.members.at(id), now);
  remove(room, id, now);
  return {200, "{}"};
}

} // namespace tutti::serve
