#include "ChannelGuests.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace tutti::engine {
namespace {

using linkaudio::FromChannel;
using linkaudio::ToChannel;
using Hears = ChannelOffer::Hears;

constexpr std::string_view kBetween = " / ";

bool isKind(const jam::GuestId& id, std::string_view kind)
{
  return id.kind == kind;
}

template <class List> auto byId(List& list, const linkaudio::ChannelId& id)
{
  return std::ranges::find(list, id, [](const auto& one) { return one.channel.id; });
}

bool haveSameNames(const linkaudio::Channel& a, const linkaudio::Channel& b)
{
  return a.name == b.name && a.peerName == b.peerName;
}

/// Why a channel of this name is not there.
std::string whyMissing(const std::string& title, const ChannelsThere& there)
{
  if (!there.whyNone.empty()) return there.whyNone;
  const auto peer = title.substr(0, title.find(kBetween));
  if (peer == there.ourName) return "no other site carries it now";
  const bool isPeerHere = std::ranges::any_of(
    there.others, [&](const ChannelHere& other) { return other.channel.peerName == peer; });
  return isPeerHere ? peer + " does not publish it now" : peer + " is not in the Link session";
}

bool hasGhost(const jam::Desk& desk, const jam::GuestId& id)
{
  const auto guests = desk.showGuests();
  return std::ranges::any_of(guests, [&](const auto& guest) { return !guest.isHere && guest.id == id; });
}

} // namespace

std::string ChannelGuests::titleOf(const linkaudio::Channel& channel)
{
  return fmt::format("{}{}{}", channel.peerName, kBetween, channel.name);
}

std::vector<std::string> ChannelGuests::settle(jam::Desk& desk, const ChannelsThere& there,
                                               const std::vector<PlayerHere>& players)
{
  for (const auto& guest : there.dropped)
    drop(desk, guest, isKind(guest, ToChannel::kType) ? "Stop publishing" : "Stop listening");
  followOthers(desk, there);
  followOurs(desk, there, players);
  look(desk, there);
  return std::exchange(sentences_, {});
}

std::shared_ptr<FromChannel> ChannelGuests::make(const ChannelHere& here) const
{
  auto source = here.source ? here.source : std::make_shared<linkaudio::Source>(here.channel.id);
  auto module = std::make_shared<FromChannel>(std::move(source), session_);
  module->setDeviceOut(deviceOut_);
  return module;
}

/// It leaves no ghost: nobody waits for it.
void ChannelGuests::drop(jam::Desk& desk, const jam::GuestId& id, std::string_view what)
{
  std::erase_if(guests_, [&](const Guest& guest) { return guest.id == id; });
  std::erase_if(published_, [&](const Published& one) { return one.id == id; });
  if (const auto gone = desk.dismiss(id, what); !gone) sentences_.push_back(gone.error().detail);
}

void ChannelGuests::exchange(jam::Desk& desk, Guest& guest, const ChannelHere& here)
{
  auto module = make(here);
  if (!desk.replace(guest.id, module)) return; // gone; it comes anew
  guest.channel = here.channel;
  guest.module = std::move(module);
  guest.isFetched = here.source != nullptr;
}

void ChannelGuests::followOthers(jam::Desk& desk, const ChannelsThere& there)
{
  replaceWhoIsBack(desk, there);
  std::erase_if(guests_, [&](const Guest& guest) {
    if (byId(there.others, guest.channel.id) != there.others.end()) return false;
    desk.sayGoodbye(guest.id, whyMissing(titleOf(guest.channel), there));
    return true;
  });
  for (const auto& here : there.others) {
    const auto known = byId(guests_, here.channel.id);
    const bool isChosen = there.chosen.contains(here.channel.id);
    if (known == guests_.end()) {
      const auto id = jam::Desk::idFor(FromChannel::kType, titleOf(here.channel));
      if (there.bringsAll || isChosen || hasGhost(desk, id)) welcome(desk, here);
    } else if (known->isFetched != (here.source != nullptr) ||
               (here.source && known->module->source() != here.source)) {
      exchange(desk, *known, here);
    }
    const auto guest = byId(guests_, here.channel.id);
    if (!isChosen || guest == guests_.end() || desk.isConnected(guest->id)) continue;
    if (const auto led = desk.lead(guest->id, jam::StripId::master(), "Listen"); !led)
      sentences_.push_back(fmt::format("“{}” is silent: {}.", guest->id.name, led.error().detail));
  }
}

/// Whoever ended without a goodbye may be back before the first of them is given up.
void ChannelGuests::replaceWhoIsBack(jam::Desk& desk, const ChannelsThere& there)
{
  for (std::size_t i = 0; i < guests_.size(); ++i) {
    if (byId(there.others, guests_[i].channel.id) != there.others.end()) continue;
    for (const auto& here : there.others) {
      if (!haveSameNames(here.channel, guests_[i].channel)) continue;
      const auto second = byId(guests_, here.channel.id);
      if (second != guests_.end()) {
        if (desk.isConnected(second->id)) continue; // a hand has chosen it
        desk.sayGoodbye(second->id, "it is the same as another one");
        const auto place = static_cast<std::size_t>(second - guests_.begin());
        guests_.erase(second);
        if (place < i) --i;
      }
      exchange(desk, guests_[i], here);
      break;
    }
  }
}

void ChannelGuests::welcome(jam::Desk& desk, const ChannelHere& here)
{
  auto module = make(here);
  const auto arrival = desk.welcome(titleOf(here.channel), module);
  if (!arrival) return refuse(titleOf(here.channel), arrival.error().detail);
  guests_.push_back({here.channel, arrival->id, std::move(module), here.source != nullptr});
}

void ChannelGuests::refuse(const std::string& title, const std::string& why)
{
  if (refused_.insert(title).second)
    sentences_.push_back(fmt::format("The channel “{}” finds no place in the patch: {}.", title, why));
}

void ChannelGuests::followOurs(jam::Desk& desk, const ChannelsThere& there,
                               const std::vector<PlayerHere>& players)
{
  std::erase_if(published_, [&](const Published& one) {
    if (std::ranges::find(there.ours, one.sink, &ChannelOfOurs::sink) != there.ours.end()) return false;
    desk.sayGoodbye(one.id, there.whyNone.empty() ? "it is not published any more" : there.whyNone);
    return true;
  });
  for (const auto& ours : there.ours) {
    if (std::ranges::find(published_, ours.sink, &Published::sink) != published_.end()) continue;
    const auto arrival = desk.welcome(
      ours.offer.name, std::make_shared<ToChannel>(ours.sink, linkaudio::Sink::kMostChannels, session_));
    if (!arrival) {
      refuse(ours.offer.name, arrival.error().detail);
      continue;
    }
    const bool isLed = ours.offer.hears == Hears::hand || desk.isConnected(arrival->id);
    published_.push_back({ours.offer, arrival->id, ours.sink, isLed});
  }
  for (auto& one : published_)
    if (!one.isLed) lead(desk, one, players);
}

/// As soon as there is what it hears.
void ChannelGuests::lead(jam::Desk& desk, Published& one, const std::vector<PlayerHere>& players)
{
  auto from = jam::StripId::master();
  if (one.offer.hears == Hears::player) {
    const auto player = std::ranges::find(players, one.offer.player, &PlayerHere::name);
    if (player == players.end()) return;
    from = jam::StripId::of(player->id);
  }
  one.isLed = true;
  if (const auto led = desk.lead(from, one.id, "Publish"); !led)
    sentences_.push_back(fmt::format("“{}” is silent: {}.", one.id.name, led.error().detail));
}

/// Ghosts of a file, too, say why they are none but a ghost.
void ChannelGuests::look(jam::Desk& desk, const ChannelsThere& there)
{
  wanted_.clear();
  for (const auto& guest : guests_)
    if (desk.isConnected(guest.id)) wanted_.insert(guest.channel.id);
  missing_.clear();
  missingOurs_.clear();
  for (auto& guest : desk.showGuests()) {
    if (guest.isHere) continue;
    if (isKind(guest.id, ToChannel::kType)) {
      missingOurs_.push_back(guest.id.name);
      if (!there.whyNone.empty() && guest.whyMissing != there.whyNone)
        desk.sayGoodbye(guest.id, there.whyNone);
    }
    if (!isKind(guest.id, FromChannel::kType)) continue;
    const auto why = whyMissing(guest.id.name, there);
    if (guest.whyMissing != why) desk.sayGoodbye(guest.id, why);
    guest.whyMissing = why;
    missing_.push_back(std::move(guest));
  }
}

std::string ChannelGuests::guestOf(const linkaudio::ChannelId& id) const
{
  const auto guest = byId(guests_, id);
  return guest == guests_.end() ? std::string{} : guest->id.name;
}

void ChannelGuests::setDeviceOut(Micros latency)
{
  if (std::exchange(deviceOut_, latency) == latency) return;
  for (const auto& guest : guests_) guest.module->setDeviceOut(latency);
}

} // namespace tutti::engine
