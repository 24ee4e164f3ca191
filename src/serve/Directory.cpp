// What is answered. How a question is understood: DirectoryQuestion.cpp. Who may open a room:
// DirectoryOpening.cpp. What is known of rooms: RoomBook.
#include <tutti/serve/Directory.hpp>

#include <array>
#include <fmt/format.h>
#include <sodium.h>

#include <tutti/core/Base64.hpp>
#include <tutti/room/Candidates.hpp>
#include <tutti/room/Card.hpp>
#include <tutti/room/Invitation.hpp>

#include "Hearsay.hpp"
#include "Leases.hpp"
#include "Refusals.hpp"
#include "Retelling.hpp"
#include "Stages.hpp"

namespace tutti::serve {
namespace {

using namespace room::wire;
using Answer = Directory::Answer;

Answer noRoom(const std::string& name)
{
  return refuse(404, "no-room", fmt::format("There is no room '{}' here. Ask for a new invitation.", name));
}

Answer noMember()
{
  return refuse(403, "not-a-member", "The server does not know this member (any more). Join again.");
}

Answer tooFast()
{
  return refuse(429, "too-fast", "This member says more than the server can pass on. Wait a second.");
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
  const auto [room, member] = book_.memberAt(asked.room, request.id, request.pass);
  if (member == nullptr) return noMember();
  if (what == "poll") {
    heardFrom(*room, *member, request, now);
    return poll(*room, *member, request.since, mayWait);
  }
  if (what == "leave") {
    book_.letGo(*room, request.id, now);
    return Answer{200, "{}"};
  }
  if (!member->posts.tryTake(now)) return tooFast();
  if (what == "letters") return passOn(*room, *member, request);
  if (what == "card") return renew(*room, *member, request, now);
  if (what == "orders") return obey(*room, request, now);
  if (what == "turn") return TurnWish{member->user};
  return malformed();
}

Directory::Reply Directory::askAgain(const Asked& asked, const Wait& wait, bool mayWait)
{
  const auto* request = std::get_if<MemberRequest>(&asked.said);
  if (request == nullptr) return malformed(); // only members wait
  const auto [room, member] = book_.memberAt(asked.room, request->id, request->pass);
  if (member == nullptr) return noMember();
  if (member->polls != wait.poll || !member->isOurs)
    return refuse(409, "asked-again", "This member has asked once more since. Only the last answer counts.");
  return poll(*room, *member, request->since, mayWait);
}

Answer Directory::tell(const std::string& name) const
{
  const auto* room = book_.named(name);
  return room != nullptr ? Answer{200, room->record.encode()} : noRoom(name);
}

Answer Directory::join(const std::string& name, const JoinRequest& request, const IpAddress& from,
                       HostTime now)
{
  using Token = KnownRoom::Token;
  const auto tokenHash = room::hashOfToken(request.token);
  // Nobody guesses what was drawn by lot: who knows it need not wait for those who guess beside it.
  if (auto* there = book_.opened(name, tokenHash, Token::byLot)) return admit(*there, request, from, now);
  const auto* named = book_.named(name);
  if (named == nullptr) return noRoom(name);
  auto& guesses = wrongGuesses_.of(from, now); // before a password is looked at, right or wrong
  if (!guesses.hasOne(now)) return tooManyGuesses();
  if (auto* there = book_.opened(name, tokenHash, Token::ofPassword))
    return admit(*there, request, from, now);
  guesses.tryTake(now);
  if (named->token() == Token::ofPassword)
    return refuse(403, "wrong-password", "The password is not that of this room.");
  return refuse(403, "wrong-secret", "This invitation is not valid any more. Ask for a new one.");
}

Answer Directory::admit(KnownRoom& room, const JoinRequest& request, const IpAddress& from, HostTime now)
{
  const auto card = room::Card::parseAsStranger(request.card);
  if (!card || card->id != request.id || !request.isProvedBy(card->sign)) return malformed();
  if (const auto refused = refusal(room, request.id)) return *refused;
  KnownMember member;
  if (const auto there = room.members.find(request.id); there != room.members.end()) { // comes back
    if (!there->second.posts.tryTake(now)) return tooFast();
    member.posts = there->second.posts;
    book_.remove(room, request.id, now);
  }
  member.id = request.id;
  member.pass = randomWord<16>();
  member.user = randomWord<9>();
  member.password = randomWord<16>();
  member.slot = room.freeSlot(request.wantedSlot);
  member.card = request.card;
  member.leaseUntil = now + kLease;
  member.joined = member.carded = book_.gossip().stamp();
  auto& placed = book_.admit(room, std::move(member));
  if (book_.gossip().isShared() && !book_.forwarders().contains(room.forwarder))
    book_.setStage(room, book_.gossip().instance(), now);
  book_.tell(room, placed, now);
  JoinReply reply{placed.slot, placed.pass, udpPortFor(from), placed.user, placed.password, room.record, {}};
  reply.update = book_.updateFor(room, placed);
  return {200, reply.encode()};
}

/// Why somebody may not come in.
std::optional<Answer> Directory::refusal(const KnownRoom& room, const room::MemberId& id) const
{
  if (room.authority.isKicked(id)) return refuse(403, "kicked", "The host has asked you to leave this room.");
  if (room.members.contains(id)) return std::nullopt; // comes back
  if (room.record.isLocked) return refuse(403, "locked", "The host has locked this room. Ask to be let in.");
  if (room.members.size() >= kMostMembers)
    return refuse(403, "full", fmt::format("This room is full: {} are in it.", kMostMembers));
  if (membersHere() >= kMostInAll)
    return refuse(503, "full", "This server has as many musicians as it can bear. Try again later.");
  return std::nullopt;
}

std::uint16_t Directory::udpPortFor(const IpAddress& from) const
{
  const bool isElsewhere = elsewhere_ && !room::isOnOurLinks(from, elsewhere_->ours);
  return isElsewhere ? elsewhere_->udpPort : udpPort_;
}

void Directory::heardFrom(const KnownRoom& room, KnownMember& member, const MemberRequest& request,
                          HostTime now)
{
  ++member.polls;
  member.leaseUntil = now + kLease;
  if (!request.roundTrips.empty()) member.roundTrips = request.roundTrips;
  tellOfPoll(book_, room, member, now);
}

Directory::Reply Directory::poll(KnownRoom& room, KnownMember& member, std::uint64_t since, bool mayWait)
{
  const bool isNew = since != room.revision || member.hasMail();
  if (!isNew && mayWait) return Wait{room.record.id, member.polls};
  return Answer{200, book_.newsFor(room, member)};
}

Answer Directory::passOn(KnownRoom& room, const KnownMember& from, const MemberRequest& request)
{
  for (const auto& asked : request.letters) {
    if (!room.members.contains(asked.to)) continue;
    const Letter letter{from.id, asked.to, asked.body};
    const auto said = book_.gossip().stamp();
    book_.deliver(room, letter, said);
    book_.gossip().tell(LetterFact{said, room.record.id, letter});
  }
  return {200, "{}"};
}

Answer Directory::renew(KnownRoom& room, KnownMember& member, const MemberRequest& request, HostTime now)
{
  const auto card = room::Card::parseAsStranger(request.card);
  if (!card || card->id != member.id) return malformed();
  member.card = request.card;
  member.carded = book_.gossip().stamp();
  book_.touch(room);
  book_.tell(room, member, now);
  return {200, "{}"};
}

Answer Directory::obey(KnownRoom& room, const MemberRequest& request, HostTime now)
{
  const auto order = room.obey(request.order);
  if (!order) return refuse(403, "not-the-host", "Only the host of this room can do that.");
  if (order->what == room::Order::What::kick) book_.remove(room, order->target, now);
  book_.touch(room);
  auto& gossip = book_.gossip(); // whom it sends away, everybody sees from it
  gossip.tell(OrderFact{gossip.stamp(), room.record.id, request.order});
  return {200, "{}"};
}

void Directory::share(Sharing sharing, HostTime now)
{
  book_.gossip().begin(sharing.instance);
  book_.forwarders().setOwn({sharing.instance, std::move(sharing.forwarderAddresses), udpPort_});
  advanceStages(book_, now);
}

void Directory::advance(HostTime now)
{
  book_.expire(now);
  book_.closeUnneeded(now);
  if (!book_.gossip().isShared()) return;
  book_.gossip().forgetGone(now);
  advanceStages(book_, now);
  tellAgain(book_, now);
}

void Directory::apply(const Fact& fact, HostTime now)
{
  if (book_.gossip().isShared()) hearFact(book_, fact, now);
}

std::vector<Told> Directory::everything()
{
  return book_.gossip().isShared() ? serve::everything(book_) : std::vector<Told>{};
}

void Directory::regainTouch(HostTime now)
{
  book_.gossip().regainTouch();
  extendLeases(book_, now);
}

std::vector<RoomRecord> Directory::records() const
{
  std::vector<RoomRecord> all;
  for (const auto& [id, room] : book_.rooms())
    if (room.isKept) all.push_back(room.record);
  return all;
}

} // namespace tutti::serve
