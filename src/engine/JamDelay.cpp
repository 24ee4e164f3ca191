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

void Jam::Impl::setSteady(const jam::PlayerId& player, std::optional<Micros> total)
{
  const std::lock_guard lock{mutex_};
  for (auto& [slot, guest] : guests_) {
    if (guest.id != player || guest.steady == total) continue;
    guest.steady = total;
    if (!total) listening_.setMode(slot, {}, {}, {});
  }
  attendModes();
}

/// A steady delay is what is left for the playout, once the other parts are known; they move with the way.
void Jam::Impl::attendModes()
{
  for (const auto& member : status_.members) {
    const auto guest = guests_.find(member.slot);
    if (guest == guests_.end() || !guest->second.steady) continue;
    const auto report = listening_.report(member.slot);
    if (!report || !report->capturedThere) continue;
    const auto parts = delayOf(member, *report);
    listening_.setMode(member.slot, {stream::DelayMode::Kind::steady, *guest->second.steady},
                       parts.deviceIn + parts.packet + parts.network, parts.deviceOut);
  }
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
