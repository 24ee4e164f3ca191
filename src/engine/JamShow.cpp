#include <algorithm>

#include "JamImpl.hpp"
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

jam::PlayerSnapshot Jam::Impl::show(const room::Ensemble::MemberView& member)
{
  jam::PlayerSnapshot shown;
  shown.id = {member.id.text()};
  shown.name = member.name;
  shown.instrument = member.instrument;
  shown.colour = member.slot % kColours;
  shown.strip = desk_.show(jam::StripId::of(shown.id));
  if (member.path) shown.path = member.path->kind;
  shown.isMutedByHost = member.isMutedByHost;
  shown.isHost = member.isHost;
  shown.roundTrip = member.roundTrip;
  if (member.clock) shown.clockBound = member.clock->bound;
  if (const auto guest = guests_.find(member.slot); guest != guests_.end()) {
    shown.intent = guest->second.intent.value();
    shown.mode = guest->second.mode;
  }
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

stream::DelayParts Jam::Impl::delayOf(const room::Ensemble::MemberView& member,
                                      const jam::StreamReport& report) const
{
  stream::DelayParts parts;
  parts.deviceIn = report.notes.deviceIn;
  parts.packet = report.notes.sentAfter - report.notes.deviceIn;
  parts.network = report.usualArrival - sentAt(report, member);
  parts.playout = report.playout.playout;
  parts.resampler = report.playout.resampler;
  parts.deviceOut = deviceStatus_.deviceOut;
  return parts;
}

jam::DeviceSnapshot Jam::Impl::showDevice()
{
  jam::DeviceSnapshot shown;
  shown.status = deviceStatus_;
  shown.problem = deviceProblem_;
  shown.wish = deviceWish_;
  shown.offers = offered_;
  shown.inputs = inputs_.read();
  shown.cable = cableShown_;
  shown.isWireless = isWireless_;
  if (device_) {
    shown.ownXruns = device_->load().overruns();
    shown.heldUp = device_->load().heldUp();
    shown.loadMedian = device_->load().quantile(0.5);
    shown.loadWorst = device_->load().quantile(0.9999);
  }
  return shown;
}

/// The first of these that is so.
std::string Jam::Impl::roomProblem() const
{
  if (!roomProblem_.empty()) return roomProblem_;
  if (!session_) return {};
  if (status_.state != room::Session::State::joined) return status_.problem;
  if (!speakingProblem_.empty()) return speakingProblem_;
  if (status_.isRosterDisputed)
    return "Others see other people in this room than you do: its server may not be honest. Say nothing "
           "here that is for nobody else.";
  if (status_.areWeMuted) return "The host has muted you: the others do not hear you.";
  return {};
}

void Jam::Impl::showRoom(jam::JamSnapshot& shown)
{
  shown.room.state = roomState_;
  shown.room.problem = roomProblem();
  shown.room.asksPassword = asksPassword_;
  shown.room.hasOtherHost = hasOtherHost_;
  shown.room.proposedPassword = proposedPassword_;
  if (!session_ && tried_ && roomState_ != jam::RoomState::joined) {
    shown.room.name = tried_->room;
    shown.room.invitation = tried_->link();
  }
  if (!session_) return;
  shown.room.name = status_.room.name;
  shown.room.isAlone = echo_ != nullptr;
  if (!shown.room.isAlone) shown.room.invitation = invitationForOthers();
  shown.room.isHostedHere = host_ && !shown.room.isAlone;
  shown.room.areWeHost = status_.areWeHost;
  shown.room.isLocked = status_.isLocked;
  shown.room.isPublic = status_.room.kind == room::wire::RoomKind::open;
  if (status_.state == room::Session::State::away) shown.room.state = jam::RoomState::lost;
  for (const auto& line : status_.chat)
    shown.room.chat.push_back({{line.author.text()}, line.name, line.text, line.author == status_.id});
  std::vector<std::pair<std::uint64_t, jam::PlayerSnapshot>> players;
  for (const auto& member : status_.members)
    if (const auto guest = guests_.find(member.slot); guest != guests_.end())
      players.emplace_back(guest->second.number, show(member));
  std::ranges::sort(players, {}, &std::pair<std::uint64_t, jam::PlayerSnapshot>::first);
  for (auto& [number, player] : players) shown.players.push_back(std::move(player));
}

jam::JamSnapshot Jam::Impl::snapshot()
{
  const std::lock_guard lock{mutex_};
  jam::JamSnapshot shown;
  shown.at = time::HostClock::now();
  showRoom(shown);
  shown.offers = showOffers();
  shown.own.name = settings_.name;
  shown.own.instrument = settings_.instrument;
  shown.own.colour = status_.slot % kColours;
  shown.own.strip = desk_.show(jam::StripId::own());
  shown.own.isMonitoring = desk_.isMonitoring();
  shown.own.isMutedToRoom = isMutedToRoom_;
  shown.own.isTalking = isTalking_;
  if (speaking_) {
    shown.own.sentMedian = speaking_->sentWithin(0.5);
    shown.own.sentP95 = speaking_->sentWithin(0.95);
    shown.own.sentP99 = speaking_->sentWithin(0.99);
  }
  shown.guests = desk_.showGuests();
  shown.master = desk_.show(jam::StripId::master());
  const auto metronome = desk_.show(jam::StripId::metronome());
  const auto& click = metronome.channels[0];
  shown.metronome = {desk_.isMetronomeOn(), click.gain, click.level, click.isSilenced};
  shown.isSoloActive = desk_.isSoloActive();
  shown.device = showDevice();
  if (recording_) {
    shown.recordingTo = recordingTo_.string();
    shown.recorded = recording_->status().length;
  }
  shown.recordingProblem = recordingProblem_;
  return shown;
}

} // namespace tutti::engine
