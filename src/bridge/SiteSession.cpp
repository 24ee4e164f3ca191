// Which session a site is in, what it agrees on with the others, whose clock it follows, for whom it speaks.
#include "SiteMachine.hpp"

#include <algorithm>
#include <chrono>

namespace tutti::bridge {
namespace {

using namespace std::chrono_literals;

constexpr Micros kShift{1'000'000}; // K of spec bridge B-11
constexpr Micros kDoubtFrom{450'000};
constexpr Micros kDoubtTo{550'000};
constexpr auto kForced = time::Beats::fromDouble(16); // as far as "force" can put an origin ahead of its beat
constexpr auto kSteer = 250ms;
constexpr std::size_t kMostAnnounced = 128; // whoever is in the room could make up as many as he likes
constexpr Micros kHeardBy{5'000};           // link steps instead of slewing from there on

link::SharedSession moved(link::SharedSession session, Micros by)
{
  session.offset += by;
  session.timeline.timeOrigin += by;
  if (session.startStop != link::SessionStartStop{}) session.startStop.timestamp += by; // zero is "never set"
  return session;
}

} // namespace

link::SharedSession Site::Machine::here() const
{
  return moved(lan_.session, -shift_);
}

SessionTime Site::Machine::roomTime(HostTime now) const
{
  return sessionTime(microsOf(now) + here().offset.count());
}

const Fellows::Fellow* Site::Machine::leaderHere() const
{
  return leadership_.leader() ? fellows_.find(*leadership_.leader()) : nullptr;
}

/// The LAN is in another session than before, or its leader says that it stands shifted there.
void Site::Machine::followLan()
{
  const auto* leader = leaderHere();
  const bool isTold = leader != nullptr && leader->state.session.id == session();
  const auto shift = isTold ? leader->state.shift : (agreedIn_ == session() ? shift_ : Micros{0});
  if (agreedIn_ == session() && shift == shift_) return;
  if (agreedIn_ != session()) { // the peer has dropped them by itself
    counted_.clear();
    announced_.clear();
  }
  agreedIn_ = session();
  shift_ = shift;
  agreement_.begin(here().timeline, here().startStop);
}

void Site::Machine::decide(HostTime now)
{
  Verdict::Held held{{session(), roomTime(now)}};
  const bool weDecide = fellows_.all().empty() || self_ < fellows_.all().begin()->first;
  for (const auto& [id, fellow] : fellows_.all())
    if (const auto offset = fellow.offset())
      held.emplace(fellow.state.session.id, sessionTime(microsOf(now) + offset->count()));
  const auto ours = verdict_.consider(held);
  decision_ = weDecide ? ours : fellows_.all().begin()->second.state.decision;
  if (!decision_.isAgainst(session())) return;
  if (const auto* guide = guideTo(decision_.winner)) join(*guide, now);
}

/// Whom to take the session from: the one whose clock it is, else whoever we know the clock of.
const Fellows::Fellow* Site::Machine::guideTo(const NodeId& session) const
{
  Fellows::Map inIt;
  for (const auto& [id, fellow] : fellows_.all())
    if (fellow.state.session.id == session && fellow.member.clock) inIt.emplace(id, fellow);
  if (inIt.empty()) return nullptr;
  const auto guide = referenceOf(session, inIt.begin()->first, false, inIt);
  return fellows_.find(guide);
}

/// Where our programs could think otherwise about which session is older, they are shown a clock that leaves
/// no doubt.
Micros Site::Machine::shiftFor(const NodeId& session, Micros offset) const
{
  for (const auto& [id, fellow] : fellows_.all())
    if (fellow.state.session.id == session && neighbourhood_.has(fellow.state.node))
      return fellow.state.shift;
  const auto older = std::chrono::abs(offset - here().offset);
  const bool isDoubtful = older >= kDoubtFrom && older <= kDoubtTo;
  return isDoubtful && !neighbourhood_.peersIn(lan_.session.id).empty() ? kShift : Micros{0};
}

void Site::Machine::join(const Fellows::Fellow& of, HostTime now)
{
  auto joined = of.state.session;
  joined.offset = *of.offset();
  const auto sessionNow = sessionTime(microsOf(now) + joined.offset.count());
  const auto latest = joined.timeline.toBeats(sessionNow + 2s) + kForced;
  if (joined.timeline.beatOrigin > latest || !link::canBeOverruled(joined.startStop, sessionNow)) {
    note({.what = Notice::What::poisonedThere, .member = of.member.id}, now);
    return;
  }
  shift_ = shiftFor(joined.id, joined.offset);
  lan_.session = moved(joined, shift_);
  agreedIn_ = joined.id;
  agreement_.begin(joined.timeline, joined.startStop);
  const auto others = elsewhere(joined.id);
  order(link::AdoptSession{lan_.session, others});
  counted_ = {others.begin(), others.end()};
  note({.what = Notice::What::sessionJoined, .member = of.member.id}, now);
  if (joined.startStop.isPlaying) note({.what = Notice::What::pressPlay}, now);
}

void Site::Machine::agree(HostTime now)
{
  const auto sessionNow = roomTime(now);
  const auto lan = here();
  const auto refused = agreement_.hearHere(lan.timeline, lan.startStop, rights_, sessionNow);
  if (refused.tempo) note({.what = Notice::What::tempoRefused}, now);
  if (refused.startStop) note({.what = Notice::What::startStopRefused}, now);
  for (const auto& [id, fellow] : fellows_.all()) {
    const auto& theirs = fellow.state.session;
    if (theirs.id != session()) continue;
    const auto there =
      agreement_.hearThere(theirs.timeline, theirs.startStop, fellow.member.rights, sessionNow);
    if (there.poison) note({.what = Notice::What::poisonedThere, .member = id}, now);
  }
  if (const auto offer = agreement_.tellHere(lan.timeline, lan.startStop, sessionNow)) {
    const auto shown = moved({session(), offer->timeline, offer->startStop, {}}, shift_);
    lan_.session.timeline = shown.timeline;
    lan_.session.startStop = shown.startStop;
    order(link::OfferState{shown.timeline, shown.startStop});
  }
  if (lan_.poisoner && lan_.poisoner->times != poisonsSeen_) {
    poisonsSeen_ = lan_.poisoner->times;
    note({.what = Notice::What::poisonedHere, .peer = lan_.poisoner->id, .address = lan_.poisoner->address},
         now);
  }
}

room::MemberId Site::Machine::reference() const
{
  return referenceOf(session(), self_, neighbourhood_.isFounderIn(session()), fellows_.all());
}

void Site::Machine::follow(HostTime now)
{
  const auto clock = reference();
  const bool isFounders = clock == self_ && neighbourhood_.isFounderIn(session());
  const auto source = isFounders ? link::ClockSource::founder : link::ClockSource::bridge;
  if (clock_ != source) order(link::UseClock{source});
  clock_ = source;
  const auto* fellow = fellows_.find(clock);
  const auto offset = fellow == nullptr ? std::nullopt : fellow->offset();
  if (!offset || now - steeredAt_ < kSteer) return;
  steeredAt_ = now;
  const auto wanted = *offset + shift_;
  const auto distance = wanted - lan_.session.offset;
  if (std::chrono::abs(distance) > kHeardBy) {
    note({.what = Notice::What::clockStepped, .member = clock, .distance = distance}, now);
    lan_.session.offset = wanted;
  }
  order(link::SteerClock{wanted});
}

std::vector<NodeId> Site::Machine::elsewhere(const NodeId& session) const
{
  std::set<NodeId> ids;
  for (const auto& [id, fellow] : fellows_.all()) {
    if (fellow.state.session.id != session) continue;
    ids.insert(fellow.state.node);
    ids.insert(fellow.state.peers.begin(), fellow.state.peers.end());
  }
  ids.erase(lan_.node);
  return {ids.begin(), ids.end()};
}

void Site::Machine::speak(HostTime now)
{
  const auto others = elsewhere(session());
  const std::set<NodeId> counted{others.begin(), others.end()};
  std::set<NodeId> announced;
  if (leadership_.isOurs())
    for (const auto& id : counted)
      if (!neighbourhood_.wasHeard(id, now) && announced.size() < kMostAnnounced) announced.insert(id);
  welcome();
  if (counted == counted_ && announced == announced_) return;
  link::SpeakFor speakFor{others, {announced.begin(), announced.end()}, {}};
  for (const auto& id : announced_)
    if (!leadership_.isOurs() || neighbourhood_.wasHeard(id, now)) speakFor.withoutGoodbye.push_back(id);
  counted_ = counted;
  announced_ = announced;
  order(speakFor);
}

void Site::Machine::welcome()
{
  std::set<room::MemberId> inSession;
  for (const auto& [id, fellow] : fellows_.all())
    if (fellow.state.session.id == session()) inSession.insert(id);
  for (const auto& id : inSession)
    if (!inSession_.contains(id))
      outbox_.emplace_back(Notice{.what = Notice::What::siteJoined, .member = id});
  for (const auto& id : inSession_)
    if (!inSession.contains(id)) outbox_.emplace_back(Notice{.what = Notice::What::siteLeft, .member = id});
  inSession_ = std::move(inSession);
}

} // namespace tutti::bridge
