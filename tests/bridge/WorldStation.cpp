// A machine of the world, and a Link program on it.
#include "World.hpp"

namespace tutti::bridge::test {

using namespace std::chrono_literals;

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

} // namespace tutti::bridge::test
