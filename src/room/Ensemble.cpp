// Who is there, and whose keys are whose. Paths: EnsemblePaths.cpp, and EnsembleRelays.cpp. What members say:
// EnsembleTalk.cpp.
#include <tutti/room/Ensemble.hpp>

#include <algorithm>
#include <chrono>

#include <tutti/room/Candidates.hpp>

#include "Sodium.hpp"

namespace tutti::room {
namespace {

using namespace std::chrono_literals;

constexpr auto kMostFellows = wire::kMostMembers - 1;
constexpr auto kHelloPeriod = 2s;
constexpr auto kDispute = 10s; // spec room R-10
constexpr auto kPatience = 5s; // until those that we still hear are back in the roster, too
constexpr std::size_t kMostOrders = 256;
constexpr auto kBetweenHistory = 50ms; // twenty packets a second

} // namespace

Ensemble::Ensemble(const Secret& secret, const MemberKeys& us, const wire::JoinReply& joined,
                   const std::vector<IpAddress>& servers)
  : secret_{secret}
  , us_{us}
  , authority_{joined.room.id, joined.room.provedHost(secret)}
{
  useReply(joined, servers, HostTime{});
}

void Ensemble::useReply(const wire::JoinReply& joined, const std::vector<IpAddress>& servers, HostTime now)
{
  slot_ = joined.slot;
  stunUser_ = joined.stunUser;
  stunPassword_ = joined.stunPassword;
  servers_ = servers;
  serverPort_ = joined.udpPort;
  offered_ = joined.update.forwarders;
  forwarderPlaces_.clear();
  scouts_.clear();
  settleForwarders(now);
}

Ensemble::Actions Ensemble::rejoined(const wire::JoinReply& joined, const std::vector<IpAddress>& servers,
                                     HostTime now)
{
  useReply(joined, servers, now);
  isHelloDue_ = true;
  patientUntil_ = now + kPatience;
  auto out = hearDirectory(joined.update, now);
  for (const auto& [id, fellow] : fellows_)
    remember(keys_.askedAgain(id, now), out); // letters went with the old one
  return out;
}

Ensemble::Actions Ensemble::hearDirectory(const wire::Update& update, HostTime now)
{
  Actions out;
  takeOrders(update, out);
  offered_ = update.forwarders;
  settleForwarders(now);
  roster_ = update.roster;
  takeRoster(out, now);
  takeLetters(update, out, now);
  const auto more = advance(now);
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

void Ensemble::takeOrders(const wire::Update& update, Actions& out)
{
  ordersThere_ = update.orders;
  for (const auto& bytes : update.orders) {
    const auto order = authority_.hear(bytes);
    if (!order) continue;
    if (orders_.size() == kMostOrders) orders_.pop_front();
    orders_.push_back(bytes);
    constexpr std::array kNews{News::What::kicked, News::What::roomLocked, News::What::roomUnlocked,
                               News::What::muted, News::What::unmuted};
    out.emplace_back(News{kNews.at(static_cast<std::size_t>(order->what) - 1), order->target});
  }
}

/// Everybody does it, as the host may have left: they are signed, and each counts once.
Ensemble::Actions Ensemble::repeatOrders()
{
  PostOrders post;
  for (const auto& order : orders_)
    if (std::ranges::find(ordersThere_, order) == ordersThere_.end()) post.orders.push_back(order);
  if (post.orders.empty()) return {};
  ordersThere_.insert(ordersThere_.end(), post.orders.begin(), post.orders.end());
  return {std::move(post)};
}

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
  isAskDue_ = true;
  std::set<MemberId> present;
  for (const auto& [id, fellow] : fellows_) present.insert(id);
  remember(keys_.setMembers(present, now), out);
  isHelloDue_ = true;
}

void Ensemble::takeCard(const MemberId& id, const Believer& believer, Actions& out, HostTime now)
{
  const auto [place, isNew] = fellows_.try_emplace(id);
  auto& fellow = place->second;
  const auto& card = believer.card;
  if (!isNew && (card.sign != fellow.card.sign || card.box != fellow.card.box)) return; // nobody changes keys
  if (!isNew && card.edition <= fellow.card.edition) return;
  fellow.card = card;
  fellow.cardAsCame = believer.bytes;
  if (isNew) {
    fellow.slot = believer.slot;
    fellow.password = us_.checkPassword(card.box);
    out.emplace_back(News{News::What::joined, id});
  }
  renameChecks(fellow);
  addChecks(fellow, now);
  if (isNew) fellow.restartedAt = now;
  fellow.isRestartDue = !isNew;
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

/// What the key machine wants, as letters and installations.
void Ensemble::remember(const std::vector<SenderKeys::Action>& actions, Actions& out)
{
  PostLetters post;
  for (const auto& action : actions) {
    if (const auto* use = std::get_if<SenderKeys::Use>(&action)) {
      out.emplace_back(UseKey{use->letter});
      continue;
    }
    const auto& give = std::get<SenderKeys::Give>(action);
    const auto to = fellows_.find(give.to);
    if (to != fellows_.end())
      post.letters.push_back({us_.id(), give.to, give.letter.seal(us_, to->second.card)});
  }
  if (!post.letters.empty()) out.emplace_back(std::move(post));
}

Ensemble::Actions Ensemble::setInterfaces(std::vector<discovery::LocalAddress> local, HostTime now)
{
  local_ = std::move(local);
  outside_.forget();
  isAskDue_ = true;
  if (forwarder_) forwarder_->doubt(now);
  if (mirror_) mirror_->doubt(now);
  for (auto& scout : scouts_) scout.check.doubt(now);
  settleForwarders(now);
  for (auto& [id, fellow] : fellows_) renewChecks(fellow, now);
  return advance(now);
}

Ensemble::Actions Ensemble::advance(HostTime now)
{
  Actions out;
  if (patientUntil_ && now >= *patientUntil_) {
    patientUntil_.reset();
    takeRoster(out, now);
    // Not before: a locked room would keep out who is still on the way back.
    for (auto& repeated : repeatOrders()) out.push_back(std::move(repeated));
  }
  remember(keys_.advance(now), out);
  std::erase_if(pending_, [now](const Pending& pending) { return now - pending.sentAt >= 2s; });
  checkForwarder(now, out);
  checkMirror(now, out);
  checkScouts(now, out);
  checkFellows(now, out);
  if (auto news = outside_.takeNews(now)) out.emplace_back(SeenAs{std::move(*news), outside_.relays()});
  chooseRoutes(out, now);
  askRelays(out);
  for (auto& [id, fellow] : fellows_)
    if (fellow.clock.nextProbe() <= now && fellow.choice.current()) probe(fellow, now, out);
  for (auto& [id, fellow] : fellows_) tellHistory(fellow, now, out);
  if (isHelloDue_ || now - helloAt_ >= kHelloPeriod) sayHello(out, now);
  for (auto& again : again_)
    if (again.due <= now) out.emplace_back(std::move(again.packet));
  std::erase_if(again_, [now](const Again& again) { return again.due <= now; });
  return out;
}

HostTime Ensemble::nextDeadline() const
{
  auto due = helloAt_ + kHelloPeriod;
  const auto earlier = [&due](HostTime other) { due = std::min(due, other); };
  if (const auto keys = keys_.nextDeadline()) earlier(*keys);
  if (forwarder_) earlier(forwarder_->nextDeadline());
  if (mirror_) earlier(mirror_->nextDeadline());
  for (const auto& scout : scouts_) earlier(scout.check.nextDeadline());
  earlier(outside_.nextDeadline());
  for (const auto& again : again_) earlier(again.due);
  for (const auto& [id, fellow] : fellows_) {
    for (const auto& check : fellow.checks) earlier(check.nextDeadline());
    if (fellow.isRestartDue) earlier(restartDeadline(fellow));
    if (fellow.choice.current()) earlier(fellow.clock.nextProbe());
    if (!fellow.history.empty()) earlier(fellow.historyPace.countedAt() + kBetweenHistory);
  }
  constexpr auto kPause = 5ms; // checks that wait for their turn must not make a busy loop
  return std::max(due, checks_.countedAt() + kPause);
}

std::vector<Ensemble::MemberView> Ensemble::members(HostTime now) const
{
  std::vector<MemberView> views;
  for (const auto& [id, fellow] : fellows_) {
    MemberView view{id,
                    fellow.slot,
                    fellow.card.name,
                    fellow.card.instrument,
                    fellow.choice.current(),
                    {},
                    fellow.clock.relation(now),
                    authority_.isMuted(id),
                    authority_.isHost(fellow.card.sign)};
    if (view.path && view.path->kind == PathKind::forwarder && forwarder_ && forwarder_->roundTrip())
      view.roundTrip = *forwarder_->roundTrip() + fellow.forwarderRoundTrip;
    for (const auto& check : fellow.checks)
      if (check.path() == view.path) view.roundTrip = check.roundTrip();
    views.push_back(std::move(view));
  }
  return views;
}

bool Ensemble::isRosterDisputed(HostTime now) const
{
  return std::ranges::any_of(fellows_, [now](const auto& entry) {
    return entry.second.disputedSince && now - *entry.second.disputedSince >= kDispute;
  });
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
