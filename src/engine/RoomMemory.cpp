#include "RoomMemory.hpp"

#include <algorithm>

namespace tutti::engine {
namespace {

void putFirst(std::vector<room::Invitation>& list, const room::Invitation& invitation, std::size_t most)
{
  list.insert(list.begin(), invitation);
  if (list.size() > most) list.resize(most);
}

bool hasSameKey(const room::Invitation& one, const room::Invitation& other)
{
  return one.fingerprint && one.fingerprint == other.fingerprint;
}

} // namespace

bool isSameRoom(const room::Invitation& one, const room::Invitation& other)
{
  if (one.room != other.room) return false;
  return hasSameKey(one, other) || (one.host == other.host && one.port == other.port);
}

void RoomMemory::joined(const room::Invitation& invitation)
{
  forget(invitation);
  putFirst(rooms_.recent, invitation, Settings::Rooms::kMostRecent);
}

void RoomMemory::forget(const room::Invitation& invitation)
{
  std::erase_if(rooms_.recent, [&](const auto& known) { return isSameRoom(known, invitation); });
}

bool RoomMemory::isOtherHost(const room::Invitation& ofLan) const
{
  const auto isNamesake = [&](const auto& met) { return met.room == ofLan.room; };
  const auto isThis = [&](const auto& met) { return isNamesake(met) && hasSameKey(met, ofLan); };
  return std::ranges::any_of(rooms_.met, isNamesake) && std::ranges::none_of(rooms_.met, isThis);
}

void RoomMemory::meet(const room::Invitation& ofLan)
{
  std::erase_if(rooms_.met,
                [&](const auto& met) { return met.room == ofLan.room && hasSameKey(met, ofLan); });
  putFirst(rooms_.met, ofLan, Settings::Rooms::kMostMet);
}

} // namespace tutti::engine
