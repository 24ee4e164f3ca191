#include <utility>

#include <tutti/discovery/Wireless.hpp>

#include "JamImpl.hpp"

namespace tutti::engine {
namespace {

using namespace std::chrono_literals;

constexpr auto kLookAtWay = 5s; // a cable is not plugged in more often

} // namespace

void Jam::Impl::setIntent(const jam::PlayerId& player, stream::Intent intent)
{
  const std::lock_guard lock{mutex_};
  for (auto& [slot, guest] : guests_) {
    if (guest.id != player) continue;
    guest.intent = intent;
    listening_.setIntent(slot, intent);
  }
}

void Jam::Impl::setMode(const jam::PlayerId& player, stream::DelayMode mode)
{
  const std::lock_guard lock{mutex_};
  for (auto& [slot, guest] : guests_) {
    if (guest.id != player || guest.mode == mode) continue;
    guest.mode = mode;
    if (mode.kind == stream::DelayMode::Kind::live) listening_.setMode(slot, mode, {}, {});
  }
  attendModes();
}

/// A steady delay is what is left for the playout, once the other parts are known; they move with the way.
/// One in beats has to know when what is played will be heard.
void Jam::Impl::attendModes()
{
  using Kind = stream::DelayMode::Kind;
  for (const auto& member : status_.members) {
    const auto guest = guests_.find(member.slot);
    if (guest == guests_.end() || guest->second.mode.kind == Kind::live) continue;
    const auto& mode = guest->second.mode;
    const auto report = listening_.report(member.slot);
    if (mode.kind == Kind::beats) {
      listening_.setMode(member.slot, mode, {}, deviceStatus_.deviceOut);
    } else if (report && report->capturedThere) {
      const auto parts = delayOf(member, *report);
      listening_.setMode(member.slot, mode, parts.deviceIn + parts.packet + parts.network, parts.deviceOut);
    }
  }
}

void Jam::Impl::attendBeats(HostTime now)
{
  const auto grid = grid_();
  desk_.setBeatGrid(grid);
  if (tempo_.follow(grid, now)) listening_.setTempo(tempo_);
}

/// Whether it is a new one.
bool Jam::Impl::attendWay(HostTime now)
{
  if (wayAt_ != HostTime{} && now - wayAt_ < kLookAtWay) return false;
  wayAt_ = now;
  // A host that has a name is far away
  const auto server = session_ ? IpAddress::parse(status_.invitation.host) : std::nullopt;
  const bool isWireless = discovery::isWayWireless(server);
  return std::exchange(isWireless_, isWireless) != isWireless;
}

} // namespace tutti::engine
