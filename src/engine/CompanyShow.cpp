// How each of the others is shown.
#include <algorithm>
#include <utility>

#include "Company.hpp"
#include "ModeProblem.hpp"

namespace tutti::engine {
namespace {

using namespace std::chrono_literals;

constexpr auto kSilence = 1s; // without a packet nobody is heard any more
constexpr std::uint32_t kColours = 12;

/// When the packet whose notes these are left, by our clock; without clock sync half a round trip before it
/// came.
HostTime sentAt(const jam::StreamReport& report, const room::Ensemble::MemberView& member)
{
  if (!member.clock || !report.capturedThere)
    return report.usualArrival - member.roundTrip.value_or(Micros{0}) / 2;
  const auto captured = static_cast<double>(*report.capturedThere) - member.clock->offsetMicros;
  return hostTime(static_cast<std::int64_t>(captured)) + report.notes.sentAfter;
}

} // namespace

std::uint32_t Company::colourOf(jam::Slot slot)
{
  return slot % kColours;
}

std::vector<jam::PlayerSnapshot> Company::show() const
{
  std::vector<std::pair<std::uint64_t, jam::PlayerSnapshot>> players;
  for (const auto& member : members_)
    if (const auto guest = guests_.find(member.slot); guest != guests_.end())
      players.emplace_back(guest->second.number, show(member, guest->second));
  std::ranges::sort(players, {}, &std::pair<std::uint64_t, jam::PlayerSnapshot>::first);
  std::vector<jam::PlayerSnapshot> shown;
  for (auto& [number, player] : players) shown.push_back(std::move(player));
  return shown;
}

jam::PlayerSnapshot Company::show(const Member& member, const Guest& guest) const
{
  jam::PlayerSnapshot shown;
  shown.id = {member.id.text()};
  shown.name = member.name;
  shown.instrument = member.instrument;
  shown.colour = colourOf(member.slot);
  shown.strip = desk_.show(jam::StripId::of(shown.id));
  if (member.path) shown.path = member.path->kind;
  shown.isMutedByHost = member.isMutedByHost;
  shown.isHost = member.isHost;
  shown.roundTrip = member.roundTrip;
  if (member.clock) shown.clockBound = member.clock->bound;
  shown.intent = guest.intent.value();
  shown.mode = guest.mode;
  const auto report = listening_.report(member.slot);
  if (!report) return shown;
  shown.isHeard = time::HostClock::now() - report->heardAt < kSilence;
  shown.delay = delayOf(member, *report);
  if (shown.isHeard) shown.modeProblem = modeProblem(shown.name, shown.mode.beats, report->playout);
  shown.lostShare = report->lostShare;
  shown.lateShare = report->lateShare;
  shown.concealedShare = report->concealedShare;
  shown.stalePackets = report->stale;
  shown.driftPpm = report->playout.driftPpm;
  shown.jitterBin = Micros{250};
  for (const auto share : report->playout.jitter)
    shown.jitter.push_back(static_cast<std::uint32_t>(std::max(0.0F, share) * 10'000));
  return shown;
}

stream::DelayParts Company::delayOf(const Member& member, const jam::StreamReport& report) const
{
  stream::DelayParts parts;
  parts.deviceIn = report.notes.deviceIn;
  parts.packet = report.notes.sentAfter - report.notes.deviceIn;
  parts.network = report.usualArrival - sentAt(report, member);
  parts.playout = report.playout.playout;
  parts.resampler = report.playout.resampler;
  parts.deviceOut = deviceOut_;
  return parts;
}

} // namespace tutti::engine
