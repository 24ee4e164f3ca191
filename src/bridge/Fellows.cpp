#include "Fellows.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace tutti::bridge {
namespace {

using namespace std::chrono_literals;

constexpr auto kSilence = 6s; // spec bridge B-12

} // namespace

std::optional<Micros> Fellows::Fellow::offset() const
{
  if (!member.clock) return std::nullopt;
  return state.session.offset + Micros{std::llround(member.clock->offsetMicros)};
}

void Fellows::setRoster(const std::vector<RoomMember>& members)
{
  std::map<room::MemberId, Known> roster;
  for (const auto& member : members) {
    const auto known = roster_.find(member.id);
    roster[member.id] = {member, known == roster_.end() ? std::nullopt : known->second.saidAt};
  }
  roster_ = std::move(roster);
  std::erase_if(fellows_, [&](const auto& entry) { return !roster_.contains(entry.first); });
  for (auto& [id, fellow] : fellows_) fellow.member = roster_[id].member;
}

bool Fellows::isNews(const room::MemberId& from, room::RemoteTime saidAt)
{
  const auto known = roster_.find(from);
  if (known == roster_.end() || (known->second.saidAt && *known->second.saidAt >= saidAt)) return false;
  known->second.saidAt = saidAt;
  return true;
}

bool Fellows::hear(const room::MemberId& from, const SiteState& state, HostTime now)
{
  if (!isNews(from, state.saidAt)) return false;
  fellows_[from] = {state, now, roster_[from].member};
  return true;
}

bool Fellows::hear(const room::MemberId& from, const Goodbye& goodbye)
{
  if (!isNews(from, goodbye.saidAt)) return false;
  fellows_.erase(from);
  return true;
}

void Fellows::advance(HostTime now)
{
  std::erase_if(fellows_, [&](const auto& entry) { return now - entry.second.heardAt >= kSilence; });
}

const Fellows::Fellow* Fellows::find(const room::MemberId& id) const
{
  const auto found = fellows_.find(id);
  return found == fellows_.end() ? nullptr : &found->second;
}

room::MemberId referenceOf(const NodeId& session, const room::MemberId& self, bool isFounderHere,
                           const Fellows::Map& fellows)
{
  std::optional<room::MemberId> founders = isFounderHere ? std::optional{self} : std::nullopt;
  auto lowest = self;
  for (const auto& [id, fellow] : fellows) {
    if (fellow.state.session.id != session) continue;
    const auto& peers = fellow.state.peers;
    const bool hasFounder = std::ranges::find(peers, session) != peers.end();
    if (hasFounder) founders = std::min(founders.value_or(id), id);
    lowest = std::min(lowest, id);
  }
  return founders.value_or(lowest);
}

} // namespace tutti::bridge
