// What a site hears, and the order in which it makes up its mind.
#include "SiteMachine.hpp"

#include <algorithm>
#include <chrono>
#include <type_traits>
#include <utility>

namespace tutti::bridge {
namespace {

using namespace std::chrono_literals;

constexpr auto kPulse = 100ms; // how late a silence is noticed
constexpr auto kGoodbyes = 3;  // a datagram may be lost

} // namespace

link::Marker markerOf(const room::RoomId& room, const room::MemberId& member)
{
  std::uint64_t hash = 0xcbf29ce484222325; // FNV-1a
  const auto mix = [&](std::span<const std::byte> bytes) {
    for (const auto byte : bytes) hash = (hash ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001b3;
  };
  mix(room.bytes());
  mix(member.bytes());
  link::Marker marker{};
  for (auto& byte : marker) {
    byte = static_cast<std::byte>(hash & 0xffU);
    hash >>= 8U;
  }
  return marker;
}

Site::Machine::Machine(const room::RoomId& room, const room::MemberId& self)
  : self_{self}
  , marker_{markerOf(room, self)}
  , leadership_{self}
{}

Site::Actions Site::Machine::seeLan(const link::LanView& view, HostTime now)
{
  if (!std::exchange(isBegun_, true)) {
    order(link::BeginBridging{marker_});
    order(link::UseClock{link::ClockSource::bridge});
    clock_ = link::ClockSource::bridge;
    return std::exchange(outbox_, {});
  }
  lan_ = view;
  isReady_ = true;
  neighbourhood_.see(view, now);
  return settle(now);
}

Site::Actions Site::Machine::seeRoom(const std::vector<RoomMember>& members, const Rights& ours, HostTime now)
{
  fellows_.setRoster(members);
  rights_ = ours;
  return settle(now);
}

Site::Actions Site::Machine::hear(const room::MemberId& from, const Message& message, HostTime now)
{
  const bool isNews = std::visit(
    [&](const auto& one) {
      if constexpr (std::is_same_v<std::decay_t<decltype(one)>, SiteState>)
        return fellows_.hear(from, one, now);
      else
        return fellows_.hear(from, one);
    },
    message);
  return isNews ? settle(now) : Actions{};
}

Site::Actions Site::Machine::advance(HostTime now)
{
  return settle(now);
}

HostTime Site::Machine::nextDeadline() const
{
  return std::min(settledAt_ + kPulse, std::max(herald_.nextDeadline(), settledAt_));
}

Site::Actions Site::Machine::leave(HostTime now)
{
  for (int i = 0; i < kGoodbyes; ++i) outbox_.emplace_back(ToRoom{Goodbye{{microsOf(now) + i}}});
  order(link::EndBridging{leadership_.hasMate()});
  return std::exchange(outbox_, {});
}

Site::Actions Site::Machine::settle(HostTime now)
{
  settledAt_ = now;
  fellows_.advance(now);
  if (!isReady_) return {};
  lead(now);
  followLan();
  decide(now);
  agree(now);
  follow(now);
  speak(now);
  tell(now);
  return std::exchange(outbox_, {});
}

void Site::Machine::note(const Notice& notice, HostTime now)
{
  constexpr auto kPause = 5s; // a refused knob is turned many times a second
  const auto last = noted_.find(notice.what);
  if (last != noted_.end() && now - last->second < kPause) return;
  noted_[notice.what] = now;
  outbox_.emplace_back(notice);
}

void Site::Machine::lead(HostTime now)
{
  leadership_.advance(fellows_, neighbourhood_, now);
  if (leadership_.isOurs() == didLead_) return;
  didLead_ = leadership_.isOurs();
  note(
    {.what = didLead_ ? Notice::What::nowLeading : Notice::What::nowSilent, .member = leadership_.leader()},
    now);
}

void Site::Machine::tell(HostTime now)
{
  auto current = state(now);
  auto said = current;
  said.saidAt = {};
  said.session.offset = {}; // always on its way by some microseconds
  auto bytes = encode(said);
  if (bytes != said_) herald_.changed(now);
  said_ = std::move(bytes);
  if (herald_.advance(now)) outbox_.emplace_back(ToRoom{std::move(current)});
}

SiteState Site::Machine::state(HostTime now) const
{
  SiteState state;
  state.saidAt = {microsOf(now)};
  state.node = lan_.node;
  state.session = {session(), agreement_.timeline(), agreement_.startStop(), here().offset};
  state.shift = shift_;
  state.leads = leadership_.isOurs();
  state.decision = decision_;
  state.peers = neighbourhood_.peersIn(session());
  state.peerCount = static_cast<std::uint16_t>(std::min<std::size_t>(state.peers.size(), 0xffff));
  if (state.peers.size() > SiteState::kMostPeers) state.peers.resize(SiteState::kMostPeers);
  return state;
}

Site::View Site::Machine::view(HostTime now) const
{
  View view;
  view.session = session();
  view.tempo = agreement_.timeline().tempo;
  view.isPlaying = agreement_.startStop().isPlaying;
  view.peersHere = neighbourhood_.peersIn(session()).size();
  view.peersTotal = counted_.size();
  for (const auto& id : neighbourhood_.peersIn(session()))
    if (!counted_.contains(id)) ++view.peersTotal;
  const auto clock = reference();
  view.isReference = clock == self_;
  view.leads = leadership_.isOurs();
  view.shift = shift_;
  for (const auto& [id, fellow] : fellows_.all())
    view.sites.push_back({id, fellow.state.peerCount + std::size_t{1}, fellow.state.session.id == session(),
                          clock == id, neighbourhood_.wasHeard(fellow.state.node, now),
                          phaseErrorOf(fellow)});
  return view;
}

std::optional<Micros> Site::Machine::phaseErrorOf(const Fellows::Fellow& fellow) const
{
  const auto offset = fellow.offset();
  if (!offset || fellow.state.session.id != session()) return std::nullopt;
  return *offset - here().offset;
}

Site::Site(const room::RoomId& room, const room::MemberId& self)
  : machine_{std::make_unique<Machine>(room, self)}
{}
Site::~Site() = default;
Site::Site(Site&&) noexcept = default;
Site& Site::operator=(Site&&) noexcept = default;

Site::Actions Site::seeLan(const link::LanView& view, HostTime now)
{
  return machine_->seeLan(view, now);
}
Site::Actions Site::seeRoom(const std::vector<RoomMember>& members, const Rights& ours, HostTime now)
{
  return machine_->seeRoom(members, ours, now);
}
Site::Actions Site::hear(const room::MemberId& from, const Message& message, HostTime now)
{
  return machine_->hear(from, message, now);
}
Site::Actions Site::advance(HostTime now)
{
  return machine_->advance(now);
}
HostTime Site::nextDeadline() const
{
  return machine_->nextDeadline();
}
Site::Actions Site::leave(HostTime now)
{
  return machine_->leave(now);
}
Site::View Site::view(HostTime now) const
{
  return machine_->view(now);
}

} // namespace tutti::bridge
