#include "BridgeViewModel.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "window/Wording.hpp"

namespace tutti::app {
namespace {

using namespace std::chrono_literals;
using bridge::SiteSnapshot;
using bridge::Snapshot;

constexpr Micros kTight = 300us;
constexpr Micros kGood = 1ms; // what Link programs in one room are within
constexpr Micros kLoose = 5ms;

std::vector<link::SyncPoint> pointsOf(const Snapshot& shown)
{
  std::vector<link::SyncPoint> points;
  points.reserve(shown.phases.size());
  for (const auto& phase : shown.phases) points.push_back({phase.at, phase.error, phase.likely});
  return points;
}

/// The site whose clock is known least.
const SiteSnapshot* leastSure(const Snapshot& shown)
{
  const SiteSnapshot* least = nullptr;
  for (const auto& site : shown.sites) {
    if (!site.clock) continue;
    if (least == nullptr || site.clock->likelyError > least->clock->likelyError) least = &site;
  }
  return least;
}

bool isUnreachable(const SiteSnapshot& site)
{
  return !site.path;
}

bool isUnsure(const SiteSnapshot& site)
{
  return site.clock && site.clock->likelyError > kGood;
}

bool isRelayed(const SiteSnapshot& site)
{
  return site.path == room::PathKind::turn || site.path == room::PathKind::forwarder;
}

const SiteSnapshot* firstThat(const Snapshot& shown, bool (*isSo)(const SiteSnapshot&))
{
  const auto found = std::find_if(shown.sites.begin(), shown.sites.end(), isSo);
  return found == shown.sites.end() ? nullptr : &*found;
}

QString nameOf(const SiteSnapshot& site)
{
  return QString::fromStdString(site.name);
}

/// The first thing that can be done about it.
QString adviceOn(const Snapshot& shown)
{
  if (const auto* site = firstThat(shown, isUnreachable))
    return BridgeViewModel::tr("%1 is out of reach. Its Link programs are back by themselves when it is.")
      .arg(nameOf(*site));
  if (const auto* site = firstThat(shown, isUnsure))
    return BridgeViewModel::tr(
             "Packets from %1 come unsteadily. A cable instead of Wi-Fi helps on both sides, "
             "and so do fewer downloads meanwhile.")
      .arg(nameOf(*site));
  if (const auto* site = firstThat(shown, isRelayed))
    return BridgeViewModel::tr(
             "There is no direct way to %1, so all goes through a server. A direct way makes "
             "the worst case smaller: let UDP pass in the router of one side.")
      .arg(nameOf(*site));
  return {};
}

QString detailOn(const Snapshot& shown)
{
  const auto* site = leastSure(shown);
  if (site == nullptr) return {};
  return BridgeViewModel::tr("±\u00a0%1 likely. Proven to ±\u00a0%2")
    .arg(wording::duration(site->clock->likelyError), wording::duration(site->clock->bound));
}

QStringList newestOf(const std::vector<bridge::Told>& notices)
{
  constexpr std::size_t kMost = 3;
  QStringList sentences;
  for (auto i = notices.size(); i > 0 && notices.size() - i < kMost; --i)
    sentences << QString::fromStdString(notices[i - 1].text);
  return sentences;
}

QString peersIn(const Snapshot& shown)
{
  return BridgeViewModel::tr("%1 here, %2 in all")
    .arg(wording::programs(shown.peersHere))
    .arg(shown.peersTotal);
}

} // namespace

BridgeViewModel::BridgeViewModel(Wishes& wishes, Clock clock)
  : wishes_{wishes}
  , clock_{std::move(clock)}
{}

void BridgeViewModel::show(const jam::RoomSnapshot& room)
{
  isInRoom_ = room.state == jam::RoomState::joined || room.state == jam::RoomState::lost;
  isEcho_ = room.isAlone;
  tell(false);
}

void BridgeViewModel::show(const engine::BridgeStatus& bridge, HostTime at)
{
  if (isOn_.tell(bridge.isWanted, at)) emit isOnChanged();
  if (rights_.tell(bridge.rights, at)) emit rightsChanged();
  shown_ = bridge.atWork.value_or(Snapshot{});
  sites_.show(shown_.sites);
  tell(take(pointsOf(shown_)));
  tellNews();
}

void BridgeViewModel::showLink(bool isOn)
{
  if (std::exchange(isLinkOn_, isOn) != isOn) tell(false);
}

void BridgeViewModel::tellNews()
{
  const auto number = shown_.notices.empty() ? 0 : shown_.notices.back().number; // each bridge begins anew
  if (std::exchange(newsTold_, number) == number || number == 0) return;
  emit happened(QString::fromStdString(shown_.notices.back().text));
}

void BridgeViewModel::toggle()
{
  const bool isWanted = !isOn();
  isOn_.ask(isWanted, clock_());
  emit isOnChanged();
  tell(false);
  emit wishes_.bridgeWanted(isWanted);
}

void BridgeViewModel::toggleTempo()
{
  askRights({!mayChangeTempo(), mayStartAndStop()});
}

void BridgeViewModel::toggleStartAndStop()
{
  askRights({mayChangeTempo(), !mayStartAndStop()});
}

void BridgeViewModel::askRights(const bridge::Rights& wanted)
{
  if (!rights_.ask(wanted, clock_())) return;
  emit rightsChanged();
  emit wishes_.bridgeRightsWanted(wanted.mayChangeTempo, wanted.mayStartAndStop);
}

void BridgeViewModel::tell(bool hasMoved)
{
  auto words = wordsNow();
  if (!hasMoved && words == words_) return;
  words_ = std::move(words);
  emit changed();
}

BridgeViewModel::State BridgeViewModel::stateNow() const
{
  if (!isInRoom_) return NoRoom;
  if (isEcho_) return Echo;
  if (!isOn()) return Off;
  return shown_.sites.empty() ? OneSite : Bridged;
}

BridgeViewModel::Words BridgeViewModel::wordsNow() const
{
  Words words;
  words.state = stateNow();
  words.lately = newestOf(shown_.notices);
  const bool isAtWork = words.state == OneSite || words.state == Bridged;
  if (isAtWork) words.peers = peersIn(shown_);
  const bool isLeftOut = isAtWork && !isLinkOn_;
  if (isLeftOut) words.advice = tr("Link is off, so the programs here are left out. Switch it on.");
  if (words.state != Bridged || isLeftOut) return words;
  words.verdict = verdictNow();
  words.isPoor = hasPoints() && recentError() > kLoose;
  words.detail = detailOn(shown_);
  words.advice = adviceOn(shown_);
  return words;
}

QString BridgeViewModel::verdictNow() const
{
  if (!hasPoints()) return tr("Comparing clocks…");
  const auto error = recentError();
  const auto figure = wording::duration(std::max(error, Micros{1}));
  if (error <= kTight) return tr("Tight: within %1").arg(figure);
  if (error <= kGood) return tr("Good: within %1").arg(figure);
  if (error <= kLoose) return tr("Loose: within %1").arg(figure);
  return tr("Poor: off by %1").arg(figure);
}

} // namespace tutti::app
