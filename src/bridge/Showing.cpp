#include "Showing.hpp"

#include <algorithm>
#include <chrono>
#include <tuple>

namespace tutti::bridge {
namespace {

using namespace std::chrono_literals;

constexpr auto kBetweenPhases = 1s;
constexpr std::size_t kMostPhases = 120;
constexpr std::size_t kMostTold = 50;

const room::Ensemble::MemberView* find(const Showing::Members& members, const room::MemberId& id)
{
  const auto found = std::ranges::find(members, id, &room::Ensemble::MemberView::id);
  return found == members.end() ? nullptr : &*found;
}

SiteSnapshot snapshotOf(const Site::Fellow& fellow, const Showing::Members& members)
{
  SiteSnapshot site;
  site.member = fellow.member;
  site.linkPeers = fellow.linkPeers;
  site.isInSession = fellow.isInSession;
  site.isReference = fellow.isReference;
  site.isOnOurLan = fellow.isOnOurLan;
  site.phaseError = fellow.phaseError;
  const auto* member = find(members, fellow.member);
  if (member == nullptr) return site;
  site.name = member->name;
  if (member->path) site.path = member->path->kind;
  site.roundTrip = member->roundTrip;
  site.clock = member->clock;
  return site;
}

/// The site that tells how good our phase is: whom we follow, or who strays farthest from us.
const SiteSnapshot* measureOf(const Snapshot& shown)
{
  const SiteSnapshot* measure = nullptr;
  for (const auto& site : shown.sites) {
    if (!site.isInSession || !site.phaseError || !site.clock) continue;
    if (site.isReference) return &site;
    if (!shown.isReference) continue;
    const bool isFarther =
      measure == nullptr || std::chrono::abs(*site.phaseError) > std::chrono::abs(*measure->phaseError);
    if (isFarther) measure = &site;
  }
  return measure;
}

} // namespace

void Showing::note(const Notice& notice, const Members& members, HostTime now)
{
  const auto* member = notice.member ? find(members, *notice.member) : nullptr;
  told_.push_back({++tellings_, now, sentence(notice, member == nullptr ? "Somebody" : member->name)});
  if (told_.size() > kMostTold) told_.pop_front();
}

Snapshot Showing::show(const Site::View& view, const Members& members, const Rights& ours, HostTime now)
{
  Snapshot shown;
  shown.at = now;
  shown.session = view.session;
  shown.tempo = view.tempo;
  shown.isPlaying = view.isPlaying;
  shown.peersHere = view.peersHere;
  shown.peersTotal = view.peersTotal;
  shown.isReference = view.isReference;
  shown.leads = view.leads;
  shown.shift = view.shift;
  shown.rights = ours;
  for (const auto& fellow : view.sites) shown.sites.push_back(snapshotOf(fellow, members));
  std::ranges::sort(shown.sites, {},
                    [](const SiteSnapshot& site) { return std::tie(site.name, site.member); });
  remember(shown);
  shown.phases = {phases_.begin(), phases_.end()};
  shown.notices = {told_.begin(), told_.end()};
  return shown;
}

void Showing::remember(const Snapshot& shown)
{
  if (!phases_.empty() && shown.at - phases_.back().at < kBetweenPhases) return;
  const auto* measure = measureOf(shown);
  if (measure == nullptr) return;
  phases_.push_back({shown.at, *measure->phaseError, measure->clock->likelyError, measure->clock->bound});
  if (phases_.size() > kMostPhases) phases_.pop_front();
}

} // namespace tutti::bridge
