// Who is there, and whose keys are whose.
#include <tutti/room/Ensemble.hpp>

#include <algorithm>
#include <set>
#include <utility>

#include "Sodium.hpp"

namespace tutti::room {
namespace {

constexpr auto kMostFellows = wire::kMostMembers - 1;

} // namespace

/// Whom of the roster we believe: no more than a room holds, each slot once; those that we know go before
/// others.
Ensemble::Believed Ensemble::believe() const
{
  auto entries = roster_;
  std::ranges::stable_partition(entries, [this](const wire::RosterEntry& entry) {
    const auto known = fellows_.find(entry.id);
    return known != fellows_.end() && known->second.slot == entry.slot;
  });
  Believed believed;
  std::set<std::uint16_t> taken{0, slot_};
  for (const auto& entry : entries) {
    if (believed.size() == kMostFellows) break;
    if (entry.id == us_.id() || authority_.isKicked(entry.id) || taken.contains(entry.slot)) continue;
    const auto known = fellows_.find(entry.id);
    const bool isAsBefore = known != fellows_.end() && known->second.cardAsCame == entry.card;
    const auto card = isAsBefore ? Result<Card>{known->second.card} : Card::parse(entry.card, secret_);
    if (!card || card->id != entry.id) continue;
    const bool isNew = believed.try_emplace(entry.id, Believer{entry.slot, *card, entry.card}).second;
    if (isNew) taken.insert(entry.slot);
  }
  return believed;
}

/// Those that are not in the roster leave; while the directory comes back they are waited for, as long as
/// nobody needs their place.
void Ensemble::letGo(const Believed& believed, Actions& out)
{
  auto places = kMostFellows - believed.size();
  std::set<std::uint16_t> taken;
  for (const auto& [id, believer] : believed) taken.insert(believer.slot);
  for (auto entry = fellows_.begin(); entry != fellows_.end();) {
    const auto& [id, fellow] = *entry;
    const bool isAwaited =
      patientUntil_ && !authority_.isKicked(id) && places > 0 && !taken.contains(fellow.slot);
    if (believed.contains(id) || isAwaited) {
      if (!believed.contains(id)) --places;
      ++entry;
      continue;
    }
    out.emplace_back(ForgetSlot{fellow.slot});
    out.emplace_back(News{News::What::left, id});
    entry = fellows_.erase(entry);
  }
}

void Ensemble::takeRoster(Actions& out, HostTime now)
{
  const auto believed = believe();
  letGo(believed, out);
  for (auto& [id, fellow] : fellows_) { // all that move, before anybody takes one's place
    const auto found = believed.find(id);
    if (found == believed.end() || found->second.slot == fellow.slot) continue;
    out.emplace_back(ForgetSlot{fellow.slot});
    fellow.slot = found->second.slot;
    fellow.epoch.reset();
  }
  for (const auto& [id, believer] : believed) takeCard(id, believer, out, now);
  relays_.review();
  std::set<MemberId> present;
  for (const auto& [id, fellow] : fellows_) present.insert(id);
  remember(keys_.setMembers(present, now), out);
  isHelloDue_ = true;
}

void Ensemble::takeCard(const MemberId& id, const Believer& believer, Actions& out, HostTime now)
{
  const auto& card = believer.card;
  const auto known = fellows_.find(id);
  if (known == fellows_.end()) {
    MemberPaths paths{{us_.id(), id, us_.checkPassword(card.box)}, card, here(), now};
    fellows_.try_emplace(id, Fellow{card, believer.bytes, believer.slot, std::move(paths)});
    out.emplace_back(News{News::What::joined, id});
    return;
  }
  auto& fellow = known->second;
  if (card.sign != fellow.card.sign || card.box != fellow.card.box) return; // nobody changes keys
  if (card.edition <= fellow.card.edition) return;
  fellow.card = card;
  fellow.cardAsCame = believer.bytes;
  fellow.paths.learn(card, here(), now);
}

void Ensemble::takeLetters(const wire::Update& update, Actions& out, HostTime now)
{
  for (const auto& letter : update.letters) {
    const auto from = fellows_.find(letter.from);
    if (from == fellows_.end()) continue;
    auto& fellow = from->second;
    if (!fellow.letters.tryTake(now)) continue; // it is given again to who does not have it
    const auto opened = KeyLetter::open(letter.body, us_, fellow.card);
    if (!opened) continue;
    fellow.epoch = opened->epoch;
    out.emplace_back(AddKey{fellow.slot, *opened});
    isHelloDue_ = true;
  }
}

std::uint64_t Ensemble::rosterDigest() const
{
  ByteString ids;
  ByteStringWriter out{ids};
  std::set<MemberId> all{us_.id()};
  for (const auto& [id, fellow] : fellows_) all.insert(id);
  for (const auto& id : all) out.bytes(id.bytes());
  std::array<std::byte, crypto_generichash_BYTES_MIN> hash{};
  crypto_generichash(raw(hash), hash.size(), raw(ids), ids.size(), nullptr, 0);
  std::uint64_t digest = 0;
  for (std::size_t i = 0; i < sizeof digest; ++i)
    digest = digest << 8U | std::to_integer<std::uint64_t>(hash[i]);
  return digest;
}

Ensemble::Fellow* Ensemble::fellowAt(std::uint16_t slot)
{
  const auto found =
    std::ranges::find_if(fellows_, [slot](const auto& entry) { return entry.second.slot == slot; });
  return found == fellows_.end() ? nullptr : &found->second;
}

} // namespace tutti::room
