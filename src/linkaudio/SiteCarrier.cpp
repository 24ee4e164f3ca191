// A site among others that carry channels. What it publishes of theirs: SiteCarrierPublishing.cpp. What it
// says: SiteCarrierSaying.cpp.
#include <tutti/linkaudio/SiteCarrier.hpp>

#include <algorithm>
#include <utility>

#include <tutti/linkaudio/CarriedId.hpp>

#include "Label.hpp"

namespace tutti::linkaudio {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostSiteName = 64; // bytes

} // namespace

SiteCarrier::SiteCarrier(room::MemberId self)
  : self_{self}
  , yield_{kYield + kYield / 256 * std::to_integer<int>(self.bytes()[0])}
{}

SiteCarrier::Actions SiteCarrier::seeLan(const std::vector<LanChannel>& channels, HostTime now)
{
  lan_.clear();
  publishedHere_.clear();
  for (const auto& channel : channels)
    if (!isCarried(channel.id))
      lan_.emplace(channel.id, channel);
    else if (!channel.isOurs)
      publishedHere_.insert(channel.id);
  Actions actions;
  settle(now, actions);
  return actions;
}

SiteCarrier::Actions SiteCarrier::choose(std::set<ChannelId> chosen, HostTime now)
{
  chosen_ = std::move(chosen);
  Actions actions;
  settle(now, actions);
  return actions;
}

SiteCarrier::Actions SiteCarrier::seeRoom(const std::vector<Fellow>& fellows, bool doWePublish, HostTime now)
{
  doWePublish_ = doWePublish;
  auto before = std::exchange(sites_, {});
  for (const auto& fellow : fellows) {
    if (fellow.member == self_) continue;
    const auto known = before.find(fellow.member);
    auto& site = sites_[fellow.member] = known == before.end() ? Site{} : std::move(known->second);
    site.name = labelOf(fellow.name, kMostSiteName);
  }
  for (auto& [id, own] : own_)
    std::erase_if(own.askers, [&](const auto& asker) { return !sites_.contains(asker.first); });
  const bool isSomebodyNew =
    std::ranges::any_of(sites_, [&](const auto& site) { return !before.contains(site.first); });
  if (isSomebodyNew && !own_.empty()) offers_.changed(now);
  Actions actions;
  settle(now, actions);
  return actions;
}

SiteCarrier::Actions SiteCarrier::hear(const room::MemberId& from, const CarrierMessage& message,
                                       HostTime now)
{
  Actions actions;
  const auto site = sites_.find(from);
  if (site == sites_.end()) return actions;
  if (const auto* offers = std::get_if<Offers>(&message)) {
    site->second.heardAt = now;
    take(site->second, *offers);
  } else if (const auto* asks = std::get_if<Asks>(&message)) {
    take(site->second, from, *asks, now);
  }
  settle(now, actions);
  return actions;
}

/// A page that says how many pages there are, later than all others, has the word on that.
void SiteCarrier::take(Site& site, const Offers& offers)
{
  const auto saidAt = offers.saidAt.micros;
  if (saidAt > site.newest) {
    site.newest = saidAt;
    site.pages.resize(offers.pages);
  }
  if (offers.page >= site.pages.size() || saidAt < site.pages[offers.page].saidAt) return;
  site.pages[offers.page] = {saidAt, offers.offers};
}

void SiteCarrier::take(Site& site, const room::MemberId& from, const Asks& asks, HostTime now)
{
  if (asks.saidAt.micros <= site.askedAt) return;
  site.askedAt = asks.saidAt.micros;
  for (auto& [id, own] : own_) {
    const bool isAsked = std::ranges::find(asks.asks, Asks::Ask{self_, id}) != asks.asks.end();
    if (isAsked)
      own.askers[from] = now + kLease;
    else
      own.askers.erase(from);
  }
}

SiteCarrier::Actions SiteCarrier::flows(ChannelId channel, std::optional<Flow> flow, HostTime now)
{
  Actions actions;
  const auto own = own_.find(channel);
  if (own == own_.end() || !own->second.isSending) return actions;
  own->second.flow = flow;
  settle(now, actions);
  return actions;
}

SiteCarrier::Actions SiteCarrier::isHeard(ChannelId carried, bool isHeard, HostTime now)
{
  Actions actions;
  const auto foreign = foreign_.find(carried);
  if (foreign == foreign_.end()) return actions;
  foreign->second.isHeard = isHeard;
  settle(now, actions);
  return actions;
}

SiteCarrier::Actions SiteCarrier::advance(HostTime now)
{
  Actions actions;
  settle(now, actions);
  return actions;
}

void SiteCarrier::settle(HostTime now, Actions& actions)
{
  dropSilent(now);
  settleOwn(now, actions);
  settleForeign(now, actions);
  say(now, actions);
}

void SiteCarrier::dropSilent(HostTime now)
{
  for (auto& [member, site] : sites_)
    if (now - site.heardAt >= kSilent) site.pages.clear();
  for (auto& [id, own] : own_)
    std::erase_if(own.askers, [now](const auto& asker) { return now >= asker.second; });
}

void SiteCarrier::settleOwn(HostTime now, Actions& actions)
{
  std::map<ChannelId, Own> offered;
  for (const auto& id : chosen_) {
    const auto there = lan_.find(id);
    if (there == lan_.end() || offered.size() == kMostOffered) continue;
    auto known = own_.extract(id);
    auto& own = offered[id] = known ? std::move(known.mapped()) : Own{};
    own.about = there->second;
  }
  for (const auto& [id, own] : std::exchange(own_, std::move(offered)))
    if (own.isSending) actions.emplace_back(StopSending{id});
  for (auto& [id, own] : own_) {
    if (own.isSending == !own.askers.empty()) continue;
    own.isSending = !own.isSending;
    own.flow.reset();
    if (own.isSending)
      actions.emplace_back(Send{id});
    else
      actions.emplace_back(StopSending{id});
  }
  std::vector<Offer> all;
  for (const auto& page : pagesOfOffers({})) all.insert(all.end(), page.offers.begin(), page.offers.end());
  if (std::exchange(offeredLast_, all) != offeredLast_) offers_.changed(now);
}

HostTime SiteCarrier::nextDeadline() const
{
  auto due = std::min(offers_.due(), asks_.due());
  for (const auto& [id, own] : own_)
    for (const auto& [member, until] : own.askers) due = std::min(due, until);
  for (const auto& [member, site] : sites_)
    if (!site.pages.empty()) due = std::min(due, site.heardAt + kSilent);
  for (const auto& [carried, since] : missingSince_)
    if (!foreign_.contains(carried)) due = std::min(due, since + yield_);
  return due;
}

SiteCarrier::Actions SiteCarrier::leave(HostTime now)
{
  Actions actions;
  chosen_.clear();
  sites_.clear();
  settleOwn(now, actions);
  settleForeign(now, actions);
  const auto saidAt = stamp(now);
  actions.emplace_back(ToRoom{Offers{saidAt, 0, 1, {}}});
  actions.emplace_back(ToRoom{Asks{saidAt, {}}});
  return actions;
}

std::vector<SiteCarrier::Offered> SiteCarrier::offered() const
{
  std::vector<Offered> all;
  for (const auto& [id, own] : own_) all.push_back({own.about, own.askers.size(), own.flow.has_value()});
  return all;
}

std::vector<SiteCarrier::Published> SiteCarrier::published() const
{
  std::vector<Published> all;
  for (const auto& [carried, foreign] : foreign_)
    all.push_back({carried, foreign.member, foreign.name, foreign.isHeard, foreign.hearing.has_value()});
  return all;
}

} // namespace tutti::linkaudio
