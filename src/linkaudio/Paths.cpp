#include "Paths.hpp"

#include <algorithm>
#include <chrono>

namespace tutti::linkaudio {
namespace {

constexpr std::chrono::seconds kSilent{1};
constexpr std::chrono::seconds kGone{6};

} // namespace

void Paths::heard(const Way& way, const Targets::Target& target, HostTime now)
{
  const Path fresh{way.gateway, target.endpoint, target.trips.quality(), now};
  auto& path = paths_.try_emplace(way.peer, fresh).first->second;
  const bool isSame = path.gateway == way.gateway && path.endpoint == target.endpoint;
  if (isSame) path.lastHeard = now;
  const bool isSilent = now - path.lastHeard >= kSilent;
  if (path.quality < fresh.quality || isSilent) path = fresh;
}

void Paths::keep(const Targets& targets)
{
  std::erase_if(paths_, [&](const auto& entry) {
    return !targets.speaksFrom({entry.first, entry.second.gateway}, entry.second.endpoint);
  });
}

void Paths::advance(HostTime now)
{
  std::erase_if(paths_, [&](const auto& entry) { return now - entry.second.lastHeard >= kGone; });
}

std::optional<HostTime> Paths::nextDeadline() const
{
  const auto first =
    std::ranges::min_element(paths_, {}, [](const auto& entry) { return entry.second.lastHeard; });
  if (first == paths_.end()) return std::nullopt;
  return first->second.lastHeard + kGone;
}

const Paths::Path* Paths::find(const NodeId& peer) const
{
  const auto found = paths_.find(peer);
  return found == paths_.end() ? nullptr : &found->second;
}

} // namespace tutti::linkaudio
