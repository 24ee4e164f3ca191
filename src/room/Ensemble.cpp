// What the directory says, and what is due. Who is there: EnsembleRoster.cpp. Ways: EnsemblePaths.cpp. What
// members say: EnsembleControl.cpp.
#include <tutti/room/Ensemble.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace tutti::room {
namespace {

using namespace std::chrono_literals;

constexpr auto kHelloPeriod = 2s;
constexpr auto kDispute = 10s; // spec room R-10
constexpr auto kPatience = 5s; // until those that we still hear are back in the roster, too
constexpr std::size_t kMostOrders = 256;

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
  forwarders_.join(joined, servers, local_, now);
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
  forwarders_.offer(update.forwarders, local_, now);
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
  relays_.review();
  forwarders_.moved(local_, now);
  for (auto& [id, fellow] : fellows_) fellow.paths.moved(here(), now);
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
  checkForwarders(now, out);
  checkFellows(now, out);
  if (auto news = outside_.takeNews(now)) out.emplace_back(SeenAs{std::move(*news), outside_.relays()});
  chooseRoutes(out, now);
  askRelays(out);
  for (auto& [id, fellow] : fellows_)
    if (fellow.clock.nextProbe() <= now && fellow.paths.current()) probe(fellow, now, out);
  for (auto& [id, fellow] : fellows_)
    for (auto& packet : fellow.talk.advance(fellow.slot, now))
      out.emplace_back(sealedFor(fellow, std::move(packet)));
  if (isHelloDue_ || now - helloAt_ >= kHelloPeriod) sayHello(out, now);
  for (auto& packet : talk_.advance(now)) out.emplace_back(SendSealed{std::nullopt, std::move(packet)});
  return out;
}

HostTime Ensemble::nextDeadline() const
{
  auto due = helloAt_ + kHelloPeriod;
  const auto earlier = [&due](HostTime other) { due = std::min(due, other); };
  if (const auto keys = keys_.nextDeadline()) earlier(*keys);
  earlier(forwarders_.nextDeadline());
  earlier(outside_.nextDeadline());
  earlier(talk_.nextDeadline());
  for (const auto& [id, fellow] : fellows_) {
    earlier(fellow.paths.nextDeadline());
    earlier(fellow.talk.nextDeadline());
    if (fellow.paths.current()) earlier(fellow.clock.nextProbe());
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
                    fellow.paths.current(),
                    {},
                    fellow.clock.relation(now),
                    authority_.isMuted(id),
                    authority_.isHost(fellow.card.sign)};
    const bool isForwarded = view.path && view.path->kind == PathKind::forwarder;
    view.roundTrip = isForwarded ? forwarders_.roundTrip() : fellow.paths.roundTrip();
    if (isForwarded && view.roundTrip) *view.roundTrip += fellow.forwarderRoundTrip;
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

} // namespace tutti::room
