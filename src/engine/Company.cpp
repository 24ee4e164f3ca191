#include "Company.hpp"

#include <algorithm>
#include <utility>

namespace tutti::engine {
namespace {

constexpr std::size_t kMostGuests = 63; // with us a full room; more is a directory that lies

} // namespace

void Company::useDevice(audio::AudioDevice* device)
{
  device_ = device;
  for (auto& [slot, guest] : guests_) {
    guest.directOut.reset();
    giveDirectOut(guest);
  }
}

void Company::setDeviceOut(Micros deviceOut)
{
  deviceOut_ = deviceOut;
  for (auto& [slot, guest] : guests_)
    if (guest.source) guest.source->setDeviceOut(deviceOut);
}

void Company::record(std::shared_ptr<jam::Recording> recording)
{
  recording_ = std::move(recording);
  if (recording_) return attendTracks();
  for (auto& [slot, guest] : guests_) {
    if (guest.track) desk_.tapPlayer(guest.id, nullptr);
    guest.track.reset();
  }
}

void Company::attendTracks()
{
  for (auto& [slot, guest] : guests_)
    if (!guest.track) giveTrack(guest);
}

void Company::follow(std::vector<Member> members)
{
  members_ = std::move(members);
  // First those who went: a member may be back at another place, with the same strip.
  for (const auto slot : slotsGone()) dismiss(slot);
  for (const auto& member : members_) {
    greet(member);
    listening_.setClock(member.slot, member.clock);
  }
  attendModes();
}

std::vector<jam::Slot> Company::slotsGone() const
{
  std::vector<jam::Slot> gone;
  for (const auto& [slot, guest] : guests_) {
    const auto isHere = [&](const auto& member) {
      return member.slot == slot && member.id.text() == guest.id.text;
    };
    if (std::ranges::none_of(members_, isHere)) gone.push_back(slot);
  }
  return gone;
}

void Company::greet(const Member& member)
{
  const jam::PlayerId id{member.id.text()};
  if (guests_.contains(member.slot) || guests_.size() >= kMostGuests) return;
  auto& guest = guests_[member.slot];
  guest.id = id;
  guest.number = ++greeted_;
  guest.name = member.name;
  guest.intent = usual_.intent;
  guest.mode = usual_.mode;
  guest.source = std::make_shared<jam::FromPlayer>(nullptr, 2); // silent until the first packet
  listening_.setIntent(member.slot, guest.intent);
  desk_.add(id, guest.name, guest.source);
  giveDirectOut(guest);
  giveTrack(guest);
}

void Company::attendStreams()
{
  for (auto& begun : listening_.takeBegun()) unknown_.push_back(std::move(begun));
  for (const auto& begun : std::exchange(unknown_, {})) begin(begun);
}

void Company::begin(const jam::Listening::Begun& begun)
{
  constexpr std::size_t kMostUnknown = 64;
  const auto found = guests_.find(begun.slot);
  if (found == guests_.end()) {
    if (unknown_.size() < kMostUnknown) unknown_.push_back(begun);
    return;
  }
  auto& guest = found->second;
  guest.source = std::make_shared<jam::FromPlayer>(begun.playout, begun.channels);
  guest.source->setDeviceOut(deviceOut_);
  desk_.replace(guest.id, guest.source);
}

void Company::giveDirectOut(Guest& guest)
{
  if (!usual_.hasDirectOuts || device_ == nullptr || guest.directOut) return;
  const auto pair = device_->addOutputs("player-" + guest.name);
  if (!pair) return; // a device whose outputs have no names
  guest.directOut = *pair;
  desk_.setDirectOut(guest.id, *pair);
}

void Company::giveTrack(Guest& guest)
{
  if (!recording_) return;
  guest.track = recording_->player(guest.name);
  if (guest.track) desk_.tapPlayer(guest.id, guest.track);
}

void Company::dismiss(jam::Slot slot)
{
  const auto guest = guests_.find(slot);
  if (guest == guests_.end()) return;
  listening_.forget(slot);
  if (recording_ && guest->second.track) recording_->end(guest->second.track);
  desk_.remove(guest->second.id);
  if (guest->second.directOut && device_ != nullptr) device_->removeOutputs(*guest->second.directOut);
  guests_.erase(guest);
}

void Company::dismissAll()
{
  while (!guests_.empty()) dismiss(guests_.begin()->first);
  unknown_.clear();
  members_.clear();
}

void Company::setIntent(const jam::PlayerId& player, stream::Intent intent)
{
  for (auto& [slot, guest] : guests_) {
    if (guest.id != player) continue;
    guest.intent = intent;
    listening_.setIntent(slot, intent);
  }
}

void Company::setMode(const jam::PlayerId& player, stream::DelayMode mode)
{
  for (auto& [slot, guest] : guests_) {
    if (guest.id != player || guest.mode == mode) continue;
    guest.mode = mode;
    if (mode.kind == stream::DelayMode::Kind::live) listening_.setMode(slot, mode, {}, {});
  }
  attendModes();
}

/// A steady delay is what is left for the playout, once the other parts are known; they move with the way.
/// One in beats has to know when what is played will be heard.
void Company::attendModes()
{
  using Kind = stream::DelayMode::Kind;
  for (const auto& member : members_) {
    const auto guest = guests_.find(member.slot);
    if (guest == guests_.end() || guest->second.mode.kind == Kind::live) continue;
    const auto& mode = guest->second.mode;
    const auto report = listening_.report(member.slot);
    if (mode.kind == Kind::beats) {
      listening_.setMode(member.slot, mode, {}, deviceOut_);
    } else if (report && report->capturedThere) {
      const auto parts = delayOf(member, *report);
      listening_.setMode(member.slot, mode, parts.deviceIn + parts.packet + parts.network, parts.deviceOut);
    }
  }
}

std::vector<PlayerHere> Company::here() const
{
  std::vector<PlayerHere> players;
  for (const auto& [slot, guest] : guests_) players.push_back({guest.id, guest.name});
  return players;
}

} // namespace tutti::engine
