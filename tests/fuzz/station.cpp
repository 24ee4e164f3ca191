// A whole Link Audio station between lawless peers: memory is bounded, sound goes to peers of the session
// that asked from their own address, nobody gets more than he sent, and when all are gone nothing is left.
#include <map>
#include <set>
#include <span>

#include <Asking.hpp>
#include <AudioMessage.hpp>
#include <Byes.hpp>
#include <Station.hpp>

#include "ByteScript.hpp"
#include "Require.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using fuzz::require;

namespace {

constexpr std::uint16_t kPort = 7000;
const IpAddress kOurs4 = IpAddress::v4({10, 0, 0, 1});
const IpAddress kOurs6 = IpAddress::v6({0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 2);

NodeId named(std::size_t number)
{
  const std::array<std::uint8_t, 8> bytes{static_cast<std::uint8_t>('a' + number), 'x'};
  return NodeId{bytes};
}

ChannelId channelNamed(std::size_t number)
{
  return {named(number)};
}

class Scene {
public:
  void play(const fuzz::Step& step)
  {
    fuzz::Draw draw{std::as_bytes(std::span{step.decisions})};
    switch (step.kind % 10) {
    case 0:
      return link(draw);
    case 1:
      return draw.flag() ? open(draw.flag()) : close(draw.flag());
    case 2:
      return announce(draw);
    case 3:
      return ask(draw);
    case 4: {
      std::vector<ChannelId> gone;
      for (auto count = draw.below(5); count > 0; --count) gone.push_back(channelNamed(draw.below(8)));
      for (const auto& packet : encodeByes(named(draw.below(8)), gone)) say(draw, packet);
      return;
    }
    case 5:
      return draw.flag() ? pong(draw) : play(draw);
    case 6:
      return hear(draw, draw.rest());
    case 7:
      return want(draw);
    case 8:
      return offer(draw);
    default:
      now_ += Micros{static_cast<std::int64_t>(draw.byte()) * 10'000};
      return take(station_.advance(now_));
    }
  }

  void check()
  {
    require(station_.burden().targets <= 2 * Targets::kMostPeers);
    require(station_.burden().records <= 2 * Targets::kMostPeers * Directory::kMostOfOnePeer);
    for (const auto& channel : station_.channels()) {
      require(channel.name.size() <= 256 && channel.peerName.size() <= 256);
      require(channel.peer != self_);
    }
    require(!station_.nextDeadline() || *station_.nextDeadline() >= HostTime{});
  }

  /// Link goes, and with it everything.
  void end()
  {
    close(false);
    close(true);
    view_ = {};
    view_.node = self_;
    take(station_.follow(view_, now_));
    now_ += Micros{100'000};
    take(station_.advance(now_));
    require(station_.burden().targets == 0 && station_.burden().records == 0);
    require(station_.channels().empty());
    require(!station_.nextDeadline());
  }

private:
  static discovery::LocalAddress local(bool isV6)
  {
    return isV6 ? discovery::LocalAddress{"eth0", 2, kOurs6, 64}
                : discovery::LocalAddress{"eth0", 2, kOurs4, 24};
  }
  static Endpoint place(std::size_t number, bool isV6)
  {
    if (number == 7) return {IpAddress::v4({192, 168, 1, 1}), kPort}; // elsewhere
    const auto last = static_cast<std::uint8_t>(number + 2);
    if (!isV6) return {IpAddress::v4({10, 0, 0, last}), kPort};
    return {IpAddress::v6({0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last}, 2), kPort};
  }

  void link(fuzz::Draw& draw)
  {
    self_ = named(20 + draw.below(2));
    view_.node = self_;
    view_.session = named(draw.below(2));
    view_.peers.clear();
    for (auto count = draw.below(9); count > 0; --count) {
      const auto number = draw.below(7);
      const bool isV6 = draw.flag();
      std::optional<Endpoint> audio;
      if (draw.byte() % 8 != 0) audio = place(draw.byte() % 8 == 0 ? draw.below(7) : number, isV6);
      view_.peers.push_back({named(number), named(draw.below(2)), isV6 ? kOurs6 : kOurs4, audio});
    }
    take(station_.follow(view_, now_));
  }

  void open(bool isV6)
  {
    open_.insert(isV6);
    take(station_.openGateway(local(isV6), now_));
  }
  void close(bool isV6)
  {
    take(station_.closeGateway(local(isV6).address, now_));
    open_.erase(isV6);
  }

  void announce(fuzz::Draw& draw)
  {
    Announcement words{named(draw.below(2)), std::string(draw.byte(), 'n'), {}, std::nullopt};
    if (draw.flag()) words.ping = draw.number(microsOf(now_));
    const auto by = named(draw.below(8));
    const bool areMany = draw.byte() == 255;
    for (std::size_t count = areMany ? 400 : draw.below(6); count > 0; --count) {
      auto id = channelNamed(draw.below(8));
      if (areMany)
        id = {NodeId{{'m', static_cast<std::uint8_t>(count), static_cast<std::uint8_t>(count >> 8U)}}};
      const auto length = draw.below(40);
      words.channels.push_back({std::string(length, static_cast<char>(draw.byte())), id});
    }
    for (const auto& packet : encodeAnnouncement(by, words)) say(draw, packet);
  }

  void ask(fuzz::Draw& draw)
  {
    const auto by = named(draw.below(8));
    const auto id = channelNamed(draw.below(12));
    say(draw, draw.flag() ? encodeRequest(by, id) : encodeStop(by, id));
  }

  static AudioBuffer sound(fuzz::Draw& draw)
  {
    AudioBuffer buffer;
    buffer.channel = channelNamed(draw.below(8));
    buffer.session = named(draw.below(2));
    buffer.rate = audio::SampleRate::fromHertz(48'000);
    buffer.chunks = {{static_cast<std::uint64_t>(draw.byte()), 8, {}, time::Tempo::fromBpm(120)}};
    buffer.samples.assign(8, 1);
    return buffer;
  }

  void pong(fuzz::Draw& draw)
  {
    const auto by = named(draw.below(8));
    say(draw, encodePong(by, draw.number(microsOf(now_))));
  }
  void play(fuzz::Draw& draw)
  {
    const auto by = named(draw.below(8));
    say(draw, encodeAudio(by, sound(draw)));
  }

  void want(fuzz::Draw& draw)
  {
    const auto id = channelNamed(draw.below(8));
    if (draw.flag()) {
      if (const auto actions = station_.subscribe(id, now_)) take(*actions);
      ++wanted_[id];
    } else {
      if (wanted_[id] > 0) --wanted_[id];
      take(station_.unsubscribe(id, now_));
    }
  }

  void offer(fuzz::Draw& draw)
  {
    const auto id = channelNamed(8 + draw.below(4));
    switch (draw.below(5)) {
    case 0:
      if (const auto actions = station_.publish(id, std::string(draw.byte(), 'p'), now_)) take(*actions);
      return;
    case 1:
      return take(station_.withdraw(id, now_));
    case 2:
      return take(station_.rename(id, "other", now_));
    case 3:
      return take(station_.rename("we", now_));
    default: {
      auto buffer = sound(draw);
      buffer.channel = id;
      return take(station_.send(buffer));
    }
    }
  }

  void say(fuzz::Draw& draw, const Packet& packet) { hear(draw, packet.bytes()); }
  void hear(fuzz::Draw& draw, std::span<const std::byte> datagram)
  {
    const bool isV6 = draw.flag();
    auto from = place(draw.below(8), isV6);
    if (draw.byte() % 8 == 0) from.port = 9;
    from_ = from;
    bytes_ = datagram.size();
    take(station_.receive(local(isV6).address, datagram, from, now_));
    from_.reset();
  }

  [[nodiscard]] bool isPeer(const Endpoint& to) const
  {
    for (const auto& peer : view_.peers)
      if (peer.audio == to && peer.session == view_.session) return true;
    return false;
  }

  void take(const Station::Actions& actions)
  {
    for (const auto& action : actions) {
      if (const auto* heard = std::get_if<Station::Heard>(&action))
        require(wanted_[heard->buffer.channel] > 0);
      const auto* send = std::get_if<Station::Send>(&action);
      if (send == nullptr) continue;
      const auto message = parseMessage(send->packet.bytes());
      require(message && message->sender == self_);
      require(open_.contains(!send->gateway.isV4()) && send->to.address.isV4() == send->gateway.isV4());
      const bool isAnswer = message->type == MessageType::pong;
      if (isAnswer)
        require(from_ == send->to && send->packet.size() <= bytes_);
      else
        require(isPeer(send->to));
    }
  }

  HostTime now_ = hostTime(1'000'000'000);
  Station station_{"We"};
  NodeId self_;
  link::AudioView view_;
  std::set<bool> open_; // is it IPv6?
  std::map<ChannelId, int> wanted_;
  std::optional<Endpoint> from_;
  std::size_t bytes_ = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  Scene scene;
  std::size_t played = 0;
  for (const auto& step : fuzz::splitSteps({data, size})) {
    scene.play(step);
    scene.check();
    if (++played == 200) break;
  }
  scene.end();
  return 0;
}
