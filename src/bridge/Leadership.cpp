#include "Leadership.hpp"

#include <chrono>

namespace tutti::bridge {
namespace {

using namespace std::chrono_literals;

constexpr auto kQuiet = 1500ms; // six announcements
constexpr auto kGone = 6s;
constexpr auto kRoomQuiet = 2500ms; // two states that should have come

} // namespace

bool Leadership::isAlive(const Fellows::Fellow& fellow, const Neighbourhood& lan, HostTime now)
{
  const auto heard = lan.lastHeard(fellow.state.node);
  if (!heard || now - *heard >= kGone) return false;
  const bool hasPath = fellow.member.isReachable && now - fellow.heardAt < kRoomQuiet;
  return hasPath || now - *heard < kQuiet;
}

void Leadership::advance(const Fellows& fellows, const Neighbourhood& lan, HostTime now)
{
  leader_.reset();
  hasMate_ = false;
  const Fellows::Fellow* lowest = nullptr;
  for (const auto& [id, fellow] : fellows.all()) {
    if (!isAlive(fellow, lan, now)) continue;
    hasMate_ = true;
    if (id >= self_ || lowest != nullptr) continue;
    lowest = &fellow;
    leader_ = id;
  }
  if (lowest == nullptr)
    isOurs_ = true;
  else if (lowest->state.leads)
    isOurs_ = false; // not before it speaks: those elsewhere must not vanish for a moment
}

} // namespace tutti::bridge
