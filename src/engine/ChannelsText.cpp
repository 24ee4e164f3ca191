#include "ChannelsText.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include <tutti/endpoint/Announcement.hpp>

namespace tutti::engine {
namespace {

constexpr std::size_t kMostChannels = 32;
constexpr std::size_t kMostPlaced = 64;
constexpr std::size_t kLongestName = 256;

constexpr std::array<std::pair<std::string_view, ChannelOffer::Hears>, 3> kHears{
  {{"hand", ChannelOffer::Hears::hand},
   {"mix", ChannelOffer::Hears::mix},
   {"player", ChannelOffer::Hears::player}}};

ChannelOffer::Hears hearsIn(const Section& section)
{
  const auto text = section.text("hears");
  for (const auto& [name, hears] : kHears)
    if (name == text) return hears;
  return ChannelOffer::Hears::hand;
}

std::string_view nameOf(ChannelOffer::Hears hears)
{
  for (const auto& [name, candidate] : kHears)
    if (candidate == hears) return name;
  return kHears.front().first;
}

void readOffers(const Section& section, ChannelsWish& channels)
{
  for (const auto& one : section.sections("published")) {
    ChannelOffer offer{one.text("name"), hearsIn(one), one.text("player")};
    one.remarkUnknown({"name", "hears", "player"});
    const bool isKnown =
      std::ranges::find(channels.offers, offer.name, &ChannelOffer::name) != channels.offers.end();
    if (!isKnown && endpoint::isName(offer.name) && channels.offers.size() < kMostChannels)
      channels.offers.push_back(std::move(offer));
  }
}

void readCarried(const Section& section, ChannelsWish& channels)
{
  for (const auto& one : section.sections("carried")) {
    linkaudio::ChannelPattern pattern{one.text("peer"), one.text("channel")};
    one.remarkUnknown({"peer", "channel"});
    const bool isSane = std::max(pattern.peer.size(), pattern.channel.size()) <= kLongestName;
    if (isSane && channels.carried.size() < kMostChannels) channels.carried.insert(std::move(pattern));
  }
}

void readPlaces(const Section& section, ChannelsWish& channels)
{
  for (const auto& one : section.sections("placed")) {
    const auto name = one.text("name");
    const auto beats = one.whole("beats", {0, linkaudio::Placement::kMostBeats}, 1);
    one.remarkUnknown({"name", "beats"});
    if (name.empty() || name.size() > 2 * kLongestName || channels.placed.size() >= kMostPlaced) continue;
    channels.placed[name] = beats == 0 ? linkaudio::Placement::live() : linkaudio::Placement::inBeats(beats);
  }
}

} // namespace

ChannelsWish readChannels(const Section& section)
{
  ChannelsWish channels;
  channels.isOn = section.yesOrNo("on", channels.isOn);
  channels.publishesEverybody = section.yesOrNo("everybody", channels.publishesEverybody);
  readOffers(section, channels);
  readCarried(section, channels);
  readPlaces(section, channels);
  section.remarkUnknown({"on", "everybody", "published", "carried", "placed"});
  return channels;
}

std::string channelsText(const ChannelsWish& channels)
{
  if (channels == ChannelsWish{}) return {};
  auto text =
    fmt::format("channels:\n  on: {}\n  everybody: {}\n", channels.isOn, channels.publishesEverybody);
  if (!channels.offers.empty()) text += "  published:\n";
  for (const auto& offer : channels.offers) {
    text += fmt::format("    - name: {}\n      hears: {}\n", scalarOf(offer.name), nameOf(offer.hears));
    if (!offer.player.empty()) text += fmt::format("      player: {}\n", scalarOf(offer.player));
  }
  if (!channels.carried.empty()) text += "  carried:\n";
  for (const auto& pattern : channels.carried)
    text +=
      fmt::format("    - peer: {}\n      channel: {}\n", scalarOf(pattern.peer), scalarOf(pattern.channel));
  if (!channels.placed.empty()) text += "  placed:\n";
  for (const auto& [name, placement] : channels.placed)
    text += fmt::format("    - name: {}\n      beats: {}\n", scalarOf(name), placement.beats);
  return text;
}

} // namespace tutti::engine
