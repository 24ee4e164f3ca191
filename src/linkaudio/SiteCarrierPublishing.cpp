// What a carrier publishes here of what the others offer, and whose.
#include <algorithm>
#include <utility>

#include <tutti/linkaudio/CarriedId.hpp>
#include <tutti/linkaudio/SiteCarrier.hpp>

namespace tutti::linkaudio {

/// As it is offered by now. What is on no page any more may have moved to one that is still to come: it is
/// offered until each page was heard again.
std::optional<SiteCarrier::Foreign> SiteCarrier::ifStillOffered(const Foreign& before) const
{
  const auto found = sites_.find(before.member);
  if (found == sites_.end() || lan_.contains(before.offer.channel)) return std::nullopt;
  const auto& site = found->second;
  auto foreign = before;
  bool isOffered = false;
  for (const auto& page : site.pages) {
    const auto offer = std::ranges::find(page.offers, before.offer.channel, &Offer::channel);
    if (offer != page.offers.end()) {
      foreign.offer = *offer;
      foreign.saidAt = page.saidAt;
    }
    isOffered = isOffered || page.saidAt <= before.saidAt || offer != page.offers.end();
  }
  foreign.name = foreign.offer.name + " (" + site.name + ")";
  return isOffered ? std::optional{std::move(foreign)} : std::nullopt;
}

/// Whose a channel is stays so for as long as they offer it, or a member could draw keys until its id is low
/// enough to take it away. Of two sites that begin together, as both are on its LAN, the lower one's.
std::map<ChannelId, SiteCarrier::Foreign> SiteCarrier::wanted() const
{
  std::map<ChannelId, Foreign> wanted;
  for (const auto& [carried, before] : wanted_)
    if (auto foreign = ifStillOffered(before)) wanted.emplace(carried, std::move(*foreign));
  for (const auto& [member, site] : sites_)
    for (const auto& page : site.pages)
      for (const auto& offer : page.offers) {
        const auto carried = carriedId(offer.channel);
        if (lan_.contains(offer.channel) || wanted.contains(carried)) continue;
        if (wanted.size() == kMostPublished) return wanted;
        Foreign foreign;
        foreign.member = member;
        foreign.offer = offer;
        foreign.saidAt = page.saidAt;
        foreign.name = offer.name + " (" + site.name + ")";
        wanted.emplace(carried, std::move(foreign));
      }
  return wanted;
}

/// Leaves what another bridge of this LAN publishes, or still may.
void SiteCarrier::yield(HostTime now, std::map<ChannelId, Foreign>& wanted)
{
  std::map<ChannelId, HostTime> missing;
  if (!doWePublish_)
    for (const auto& [carried, foreign] : wanted) {
      if (publishedHere_.contains(carried)) continue;
      const auto known = missingSince_.find(carried);
      missing.emplace(carried, known == missingSince_.end() ? now : known->second);
    }
  missingSince_ = std::move(missing);
  if (doWePublish_) return;
  std::erase_if(wanted, [&](const auto& one) {
    const auto since = missingSince_.find(one.first);
    return since == missingSince_.end() || now - since->second < yield_;
  });
}

void SiteCarrier::publish(std::map<ChannelId, Foreign> wanted, Actions& actions)
{
  for (auto& [carried, foreign] : wanted) {
    const auto known = foreign_.find(carried);
    if (known != foreign_.end()) {
      foreign.isHeard = known->second.isHeard;
      foreign.hearing = known->second.hearing;
      if (known->second.member != foreign.member && foreign.hearing) {
        foreign.hearing.reset();
        actions.emplace_back(StopHearing{carried});
      }
    }
    if (known == foreign_.end() || known->second.name != foreign.name)
      actions.emplace_back(Publish{carried, foreign.name});
  }
  for (const auto& [carried, foreign] : foreign_) {
    if (wanted.contains(carried)) continue;
    if (foreign.hearing) actions.emplace_back(StopHearing{carried});
    actions.emplace_back(Withdraw{carried});
  }
  foreign_ = std::move(wanted);
}

void SiteCarrier::settleForeign(HostTime now, Actions& actions)
{
  wanted_ = wanted();
  auto toPublish = wanted_;
  yield(now, toPublish);
  publish(std::move(toPublish), actions);
  for (auto& [carried, foreign] : foreign_) {
    const auto& offer = foreign.offer;
    std::optional<Flow> flow;
    if (foreign.isHeard && offer.stream != 0)
      flow = Flow{offer.stream, offer.codec, offer.channels, offer.rate};
    if (flow == foreign.hearing) continue;
    if (foreign.hearing) actions.emplace_back(StopHearing{carried});
    if (flow) actions.emplace_back(Hear{carried, foreign.member, *flow});
    foreign.hearing = flow;
  }
  const auto list = asks({}).asks;
  const std::set<Asks::Ask> asked{list.begin(), list.end()};
  if (std::exchange(askedLast_, asked) != askedLast_) asks_.changed(now);
}

} // namespace tutti::linkaudio
