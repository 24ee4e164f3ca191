#include "Neighbourhood.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace tutti::bridge {
namespace {

using namespace std::chrono_literals;

constexpr auto kMemory = 6s; // spec bridge B-7: when peers have forgotten it, too

} // namespace

void Neighbourhood::see(const link::LanView& view, HostTime now)
{
  here_.clear();
  for (const auto& peer : view.peers) {
    if (peer.marker || peer.id == view.node) continue;
    here_[peer.id] = peer.session;
    heard_[peer.id] = peer.lastHeard;
  }
  std::erase_if(
    heard_, [&](const auto& entry) { return !here_.contains(entry.first) && now - entry.second >= kMemory; });
}

std::vector<NodeId> Neighbourhood::peersIn(const NodeId& session) const
{
  std::vector<NodeId> peers;
  for (const auto& [id, in] : here_)
    if (in == session) peers.push_back(id);
  const auto founder = std::ranges::find(peers, session);
  if (founder != peers.end()) std::rotate(peers.begin(), founder, std::next(founder));
  return peers;
}

bool Neighbourhood::isFounderIn(const NodeId& session) const
{
  const auto founder = here_.find(session);
  return founder != here_.end() && founder->second == session;
}

bool Neighbourhood::wasHeard(const NodeId& id, HostTime now) const
{
  const auto at = lastHeard(id);
  return at && now - *at < kMemory;
}

std::optional<HostTime> Neighbourhood::lastHeard(const NodeId& id) const
{
  const auto found = heard_.find(id);
  if (found == heard_.end()) return std::nullopt;
  return found->second;
}

} // namespace tutti::bridge
