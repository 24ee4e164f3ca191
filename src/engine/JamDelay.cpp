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
  company_.setIntent(player, intent);
}

void Jam::Impl::setMode(const jam::PlayerId& player, stream::DelayMode mode)
{
  const std::lock_guard lock{mutex_};
  company_.setMode(player, mode);
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
