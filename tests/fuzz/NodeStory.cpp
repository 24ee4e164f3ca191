#include "NodeStory.hpp"

using namespace std::chrono_literals;

namespace tutti::fuzz {

discovery::LocalAddress NodeStory::gateway(std::size_t number)
{
  switch (number) {
  case 0:
    return {"wlan0", 3, IpAddress::v4({192, 168, 1, 10}), 24};
  case 1:
    return {"wlan0", 3, IpAddress::v6({0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10}, 3), 64};
  case 2:
    return {"lo", 1, IpAddress::v4({127, 0, 0, 1}), 8};
  default:
    return {"eth0", 2, IpAddress::v4({192, 168, 1, 11}), 24}; // on the same LAN as the first
  }
}

NodeStory::Stranger NodeStory::stranger(std::uint8_t number)
{
  // Two on the Wi-Fi, of whom one lies lower than any id; one on IPv6, one on this machine, one on the cable,
  // and one from outside.
  static const std::array<std::size_t, 6> gateways{0, 0, 1, 2, 3, 0};
  Stranger stranger;
  const auto letter = static_cast<std::uint8_t>(number == 1 ? '!' : 'a' + number);
  stranger.id = NodeId{{letter, letter, letter, letter, letter, letter, letter, letter}};
  stranger.gateway = gateways[number];
  const auto own = static_cast<std::uint8_t>(20 + number);
  auto bytes = gateway(stranger.gateway).address.bytes();
  if (gateway(stranger.gateway).address.isV4()) {
    const auto third = number == 5 ? std::uint8_t{9} : bytes[2];
    stranger.discovery.address = IpAddress::v4({bytes[0], bytes[1], third, own});
  } else {
    bytes[15] = own;
    stranger.discovery.address = IpAddress::v6(bytes, gateway(stranger.gateway).address.scope());
  }
  stranger.discovery.port = static_cast<std::uint16_t>(40'000 + number);
  stranger.state.session = stranger.id;
  stranger.state.measurement = {stranger.discovery.address.withScope(0),
                                static_cast<std::uint16_t>(50'000 + number)};
  stranger.clock = -microsOf(kStart);
  return stranger;
}

void NodeStory::tell(const Step& step)
{
  act(step);
  witness_.judgeState(node_, now_);
}

void NodeStory::end()
{
  for (auto& stranger : strangers_) stranger.announces = false;
  passUntil(now_ + 1s);
  now_ += 300s; // longer than any time-to-live
  passUntil(now_ + 1s);
  require(node_.peers().entries().empty() && node_.peerCount() == 0);
}

void NodeStory::act(const Step& step)
{
  Draw draw{std::as_bytes(std::span{step.decisions})};
  switch (step.kind % kKinds) {
  case 0:
    return open(draw);
  case 1:
    return close(draw);
  case 2:
    return took(node_.enable(now_));
  case 3:
    if (!node_.isEnabled()) return;
    took(node_.disable(now_));
    return witness_.closedAll();
  case 4:
  case 5:
    return pass(draw);
  case 6:
    return describe(draw);
  case 7:
    return habits(draw);
  case 8:
  case 9:
    return say(draw);
  case 10:
    return sayRaw(draw);
  case 11:
    return ping(draw);
  case 12:
    return pong(draw);
  case 13:
    return flood(draw);
  case 14:
    return commit(draw);
  default:
    return edit(draw);
  }
}

void NodeStory::open(Draw& draw)
{
  const auto local = gateway(draw.below(4));
  witness_.opened(local.address);
  took(node_.openGateway(local, {local.address, static_cast<std::uint16_t>(60'000 + draw.byte())}, now_));
}

void NodeStory::close(Draw& draw)
{
  const auto address = gateway(draw.below(4)).address;
  took(node_.closeGateway(address, now_));
  witness_.closed(address);
}

void NodeStory::pass(Draw& draw)
{
  const std::array<Micros, 6> units{1us, 100us, 10ms, 250ms, 1s, 60s};
  const auto unit = units[draw.below(units.size())];
  const auto duration = unit * draw.byte();
  const bool isAsleep = draw.flag() || awake_ + duration > kMostAwake; // with the lid closed
  if (!isAsleep) {
    awake_ += duration;
    return passUntil(now_ + duration);
  }
  now_ += duration;
  passUntil(now_ + 1us);
}

void NodeStory::describe(Draw& draw)
{
  auto& stranger = one(draw);
  auto& state = stranger.state;
  const auto mask = draw.byte();
  if ((mask & 1U) != 0) state.session = session(draw);
  if ((mask & 2U) != 0)
    state.timeline.tempo = time::Tempo::fromMicrosPerBeat(60'000 + draw.number(microsOf(now_)) % (1 << 22));
  if ((mask & 4U) != 0) state.timeline.beatOrigin = time::Beats::fromMicroBeats(draw.number(microsOf(now_)));
  if ((mask & 8U) != 0) state.timeline.timeOrigin = sessionTime(draw.number(microsOf(now_) + stranger.clock));
  if ((mask & 16U) != 0)
    state.startStop = {draw.flag(), time::Beats::fromMicroBeats(draw.number(0)),
                       sessionTime(draw.number(microsOf(now_) + stranger.clock))};
  if ((mask & 32U) != 0) stranger.clock = std::clamp(draw.number(-microsOf(now_)), -kFarthest, kFarthest);
  if ((mask & 64U) != 0) state.measurement = strangers_[draw.below(strangers_.size())].state.measurement;
  if ((mask & 128U) != 0) stranger.id = draw.flag() ? strangers_[draw.below(6)].id : node_.id();
}

NodeId NodeStory::session(Draw& draw)
{
  const auto choice = draw.below(10);
  if (choice < strangers_.size()) return strangers_[choice].id;
  if (choice < 9) return node_.sessions().current();
  return NodeId{{draw.byte(), draw.byte()}};
}

void NodeStory::habits(Draw& draw)
{
  auto& stranger = one(draw);
  const auto mask = draw.byte();
  stranger.answers = (mask & 1U) != 0;
  stranger.announces = (mask & 2U) != 0;
  stranger.announcesAt = now_;
  stranger.latency = Micros{draw.byte() * 100};
}

void NodeStory::say(Draw& draw)
{
  auto& stranger = one(draw);
  const std::array<discovery::MessageType, 4> types{
    discovery::MessageType::alive, discovery::MessageType::alive, discovery::MessageType::response,
    discovery::MessageType::byeBye};
  const auto type = types[draw.below(types.size())];
  const auto ttl = std::chrono::seconds{draw.isEmpty() ? 5 : draw.byte()};
  auto from = stranger.discovery;
  from.port = static_cast<std::uint16_t>(from.port + draw.below(3));
  if (type == discovery::MessageType::byeBye)
    return hear(stranger.gateway, link::encodeByeBye(stranger.id).bytes(), from);
  hear(stranger.gateway, link::encodeState(type, ttl, stranger.id, stranger.state).bytes(), from);
}

void NodeStory::sayRaw(Draw& draw)
{
  const auto& stranger = one(draw);
  const auto toMeasurement = draw.flag();
  const auto bytes = draw.rest();
  if (toMeasurement) return hearMeasurement(stranger.gateway, bytes, stranger.state.measurement);
  hear(stranger.gateway, bytes, stranger.discovery);
}

void NodeStory::ping(Draw& draw)
{
  const auto& stranger = one(draw);
  const auto times = 1 + draw.byte();
  const auto ping = link::encodePing(now_, draw.flag() ? std::optional{sessionTime(1)} : std::nullopt);
  for (int i = 0; i < times; ++i) hearMeasurement(stranger.gateway, ping.bytes(), stranger.state.measurement);
}

void NodeStory::pong(Draw& draw)
{
  const auto& stranger = one(draw);
  const auto times = 1 + draw.below(64);
  const auto of = session(draw);
  const auto ping = link::encodePing(hostTime(draw.number(microsOf(now_))), std::nullopt);
  const auto answeredAt = sessionTime(draw.number(microsOf(now_) + stranger.clock));
  const auto pong = link::encodePong(of, answeredAt, ping.bytes().subspan(9));
  auto from = stranger.state.measurement;
  from.address = stranger.discovery.address;
  for (std::size_t i = 0; i < times; ++i) hearMeasurement(stranger.gateway, pong.bytes(), from);
}

void NodeStory::flood(Draw& draw)
{
  auto stranger = one(draw);
  const auto times = draw.byte() * 2;
  const auto sources = 1 + draw.below(8);
  const bool founds = draw.flag();
  const auto seed = draw.byte();
  const auto ttl = std::chrono::seconds{draw.byte()};
  stranger.state.session = session(draw);
  for (int i = 0; i < times; ++i) {
    stranger.id = NodeId{{seed, static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8), 'f'}};
    if (founds) stranger.state.session = stranger.id;
    auto bytes = stranger.discovery.address.bytes();
    auto& last = bytes[stranger.discovery.address.isV4() ? 3 : 15];
    last = static_cast<std::uint8_t>(100 + static_cast<std::size_t>(i) % sources);
    const auto address = stranger.discovery.address.isV4()
                           ? IpAddress::v4({bytes[0], bytes[1], bytes[2], bytes[3]})
                           : IpAddress::v6(bytes, stranger.discovery.address.scope());
    stranger.state.measurement = {address, 7};
    hear(stranger.gateway,
         link::encodeState(discovery::MessageType::alive, ttl, stranger.id, stranger.state).bytes(),
         {address, static_cast<std::uint16_t>(1000 + i + 500 * seed)});
  }
}

void NodeStory::commit(Draw& draw)
{
  Node::Commit commit;
  commit.at = now_;
  const auto mask = draw.byte();
  if ((mask & 1U) != 0)
    commit.timeline =
      time::HostTimeline{time::Tempo::fromBpm(std::bit_cast<double>(draw.raw())),
                         time::Beats::fromMicroBeats(draw.number(0)), hostTime(draw.number(microsOf(now_)))};
  if ((mask & 2U) != 0)
    commit.startStop = link::StartStop{draw.flag(), hostTime(draw.number(microsOf(now_))), now_};
  if ((mask & 4U) != 0) node_.setFollowsStartStop((mask & 8U) != 0);
  took(node_.commit(commit, now_));
}

void NodeStory::edit(Draw& draw)
{
  using link::SessionState;
  SessionState state{node_.sessions().client(),
                     node_.peerCount() > 0 ? SessionState::Company::withPeers : SessionState::Company::alone};
  const auto at = hostTime(draw.number(microsOf(now_)));
  const auto beat = time::Beats::fromMicroBeats(draw.number(0));
  const auto quantum = time::Beats::fromMicroBeats(draw.number(4'000'000));
  switch (draw.below(6)) {
  case 0:
    state.setTempo(time::Tempo::fromBpm(20 + 4 * draw.byte()), at);
    break;
  case 1:
    state.requestBeatAtTime(beat, at, quantum);
    break;
  case 2:
    state.forceBeatAtTime(beat, at, quantum);
    break;
  case 3:
    state.startPlayingAndRequestBeat(at, beat, quantum);
    break;
  case 4:
    state.stopPlaying(at);
    break;
  default:
    state.startPlaying(at);
    state.requestBeatAtStartPlayingTime(beat, quantum);
    break;
  }
  Node::Commit commit;
  commit.at = now_;
  if (state.changesTimeline()) commit.timeline = state.current().timeline;
  if (state.changesStartStop()) {
    commit.startStop = state.current().startStop;
    commit.startStop->decidedAt = now_;
  }
  took(node_.commit(commit, now_));
}

void NodeStory::passUntil(HostTime end)
{
  while (now_ < end) {
    auto next = end;
    if (const auto due = node_.nextDeadline()) next = std::min(next, *due);
    if (!onTheWay_.empty()) next = std::min(next, onTheWay_.begin()->first);
    for (const auto& stranger : strangers_)
      if (stranger.announces) next = std::min(next, stranger.announcesAt);
    now_ = std::max(now_, next);
    for (auto& stranger : strangers_)
      if (stranger.announces && stranger.announcesAt <= now_) announce(stranger);
    for (auto left = onTheWay_.size(); left > 0 && !onTheWay_.empty() && onTheWay_.begin()->first <= now_;
         --left) {
      const auto pong = onTheWay_.extract(onTheWay_.begin()).mapped();
      hearMeasurement(pong.gateway, pong.datagram.bytes(), pong.from);
    }
    if (const auto due = node_.nextDeadline(); due && *due <= now_) {
      took(node_.advance(now_));
      const auto after = node_.nextDeadline();
      require(!after || *after > now_); // never busy
    }
  }
}

void NodeStory::announce(Stranger& stranger)
{
  stranger.announcesAt = now_ + 250ms;
  hear(stranger.gateway,
       link::encodeState(discovery::MessageType::alive, 5s, stranger.id, stranger.state).bytes(),
       stranger.discovery);
}

void NodeStory::hear(std::size_t number, std::span<const std::byte> datagram, const Endpoint& from)
{
  if (++datagrams_ > kMostDatagrams) return;
  const auto local = gateway(number);
  if (local.isOnLink(from.address)) witness_.heardFrom(from.address);
  took(node_.receiveDiscovery(local.address, datagram, from, now_),
       NodeWitness::Question{local.address, from});
}

void NodeStory::hearMeasurement(std::size_t number, std::span<const std::byte> datagram, const Endpoint& from)
{
  if (++datagrams_ > kMostDatagrams) return;
  const auto address = gateway(number).address;
  took(node_.receiveMeasurement(address, datagram, from, now_), NodeWitness::Question{address, from});
}

void NodeStory::took(const Node::Actions& actions, const std::optional<NodeWitness::Question>& question)
{
  witness_.judge(actions, question, now_);
  for (const auto& action : actions)
    if (const auto* send = std::get_if<Node::Send>(&action); send != nullptr && send->to) answer(*send);
}

void NodeStory::answer(const Node::Send& ping)
{
  const auto message = link::parseMeasurementMessage(ping.datagram.bytes());
  if (!message || message->type != link::MeasurementType::ping) return;
  for (const auto& stranger : strangers_) {
    if (!stranger.answers || stranger.discovery.address != ping.to->address) continue;
    const auto at = now_ + stranger.latency;
    const auto sessionNow = sessionTime(microsOf(at) + stranger.clock);
    onTheWay_.emplace(at, Pong{stranger.gateway, *ping.to,
                               link::encodePong(stranger.state.session, sessionNow, message->payload)});
    return;
  }
}

} // namespace tutti::fuzz
