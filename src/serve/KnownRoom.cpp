#include <tutti/serve/KnownRoom.hpp>

#include <algorithm>
#include <array>
#include <sodium.h>
#include <span>
#include <utility>

namespace tutti::serve {
namespace {

using namespace room::wire;

constexpr std::size_t kMostOrders = 256;

bool isSame(const std::string& a, const std::string& b)
{
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::uint64_t numberOf(const ByteString& order)
{
  const auto parsed = room::Order::parseUnchecked(order);
  return parsed ? parsed->number : 0;
}

bool isOrderOf(const RoomRecord& room, const ByteString& order)
{
  if (!room.host) return false;
  const auto parsed = room::Order::parse(order, *room.host);
  return parsed && parsed->room == room.id;
}

} // namespace

KnownMember KnownMember::of(const MemberFact& fact)
{
  KnownMember member;
  member.id = fact.member;
  member.pass = fact.pass;
  member.user = fact.user;
  member.password = fact.password;
  member.slot = fact.slot;
  member.card = fact.card;
  member.said = fact.said;
  member.joined = fact.joined;
  member.carded = fact.carded;
  member.isOurs = false;
  member.roundTrips = fact.roundTrips;
  return member;
}

MemberFact KnownMember::fact(const room::RoomId& room) const
{
  return {said, joined, carded, room, id, pass, user, password, slot, card, roundTrips};
}

bool KnownMember::hasMail() const
{
  return std::ranges::any_of(letters, [](const auto& entry) { return !entry.second.isFetched; });
}

KnownRoom::KnownRoom(const RoomRecord& described, std::string token)
  : record{described}
  , tokenHash{std::move(token)}
  , authority{described.id, described.host}
{
  record.members = 0;
  record.isLocked = false;
}

RoomFact KnownRoom::fact() const
{
  return {said, number, record, tokenHash, isKept, openedFrom};
}

KnownRoom::Token KnownRoom::token() const
{
  return record.kind == RoomKind::password ? Token::ofPassword : Token::byLot;
}

bool KnownRoom::isOpenedBy(const std::string& hash) const
{
  return isSame(tokenHash, hash);
}

bool KnownRoom::isPlayedHere() const
{
  return std::ranges::any_of(members, [](const auto& entry) { return entry.second.isOurs; });
}

std::uint16_t KnownRoom::freeSlot(std::uint16_t wanted)
{
  const auto isFree = [this](std::uint16_t slot) {
    return slot != 0 &&
           std::ranges::none_of(members, [slot](const auto& entry) { return entry.second.slot == slot; });
  };
  if (isFree(wanted)) return wanted;
  do ++lastSlot;
  while (!isFree(lastSlot));
  return lastSlot;
}

KnownMember* KnownRoom::memberWith(const room::MemberId& id, const std::string& pass)
{
  const auto found = members.find(id);
  return found != members.end() && isSame(found->second.pass, pass) ? &found->second : nullptr;
}

Update KnownRoom::updateFor(KnownMember& member) const
{
  Update update;
  update.revision = revision;
  for (const auto& [id, other] : members) update.roster.push_back({id, other.slot, other.card});
  for (auto& [from, lying] : member.letters)
    if (!std::exchange(lying.isFetched, true))
      update.letters.push_back({from, member.id, std::exchange(lying.body, {})});
  update.orders = orders;
  return update;
}

std::uint64_t KnownRoom::digest(const std::vector<RoomForwarder>& forwarders) const
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  for (const auto& [id, member] : members) {
    out.bytes(id.bytes());
    out.u16(member.slot);
    out.bytes(member.card);
  }
  for (const auto& order : orders) out.bytes(order);
  for (const auto& each : forwarders) {
    out.u64(each.id);
    for (const auto& address : each.addresses) out.bytes(std::as_bytes(std::span{address.bytes()}));
    out.u16(each.port);
  }
  std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
  crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  std::uint64_t value = 0;
  constexpr std::size_t kExactInJson = 6; // bytes: some read numbers as doubles
  for (std::size_t i = 0; i < kExactInJson; ++i) value = value << 8U | digest.at(i);
  return value | 1U;
}

/// A box keeps the newest letter of each member: it is a key, and an older one is of no use any more. Of who
/// has left, nothing is kept, so that a box is never larger than the room.
bool KnownRoom::put(const Letter& letter, const Stamp& at, bool isShared)
{
  const auto to = members.find(letter.to);
  if (to == members.end()) return false;
  auto& box = to->second.letters;
  std::erase_if(box, [this](const auto& entry) { return !members.contains(entry.first); });
  const auto before = box.find(letter.from);
  if (isShared && before != box.end() && at <= before->second.said) return false;
  box.insert_or_assign(letter.from, KnownMember::Lying{at, letter.body, false});
  return true;
}

bool KnownRoom::describe(const RoomRecord& by)
{
  record.name = by.name;
  record.kind = by.kind;
  record.secret = by.secret;
  record.hostProof = by.hostProof;
  if (record.host == by.host) return false;
  record.host = by.host;
  authority = {by.id, by.host};
  orders.clear();
  record.isLocked = false;
  return true;
}

Result<room::Order> KnownRoom::obey(const ByteString& order)
{
  auto obeyed = authority.hear(order);
  if (!obeyed) return obeyed;
  orders.push_back(order);
  settle();
  return obeyed;
}

bool KnownRoom::hearOrder(const ByteString& order)
{
  if (std::ranges::find(orders, order) != orders.end()) return false;
  if (obey(order)) return true;
  if (!isOrderOf(record, order)) return false;
  if (orders.size() == kMostOrders && numberOf(order) < numberOf(orders.front())) return false;
  const auto before = orders;
  orders.push_back(order); // one that comes late: all of them once more
  std::ranges::sort(orders, {}, [](const ByteString& one) { return std::pair{numberOf(one), one}; });
  authority = {record.id, record.host};
  std::erase_if(orders, [this](const ByteString& one) { return !authority.hear(one); });
  settle();
  return orders != before;
}

void KnownRoom::settle()
{
  if (orders.size() > kMostOrders) orders.erase(orders.begin());
  record.isLocked = authority.isLocked();
}

std::vector<room::MemberId> KnownRoom::kicked() const
{
  std::vector<room::MemberId> gone;
  for (const auto& [id, member] : members)
    if (authority.isKicked(id)) gone.push_back(id);
  return gone;
}

} // namespace tutti::serve
