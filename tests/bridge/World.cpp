#include "World.hpp"

#include <string>

namespace tutti::bridge::test {
namespace {

using namespace std::chrono_literals;

/// Chance decides what the others are called; these come in the order in which they were added.
room::MemberId memberNumber(std::size_t number)
{
  std::array<std::byte, room::MemberId::kSize> bytes{};
  bytes[0] = static_cast<std::byte>(number + 1);
  return room::MemberId{bytes};
}

} // namespace

Station::Station(World& world, std::size_t lan, std::size_t number, double bpm, SimulatedClock clock,
                 std::uint64_t seed)
  : world_{world}
  , lan_{lan}
  , address_{IpAddress::v4({10, static_cast<std::uint8_t>(lan), 0, static_cast<std::uint8_t>(number + 1)})}
  , clock_{clock}
  , node_{time::Tempo::fromBpm(bpm), seed, now()}
{}

HostTime Station::now() const
{
  return clock_.read(world_.time.now());
}

double Station::sessionNow() const
{
  const auto local = clock_.offset + world_.time.now() * (1 + clock_.ppm * 1e-6);
  return local + static_cast<double>(node_.sessions().transform().intercept.count());
}

void Station::enable()
{
  isOn_ = true;
  node_.setFollowsStartStop(true);
  act(node_.enable(now()));
  act(node_.openGateway({"eth0", 2, address_, 16}, {address_, kMeasurement}, now()));
}

void Station::disable()
{
  act(node_.disable(now()));
  isOn_ = false;
}

link::SessionState Station::capture() const
{
  return {node_.sessions().client(), link::SessionState::Company::withPeers};
}

void Station::commit(const link::SessionState& state)
{
  link::Node::Commit commit;
  commit.at = now();
  if (state.changesTimeline()) commit.timeline = state.current().timeline;
  if (state.changesStartStop()) {
    commit.startStop = state.current().startStop;
    commit.startStop->decidedAt = commit.at;
  }
  act(node_.commit(commit, now()));
}

void Station::setTempo(double bpm)
{
  auto state = capture();
  state.setTempo(time::Tempo::fromBpm(bpm), now());
  commit(state);
}

void Station::play()
{
  auto state = capture();
  state.startPlaying(now());
  commit(state);
}

void Station::stop()
{
  auto state = capture();
  state.stopPlaying(now());
  commit(state);
}

void Station::receive(const Datagram& datagram, const Endpoint& from, bool isMeasurement)
{
  if (!isOn_) return;
  act(isMeasurement ? node_.receiveMeasurement(address_, datagram.bytes(), from, now())
                    : node_.receiveDiscovery(address_, datagram.bytes(), from, now()));
}

void Station::act(const link::Node::Actions& actions)
{
  perform(actions);
  arm();
}

void Station::arm()
{
  const auto due = node_.nextDeadline();
  if (due == wakesAt_) return;
  wakesAt_ = due;
  const auto alarm = ++alarm_;
  if (!due) return;
  world_.time.at(std::max(world_.time.now(), clock_.trueTimeOf(*due) + 1), [this, alarm] {
    if (alarm != alarm_ || !isOn_) return;
    wakesAt_.reset();
    act(node_.advance(now()));
  });
}

void Station::transmit(const link::Node::Send& send)
{
  if (isOn_) world_.carry(*this, send);
}

link::PeerState Program::state() const
{
  const auto& sessions = node_.sessions();
  return {sessions.current(), sessions.timeline(), sessions.startStop(), {address_, kMeasurement}, {}, {}};
}

void Program::perform(const link::Node::Actions& actions)
{
  for (const auto& action : actions) {
    const auto* send = std::get_if<link::Node::Send>(&action);
    if (send == nullptr) continue;
    const auto message = discovery::parseMessage(send->datagram.bytes());
    if (message && message->type == discovery::MessageType::alive) continue; // it has a voice of its own
    if (message && message->type == discovery::MessageType::response) last_ = now();
    transmit(*send);
  }
  const bool isChanged = told_ != state() || toldAs_ != node_.id();
  if (isOn_ && node_.isEnabled() && isChanged) broadcast();
}

void Program::broadcast()
{
  told_ = state();
  toldAs_ = node_.id();
  const auto delay = 50ms - std::chrono::duration_cast<std::chrono::milliseconds>(now() - last_);
  const double wait = delay > 0ms ? static_cast<double>(delay.count()) * 1000 : 250'000;
  world_.time.after(wait, [this, timer = ++timer_] {
    if (timer == timer_ && isOn_ && node_.isEnabled()) broadcast();
  });
  if (delay >= 1ms) return;
  last_ = now();
  alives_.push_back(world_.time.now());
  transmit({address_, link::Node::Socket::discovery, std::nullopt,
            link::encodeState(discovery::MessageType::alive, 5s, node_.id(), *told_)});
}

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

Program& World::addProgram(std::size_t lan, double bpm, double ppm)
{
  programs_.push_back(std::make_unique<Program>(*this, lan, numbers_[lan]++, bpm, someClock(ppm), random_()));
  return *programs_.back();
}

Bridge& World::addBridge(std::size_t lan, double ppm)
{
  bridges_.push_back(std::make_unique<Bridge>(*this, lan, numbers_[lan]++, someClock(ppm), random_(),
                                              memberNumber(bridges_.size())));
  return *bridges_.back();
}

SimulatedClock World::someClock(double ppm)
{
  std::uniform_real_distribution<double> offset{1e9, 1e12};
  return {offset(random_), ppm};
}

bool World::runUntil(const std::function<bool()>& isSo, std::chrono::duration<double> limit)
{
  const auto end = time.now() + limit.count() * 1e6;
  while (!isSo()) {
    if (time.now() >= end) return false;
    time.runUntil(std::min(end, time.now() + 1000));
  }
  return true;
}

std::vector<Station*> World::stations() const
{
  std::vector<Station*> all;
  for (const auto& program : programs_)
    if (program->isOn()) all.push_back(program.get());
  for (const auto& bridge : bridges_)
    if (bridge->isOn()) all.push_back(bridge.get());
  return all;
}

bool World::isWhole() const
{
  const auto all = stations();
  return std::ranges::all_of(all, [&](const Station* one) {
    return one->session() == all.front()->session() && one->peers() + 1 == all.size();
  });
}

std::string World::story() const
{
  std::string text;
  for (const auto* one : stations())
    text += "LAN " + std::to_string(one->lan()) + " " + one->address().text() + " in " +
            one->session().text() + " with " + std::to_string(one->peers()) + "\n";
  return text;
}

double World::spread() const
{
  double lowest = 1e300;
  double highest = -1e300;
  for (const auto* one : stations()) {
    lowest = std::min(lowest, one->sessionNow());
    highest = std::max(highest, one->sessionNow());
  }
  return highest - lowest;
}

void World::carry(Station& from, const link::Node::Send& send)
{
  ++from.datagrams_;
  if (onLan) onLan(from, send);
  const bool isMeasurement = send.socket == link::Node::Socket::measurement;
  const Endpoint source{from.address(), isMeasurement ? Station::kMeasurement : Station::kDiscovery};
  for (auto* to : stations()) {
    if (to == &from || to->lan() != from.lan()) continue;
    if (send.to && send.to->address != to->address()) continue;
    for (const auto delay : near_.send(random_, send.to.has_value()))
      time.after(delay, [to, source, bytes = send.datagram,
                         isPing = send.to && send.to->port == Station::kMeasurement] {
        to->receive(bytes, source, isPing);
      });
  }
}

void World::send(const Bridge& from, const Bridge& to, const std::function<void()>& arrive)
{
  if (isCut(from.member(), to.member())) return;
  const double more = &from == bridges_.front().get() ? asymmetry : 0;
  for (const auto delay : wide_.send(random_, true)) time.after(delay + more, arrive);
}

} // namespace tutti::bridge::test
