#include "LinkChannels.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include <tutti/patch/Name.hpp>

namespace tutti::engine {
namespace {

using Hears = ChannelOffer::Hears;

constexpr std::size_t kMostOffers = 32;
constexpr std::size_t kLongestName = 64;

bool isNamed(const std::vector<ChannelOffer>& offers, const std::string& name)
{
  return std::ranges::find(offers, name, &ChannelOffer::name) != offers.end();
}

jam::GuestId guestOf(const std::string& name)
{
  return jam::Desk::idFor(linkaudio::ToChannel::kType, name);
}

} // namespace

LinkChannels::LinkChannels(const std::string& name, LinkAudioWay way, ChannelsWish wish)
  : name_{name.empty() ? "Tutti" : name}
  , way_{std::move(way)}
  , wish_{std::move(wish)}
{}

void LinkChannels::setOn(bool isOn)
{
  const std::lock_guard lock{mutex_};
  wish_.isOn = isOn;
}

void LinkChannels::listen(const linkaudio::ChannelId& channel)
{
  const std::lock_guard lock{mutex_};
  chosen_.insert(channel);
}

void LinkChannels::stopListening(const std::string& guest)
{
  const std::lock_guard lock{mutex_};
  dropped_.insert({std::string{linkaudio::FromChannel::kType}, guest});
}

void LinkChannels::place(const std::string& guest, linkaudio::Placement placement)
{
  const std::lock_guard lock{mutex_};
  wish_.placed[guest] = placement;
}

Result<void> LinkChannels::publish(const ChannelOffer& offer)
{
  if (offer.name.empty() || !patch::isName(offer.name) || offer.name.size() > kLongestName)
    return failure(ErrorKind::unsupported, "A channel needs a name of 1 to 64 letters, on one line.");
  const std::lock_guard lock{mutex_};
  if (isNamed(wish_.offers, offer.name))
    return failure(ErrorKind::refused, fmt::format("A channel “{}” is published already.", offer.name));
  if (wish_.offers.size() == kMostOffers)
    return failure(ErrorKind::refused,
                   fmt::format("{} channels are published already; take one back first.", kMostOffers));
  wish_.offers.push_back(offer);
  return {};
}

void LinkChannels::withdraw(const std::string& name)
{
  const std::lock_guard lock{mutex_};
  wish_.publishesEverybody = false; // or it would be back at once
  std::erase_if(wish_.offers, [&](const ChannelOffer& offer) { return offer.name == name; });
  dropped_.insert(guestOf(name));
}

void LinkChannels::publishEverybody(bool doesSo)
{
  const std::lock_guard lock{mutex_};
  wish_.publishesEverybody = doesSo;
  if (doesSo) return;
  for (const auto& offer : wish_.offers)
    if (offer.hears != Hears::hand) dropped_.insert(guestOf(offer.name));
  std::erase_if(wish_.offers, [](const ChannelOffer& offer) { return offer.hears != Hears::hand; });
}

void LinkChannels::carry(const linkaudio::ChannelPattern& channel, bool isWanted)
{
  const std::lock_guard lock{mutex_};
  if (isWanted)
    wish_.carried.insert(channel);
  else
    wish_.carried.erase(channel);
}

ChannelsWish LinkChannels::wish() const
{
  const std::lock_guard lock{mutex_};
  return wish_;
}

ChannelsWish LinkChannels::toRemember() const
{
  auto wish = this->wish();
  std::erase_if(wish.offers, [](const ChannelOffer& offer) { return offer.hears == Hears::hand; });
  return wish;
}

ChannelsSnapshot LinkChannels::snapshot() const
{
  const std::lock_guard lock{mutex_};
  return shown_;
}

bool LinkChannels::takeNews()
{
  const std::lock_guard lock{mutex_};
  return std::exchange(isNews_, false);
}

std::vector<std::string> LinkChannels::settle(jam::Desk& desk, Micros deviceOut,
                                              const std::vector<PlayerHere>& players)
{
  {
    const std::lock_guard lock{mutex_};
    there_.dropped = std::exchange(dropped_, {});
    std::erase_if(chosen_, [&](const auto& id) {
      return guests_.wanted().contains(id) ||
             std::ranges::find(channels_, id, &linkaudio::Channel::id) == channels_.end();
    });
    there_.chosen = chosen_;
  }
  guests_.setDeviceOut(deviceOut);
  auto sentences = guests_.settle(desk, there_, players);
  players_.clear();
  for (const auto& player : players) players_.push_back(player.name);
  publishWhoIsHere(players);
  publishAgain();
  return sentences;
}

/// Each once, by what the room calls them.
void LinkChannels::publishWhoIsHere(const std::vector<PlayerHere>& players)
{
  const std::lock_guard lock{mutex_};
  if (!wish_.isOn || !wish_.publishesEverybody) return;
  auto& offers = wish_.offers;
  const auto add = [&](const ChannelOffer& offer) {
    if (offers.size() < kMostOffers && !offer.name.empty() && !isNamed(offers, offer.name))
      offers.push_back(offer);
  };
  add(ChannelOffer::mix());
  for (const auto& player : players)
    add({patch::nameFrom(player.name.substr(0, kLongestName)), Hears::player, player.name});
}

/// What a patch has a place for.
void LinkChannels::publishAgain()
{
  if (!audio_) return;
  const std::lock_guard lock{mutex_};
  for (const auto& name : guests_.missingOurs())
    if (wish_.offers.size() < kMostOffers && !isNamed(wish_.offers, name))
      wish_.offers.push_back({name, Hears::hand, {}});
}

} // namespace tutti::engine
