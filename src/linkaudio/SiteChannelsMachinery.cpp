#include "SiteChannelsMachinery.hpp"

#include <algorithm>
#include <chrono>

#include <tutti/core/Log.hpp>
#include <tutti/linkaudio/CarriedId.hpp>

namespace tutti::linkaudio {
namespace {

using namespace std::chrono_literals;
using time::HostClock;

constexpr auto kLook = 250ms; // at LAN and room, which change without notice
constexpr auto kPulse = 5ms;  // while something comes: what is missing is waited for

const room::Ensemble::MemberView* memberOf(const room::Session::Status& room, const room::MemberId& id)
{
  const auto found = std::ranges::find(room.members, id, &room::Ensemble::MemberView::id);
  return found == room.members.end() ? nullptr : &*found;
}

} // namespace

SiteChannels::Machinery::Machinery(LinkAudio& audio, room::Session& session)
  : audio_{audio}
  , session_{session}
  , carrier_{session.status().id}
  , alarm_{audio.network(), [this] { wake(); }}
{}

void SiteChannels::Machinery::begin()
{
  look(HostClock::now());
  arm();
}

void SiteChannels::Machinery::end()
{
  perform(carrier_.leave(HostClock::now()));
  isOver_ = true;
  isHearing_ = false;
  alarm_.set({});
  come_.clear();
  feeds_.clear();
  sent_.clear();
}

void SiteChannels::Machinery::carry(const CarryWish& wish)
{
  if (isOver_ || wish == wish_) return;
  if (wish.codec != wish_.codec)
    for (auto& [id, sent] : sent_) close(sent);
  wish_ = wish;
  choose(HostClock::now());
  arm();
}

void SiteChannels::Machinery::follow(const SiteCompany& company)
{
  if (isOver_ || company == company_) return;
  company_ = company;
  showRoom(HostClock::now());
  arm();
}

void SiteChannels::Machinery::hear(const room::Ensemble::BridgeWord& word)
{
  if (isOver_) return;
  const auto message = parseSignedCarrierMessage(word.bytes, word.author);
  if (!message) {
    log::room().debug("a word about channels was refused: {}", message.error().detail);
    return;
  }
  perform(carrier_.hear(word.from, *message, HostClock::now()));
  arm();
}

void SiteChannels::Machinery::look(HostTime now)
{
  lookAt_ = now + kLook;
  showLan(now);
  showRoom(now);
  publish();
  tryAgain();
}

/// What was refused for want of room, as there may be some by now.
void SiteChannels::Machinery::tryAgain()
{
  problem_.clear();
  for (const auto& offered : carrier_.offered()) {
    const auto sent = sent_.find(offered.channel.id);
    const bool isTapped = sent != sent_.end() && sent->second.tap;
    if (offered.askers > 0 && !isTapped) perform(SiteCarrier::Send{offered.channel.id});
  }
  for (const auto& published : carrier_.published())
    if (!feeds_.contains(published.carried)) perform(SiteCarrier::Publish{published.carried, published.name});
}

void SiteChannels::Machinery::showLan(HostTime now)
{
  lan_ = audio_.channels();
  const auto others = lan_.size();
  for (auto& own : audio_.ours()) lan_.push_back(std::move(own));
  std::vector<SiteCarrier::LanChannel> shown;
  for (const auto& channel : lan_)
    shown.push_back({channel.id, channel.name, channel.peerName, shown.size() >= others});
  perform(carrier_.seeLan(shown, now));
  choose(now);
  for (auto one = sent_.begin(); one != sent_.end();) {
    const bool isGone = !one->second.tap && std::ranges::find(lan_, one->first, &Channel::id) == lan_.end();
    if (isGone) close(one->second);
    one = isGone ? sent_.erase(one) : std::next(one);
  }
}

void SiteChannels::Machinery::choose(HostTime now)
{
  std::set<ChannelId> chosen;
  for (const auto& channel : lan_) {
    const auto isIt = [&](const ChannelPattern& pattern) { return pattern.fits(channel); };
    if (!isCarried(channel.id) && std::ranges::any_of(wish_.channels, isIt)) chosen.insert(channel.id);
  }
  perform(carrier_.choose(std::move(chosen), now));
}

/// With another slot all that we send begins anew.
void SiteChannels::Machinery::showRoom(HostTime now)
{
  const auto before = room_.slot;
  room_ = session_.status();
  if (room_.slot != before) {
    for (auto& [id, sent] : sent_) close(sent);
    freed_.clear();
  }
  std::vector<SiteCarrier::Fellow> fellows;
  for (const auto& member : room_.members)
    if (company_.sites.contains(member.id)) fellows.push_back({member.id, member.name});
  perform(carrier_.seeRoom(fellows, company_.doWePublish, now));
  for (auto& [carried, come] : come_) come.arrival.follow(company_.session);
}

void SiteChannels::Machinery::wake()
{
  const auto now = HostClock::now();
  pulseAt_ = now + kPulse;
  for (auto& [carried, come] : come_) passOn(carried, come, now);
  sendReport(now);
  if (now >= lookAt_) look(now);
  perform(carrier_.advance(now));
  arm();
}

void SiteChannels::Machinery::arm()
{
  if (isOver_) return;
  auto due = std::min(lookAt_, carrier_.nextDeadline());
  if (!come_.empty()) due = std::min(due, pulseAt_);
  alarm_.set(due);
}

void SiteChannels::Machinery::perform(const SiteCarrier::Actions& actions)
{
  for (const auto& action : actions) std::visit([this](const auto& one) { perform(one); }, action);
  const bool isFlowing =
    std::ranges::any_of(sent_, [](const auto& one) { return one.second.tap != nullptr; });
  isHearing_ = isFlowing || !come_.empty();
}

void SiteChannels::Machinery::perform(const SiteCarrier::ToRoom& action)
{
  session_.sayToBridges(encodeSigned(action.message, session_.keys()));
}

void SiteChannels::Machinery::perform(const SiteCarrier::Publish& action)
{
  if (const auto known = feeds_.find(action.carried); known != feeds_.end())
    return known->second->rename(action.name);
  auto feed = audio_.feed(action.carried, action.name,
                          [weak = weak_from_this(), carried = action.carried](bool isHeard) {
                            const auto self = weak.lock();
                            if (!self || self->isOver_) return;
                            self->perform(self->carrier_.isHeard(carried, isHeard, HostClock::now()));
                            self->arm();
                          });
  if (feed)
    feeds_.emplace(action.carried, std::move(*feed));
  else
    problem_ = feed.error().detail;
}

void SiteChannels::Machinery::perform(const SiteCarrier::Withdraw& action)
{
  feeds_.erase(action.carried);
}

void SiteChannels::Machinery::publish()
{
  SiteChannelsSnapshot shown;
  shown.problem = problem_;
  for (const auto& offered : carrier_.offered()) {
    const auto channel = std::ranges::find(lan_, offered.channel.id, &Channel::id);
    if (channel == lan_.end()) continue;
    const auto sent = sent_.find(channel->id);
    shown.offered.push_back({*channel, offered.askers, sent == sent_.end() ? 0 : sent->second.packets});
  }
  for (const auto& published : carrier_.published()) {
    const auto* site = memberOf(room_, published.member);
    SiteChannelsSnapshot::Published one{.id = published.carried,
                                        .site = site == nullptr ? std::string{} : site->name,
                                        .name = published.name,
                                        .isHeard = published.isHeard};
    if (const auto come = come_.find(published.carried); come != come_.end()) {
      one.packets = come->second.arrival.counts().packets;
      one.lost = static_cast<std::uint64_t>(std::max<std::int64_t>(come->second.reception.lost(), 0));
      one.holes = come->second.arrival.counts().holes;
    }
    shown.published.push_back(std::move(one));
  }
  const std::lock_guard lock{snapshotMutex_};
  snapshot_ = std::move(shown);
}

SiteChannelsSnapshot SiteChannels::Machinery::snapshot() const
{
  const std::lock_guard lock{snapshotMutex_};
  return snapshot_;
}

} // namespace tutti::linkaudio
