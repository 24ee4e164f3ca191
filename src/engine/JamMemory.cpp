#include <algorithm>
#include <fmt/format.h>

#include "JamImpl.hpp"

namespace tutti::engine {

/// Only its announcement, heard now, says whom to trust there; an invitation that somebody sent does itself.
bool Jam::Impl::isFromLan(const room::Invitation& invitation) const
{
  if (!lanRooms_ || invitation.secret || !invitation.fingerprint) return false;
  const auto isIt = [&](const room::LanRoom& room) { return room.invitation() == invitation; };
  return std::ranges::any_of(lanRooms_->rooms(), isIt);
}

Result<void> Jam::Impl::refuseIfOtherHost(const room::Invitation& ofLan)
{
  {
    const std::lock_guard lock{mutex_};
    if (!memory_.isOtherHost(ofLan)) return {};
    tried_ = ofLan;
  }
  const Error error{ErrorKind::refused,
                    fmt::format("“{}” is on another computer than when you first joined it, or was set up "
                                "anew. Ask who hosts it; somebody may pretend to.",
                                ofLan.room)};
  failed(error);
  const std::lock_guard lock{mutex_};
  hasOtherHost_ = true;
  return tl::unexpected{error};
}

void Jam::Impl::rememberRoom(const room::Invitation& invitation, bool isFromLan)
{
  {
    const std::lock_guard lock{mutex_};
    memory_.joined(invitation);
    if (isFromLan) memory_.meet(invitation);
  }
  changed();
}

void Jam::Impl::forgetRoom(const std::string& invitation)
{
  const auto room = room::Invitation::parse(invitation);
  if (!room) return;
  {
    const std::lock_guard lock{mutex_};
    memory_.forget(*room);
  }
  changed();
}

Settings::Rooms Jam::Impl::rooms()
{
  const std::lock_guard lock{mutex_};
  return memory_.rooms();
}

/// Without solo, which would silence the others another day.
Settings::Mix Jam::Impl::mix()
{
  const std::lock_guard lock{mutex_};
  auto mix = desk_.remembered();
  for (auto& [name, strip] : mix)
    for (auto& channel : strip.channels) channel.isSoloed = false;
  std::erase_if(mix, [](const auto& known) { return known.second == patch::StripSettings{}; });
  return mix;
}

std::vector<jam::RoomOffer> Jam::Impl::showOffers() const
{
  std::vector<jam::RoomOffer> offers;
  std::vector<room::Invitation> near;
  if (lanRooms_)
    for (const auto& room : lanRooms_->rooms()) {
      if (room.room.kind == room::wire::RoomKind::invited) continue; // nobody gets in without the link
      near.push_back(room.invitation());
      offers.push_back({room.room.name, near.back().link(), room.room.members, true,
                        room.room.kind == room::wire::RoomKind::password});
    }
  for (const auto& room : memory_.rooms().recent) {
    const auto isIt = [&](const room::Invitation& other) { return isSameRoom(room, other); };
    if (std::ranges::none_of(near, isIt)) offers.push_back({.name = room.room, .invitation = room.link()});
  }
  return offers;
}

} // namespace tutti::engine
