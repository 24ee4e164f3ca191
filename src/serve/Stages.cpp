#include "Stages.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

#include "ForwarderChoice.hpp"

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;

constexpr auto kBetweenMoves = 10s; // of a room, unless its forwarder is gone

std::uint64_t chosenFor(const KnownRoom& room, const std::vector<std::uint64_t>& living)
{
  std::vector<std::vector<room::wire::RoundTrip>> measured;
  for (const auto& [id, member] : room.members) measured.push_back(member.roundTrips);
  return chooseForwarder(living, room.forwarder, measured);
}

/// One for all: the directory with the smallest number of those that are there. While we hear no other, each
/// room keeps what it has.
void choose(RoomBook& book, HostTime now)
{
  const auto living = book.forwarders().ids();
  if (book.gossip().isAlone() || living.front() != book.gossip().instance()) return;
  for (auto& [id, room] : book.rooms()) {
    const bool isCarried = book.forwarders().contains(room.forwarder);
    if (room.members.empty() || (isCarried && now - room.stagedAt < kBetweenMoves)) continue;
    const auto chosen = chosenFor(room, living);
    if (chosen != room.forwarder) book.setStage(room, chosen, now);
  }
}

} // namespace

void advanceStages(RoomBook& book, HostTime now)
{
  auto& forwarders = book.forwarders();
  auto& gossip = book.gossip();
  const bool areFewer = !gossip.isAlone() && forwarders.expire(now);
  if (forwarders.isOwnDue(now)) gossip.tell(forwarders.renewOwn(gossip.stamp(), now));
  if (areFewer) book.touchAll();
  choose(book, now);
}

} // namespace tutti::serve
