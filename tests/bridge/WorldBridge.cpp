// A Tutti of the world that bridges, as its shell would drive it.
#include "World.hpp"

namespace tutti::bridge::test {

using namespace std::chrono_literals;

Bridge::Bridge(World& world, std::size_t lan, std::size_t number, SimulatedClock clock, std::uint64_t seed,
               const room::MemberId& member)
  : Station{world, lan, number, 120, clock, seed}
  , member_{member}
{}

void Bridge::bridge()
{
  site_.emplace(world_.room, member_);
  ++era_;
  clocks_.clear();
  heard_.clear();
  showLan();
  look();
  probe();
}

void Bridge::leave()
{
  performSite(site_->leave(now()));
  site_.reset();
  ++era_;
}

void Bridge::crash()
{
  Station::crash();
  site_.reset();
  ++era_;
}

bool Bridge::noticed(Notice::What what) const
{
  return std::ranges::any_of(notices_, [&](const Notice& notice) { return notice.what == what; });
}

std::optional<room::ClockSync::Relation> Bridge::clockOf(const Bridge& other) const
{
  const auto clock = clocks_.find(other.member());
  return clock == clocks_.end() ? std::nullopt : clock->second.relation(now());
}

void Bridge::perform(const link::Node::Actions& actions)
{
  for (const auto& action : actions)
    if (const auto* send = std::get_if<link::Node::Send>(&action)) transmit(*send);
  showLan();
}

void Bridge::showLan()
{
  if (!site_ || std::exchange(isLanDue_, true)) return;
  world_.time.after(0, [this] {
    isLanDue_ = false;
    if (site_) performSite(site_->seeLan(node_.lan(), now()));
  });
}

void Bridge::performSite(const Site::Actions& actions)
{
  for (const auto& action : actions) {
    if (const auto* lan = std::get_if<Site::ToLan>(&action)) {
      act(node_.carry(lan->order, now()));
    } else if (const auto* notice = std::get_if<Notice>(&action)) {
      notices_.push_back(*notice);
    } else {
      ++messages_;
      const auto bytes = encode(std::get<Site::ToRoom>(action).message);
      for (const auto& other : world_.bridges())
        if (other.get() != this)
          world_.send(*this, *other, [to = other.get(), from = member_, bytes] { to->hear(from, bytes); });
    }
  }
  armSite();
}

void Bridge::armSite()
{
  if (!site_) return;
  world_.time.at(std::max(world_.time.now(), clock_.trueTimeOf(site_->nextDeadline())) + 1,
                 [this, alarm = ++siteAlarm_] {
                   if (alarm == siteAlarm_ && site_) performSite(site_->advance(now()));
                 });
}

void Bridge::hear(const room::MemberId& from, const ByteString& bytes)
{
  if (!site_) return;
  heard_[from] = now();
  const auto message = parse(bytes);
  if (message) performSite(site_->hear(from, *message, now()));
}

/// What the room knows, four times a second.
void Bridge::look()
{
  if (!site_) return;
  std::vector<RoomMember> members;
  for (const auto& other : world_.bridges()) {
    if (other.get() == this || !other->isOn()) continue;
    const auto heard = heard_.find(other->member());
    const bool isReachable = heard != heard_.end() && now() - heard->second < 1500ms;
    members.push_back({other->member(), isReachable, clockOf(*other), other->rights()});
  }
  performSite(site_->seeRoom(members, rights_, now()));
  world_.time.after(250'000, [this, era = era_] {
    if (era == era_) look();
  });
}

void Bridge::probe()
{
  if (!site_) return;
  for (const auto& other : world_.bridges())
    if (other.get() != this && other->isBridging() && clocks_[other->member()].nextProbe() <= now())
      ask(*other);
  world_.time.after(50'000, [this, era = era_] {
    if (era == era_) probe();
  });
}

void Bridge::ask(Bridge& other)
{
  const auto askedAt = now();
  clocks_[other.member()].asked(askedAt);
  world_.send(*this, other, [this, &other, askedAt, era = era_] {
    if (!other.isBridging()) return;
    const room::RemoteTime heardAt{microsOf(other.now())};
    world_.send(other, *this, [this, &other, askedAt, heardAt, era] {
      if (era == era_) clocks_[other.member()].add({askedAt, heardAt, heardAt, now()});
    });
  });
}

} // namespace tutti::bridge::test
