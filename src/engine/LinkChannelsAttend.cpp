#include <algorithm>
#include <tuple>
#include <utility>

#include "LinkChannels.hpp"

/// What the attendant does.
namespace tutti::engine {
namespace {

bool isAlike(const ChannelSnapshot& a, const ChannelSnapshot& b)
{
  const auto parts = [](const ChannelSnapshot& one) {
    return std::tie(one.peer, one.name, one.id, one.guest, one.isHeard, one.site, one.isCarried, one.sites,
                    one.problem);
  };
  return parts(a) == parts(b);
}

bool isAlike(const OurChannelSnapshot& a, const OurChannelSnapshot& b)
{
  const auto parts = [](const OurChannelSnapshot& one) {
    return std::tie(one.offer.name, one.isThere, one.isHeard);
  };
  return parts(a) == parts(b);
}

/// But for figures.
bool isAlike(const ChannelsSnapshot& a, const ChannelsSnapshot& b)
{
  const auto are = [](const auto& one, const auto& other) { return isAlike(one, other); };
  return a.isOn == b.isOn && a.isBridged == b.isBridged && a.players == b.players && a.problem == b.problem &&
         std::ranges::equal(a.channels, b.channels, are) && std::ranges::equal(a.ours, b.ours, are);
}

linkaudio::Placement placementOf(const std::string& guest, const ChannelsWish& wish)
{
  const auto known = wish.placed.find(guest);
  return known == wish.placed.end() ? wish.placement : known->second;
}

} // namespace

void LinkChannels::attend()
{
  const auto wish = this->wish();
  show(wish); // as it was settled last
  if (wish.isOn && !audio_) begin();
  if (!wish.isOn && audio_) end();
  if (!wish.isOn)
    whyNone_ = "Link Audio is off here";
  else if (!audio_)
    whyNone_ = "there is no Link here";
  else
    whyNone_ = way_.isLinkOn() ? "" : "Link is off here";
  channels_.clear();
  problem_.clear();
  if (audio_) {
    session_->say(way_.grid());
    channels_ = audio_->channels();
    attendCarried(wish);
    attendFetched(wish);
    attendOffers(wish);
  }
  collect(wish);
}

void LinkChannels::begin()
{
  if (!way_.open) return;
  audio_ = way_.open(name_);
  if (!audio_) return;
  audio_->enable();
  carried_.use(*audio_);
}

/// The modules of the patch hold what they play from, which is silent now.
void LinkChannels::end()
{
  carried_.lose();
  travelling_ = {};
  fetched_.clear();
  offered_.clear();
  audio_.reset();
}

/// What we publish here for other sites is there for us, too.
void LinkChannels::attendCarried(const ChannelsWish& wish)
{
  carried_.carry({wish.carried});
  travelling_ = carried_.snapshot();
  problem_ = travelling_.problem;
  for (const auto& one : travelling_.published) channels_.push_back({one.id, one.name, {}, name_});
}

void LinkChannels::attendFetched(const ChannelsWish& wish)
{
  const auto& wanted = guests_.wanted();
  std::erase_if(fetched_, [&](const auto& one) { return !wanted.contains(one.first); });
  for (const auto& id : wanted) {
    const auto placement = placementOf(guests_.guestOf(id), wish);
    if (const auto known = fetched_.find(id); known != fetched_.end()) {
      if (std::exchange(known->second.placement, placement) != placement)
        known->second.subscription->setPlacement(placement);
      continue;
    }
    auto subscription = audio_->subscribe(id, placement);
    if (subscription)
      fetched_.emplace(id, Fetched{std::move(*subscription), placement});
    else
      problem_ = subscription.error().detail;
  }
}

void LinkChannels::attendOffers(const ChannelsWish& wish)
{
  std::erase_if(offered_, [&](const Offered& one) {
    return std::ranges::find(wish.offers, one.offer.name, &ChannelOffer::name) == wish.offers.end();
  });
  for (const auto& offer : wish.offers) {
    const auto isIt = [&](const Offered& one) { return one.offer.name == offer.name; };
    if (std::ranges::any_of(offered_, isIt)) continue;
    auto publication = audio_->publish(offer.name);
    if (publication)
      offered_.push_back({offer, std::move(*publication)});
    else
      problem_ = publication.error().detail;
  }
}

void LinkChannels::collect(const ChannelsWish& wish)
{
  there_ = {};
  there_.ourName = name_;
  there_.bringsAll = wish.bringsAll;
  there_.whyNone = whyNone_;
  for (const auto& channel : channels_) {
    const auto fetched = fetched_.find(channel.id);
    there_.others.push_back(
      {channel, fetched == fetched_.end() ? nullptr : fetched->second.subscription->source()});
  }
  for (const auto& one : offered_) there_.ours.push_back({one.offer, one.publication->sink()});
}

void LinkChannels::showJourney(ChannelSnapshot& shown, const linkaudio::Channel& channel,
                               const ChannelsWish& wish) const
{
  for (const auto& one : travelling_.published)
    if (one.id == channel.id) shown.site = one.site;
  for (const auto& one : travelling_.offered)
    if (one.channel.id == channel.id) shown.sites = one.askers;
  shown.isCarried =
    std::ranges::any_of(wish.carried, [&](const auto& pattern) { return pattern.fits(channel); });
}

void LinkChannels::show(const ChannelsWish& wish)
{
  ChannelsSnapshot shown;
  shown.isOn = wish.isOn;
  shown.publishesEverybody = wish.publishesEverybody;
  shown.players = players_;
  shown.problem = problem_;
  shown.isBridged = carried_.areTravelling();
  for (const auto& channel : channels_) {
    ChannelSnapshot one{.peer = channel.peerName, .name = channel.name, .id = channel.id};
    one.guest = guests_.guestOf(channel.id);
    one.placement = placementOf(one.guest, wish);
    if (const auto fetched = fetched_.find(channel.id); fetched != fetched_.end()) {
      one.isHeard = true;
      one.sound = fetched->second.subscription->takeSnapshot();
    }
    showJourney(one, channel, wish);
    shown.channels.push_back(std::move(one));
  }
  for (const auto& guest : guests_.missing()) {
    const auto mark = guest.id.name.find(" / ");
    ChannelSnapshot one{.peer = guest.id.name.substr(0, mark), .guest = guest.id.name};
    if (mark != std::string::npos) one.name = guest.id.name.substr(mark + 3);
    one.placement = placementOf(one.guest, wish);
    one.problem = guest.whyMissing;
    shown.channels.push_back(std::move(one));
  }
  std::ranges::sort(shown.channels, {},
                    [](const auto& one) { return std::tie(one.site, one.peer, one.name, one.id); });
  for (const auto& offer : wish.offers) {
    const auto known =
      std::ranges::find(offered_, offer.name, [](const Offered& one) { return one.offer.name; });
    if (known == offered_.end())
      shown.ours.push_back({offer});
    else
      shown.ours.push_back(
        {offer, whyNone_.empty(), known->publication->isHeard(), known->publication->takeCounts()});
  }
  const std::lock_guard lock{mutex_};
  isNews_ = isNews_ || !isAlike(shown_, shown);
  shown_ = std::move(shown);
}

} // namespace tutti::engine
