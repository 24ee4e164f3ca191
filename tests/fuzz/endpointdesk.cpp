// A server and a client between lawless peers: whatever comes by TCP and UDP, memory is bounded, sound goes
// to callers only, and silence ends everything.
#include <set>
#include <span>

#include <tutti/endpoint/ClientDesk.hpp>
#include <tutti/endpoint/ServerDesk.hpp>

#include "ByteScript.hpp"
#include "Require.hpp"

using namespace tutti;
using namespace tutti::endpoint;
using fuzz::require;

namespace {

constexpr std::uint16_t kMediaPort = 5004;
const SessionToken kToken{{'t', 'o', 'k', 'e', 'n', '0', '0', '1'}};

IpAddress host(std::size_t number)
{
  return IpAddress::v4({10, 0, 0, static_cast<std::uint8_t>(number)});
}

ServerDesk::Setup setup()
{
  ServerDesk::Setup setup{"Stage", kMediaPort, {}, {}, {}};
  setup.fromServer = {{"Left", {.channels = 1}}, {"Pair", {.type = SampleType::i24}}};
  setup.toServer = {{"Monitor", {.channels = 3, .type = SampleType::u16}}};
  return setup;
}

Offer offerOf(std::size_t choice)
{
  Offer offer{"Other", kToken, kMediaPort, {{"A", {.channels = 1 + choice % 8}}}, {{"B", {}}}};
  if (choice % 3 == 0) offer.fromServer.front().format.rate = 8000;
  return offer;
}

/// Well-formed words, so that the fuzzer need not find them.
ControlMessage word(fuzz::Draw& draw)
{
  const auto verdict = static_cast<Verdict>(draw.below(3));
  switch (draw.below(7)) {
  case 0:
    return Hello{"Laptop"};
  case 1:
    return offerOf(draw.byte());
  case 2:
    return OfferAnswer{verdict, draw.flag() ? 44'100.0 : 192'000.0, "x"};
  case 3:
    return Ask{draw.flag() ? Ask::What::start : Ask::What::stop, draw.byte()};
  case 4:
    return Answer{{draw.flag() ? Ask::What::start : Ask::What::stop, draw.byte()}, verdict, "y"};
  case 5:
    return Heartbeat{};
  default:
    return Bye{"z"};
  }
}

class Scene {
public:
  void play(const fuzz::Step& step)
  {
    fuzz::Draw draw{std::as_bytes(std::span{step.decisions})};
    const ConnectionId id{static_cast<std::uint32_t>(draw.below(12))};
    switch (step.kind % 8) {
    case 0:
      return call(id, draw);
    case 1:
      return hear(id, encode(word(draw)));
    case 2: {
      const auto rest = draw.rest();
      return hear(id, {rest.begin(), rest.end()});
    }
    case 3:
      return packet(draw);
    case 4:
      return raw(draw);
    case 5:
      server_.hungUp(id, out_);
      return client_.hungUp(id, out_);
    case 6:
      return client_.want(id, draw.flag() ? ClientSession::Wish::run : ClientSession::Wish::rest, now_, out_);
    default:
      now_ += Micros{static_cast<std::int64_t>(draw.byte()) * 4000};
    }
  }

  void check()
  {
    sound();
    server_.advance(now_, out_);
    client_.advance(now_, out_);
    for (const auto& media : out_.media) require(called_.contains(media.to.address));
    require(server_.clients().size() <= ServerDesk::kMostClients);
    out_ = {};
  }

  /// Everybody falls silent.
  void end()
  {
    now_ += Micros{10'000'000};
    check();
    require(server_.clients().empty() && client_.servers().empty());
    require(!server_.nextDeadline() && !client_.nextDeadline());
  }

private:
  void call(ConnectionId id, fuzz::Draw& draw)
  {
    const auto address = host(1 + draw.below(4));
    called_.insert(address);
    server_.hungUp(id, out_);
    client_.hungUp(id, out_);
    server_.called(id, address, now_, out_);
    client_.reached(id, address, now_, out_);
  }
  void hear(ConnectionId id, const ByteString& bytes)
  {
    server_.receive(id, bytes, now_, out_);
    client_.receive(id, bytes, now_, out_);
  }
  void packet(fuzz::Draw& draw)
  {
    MediaPacket packet;
    packet.session = kToken;
    if (draw.flag()) packet.type = sampleTypeOf(static_cast<std::uint8_t>(draw.below(kSampleTypes)));
    packet.stream = {static_cast<std::uint16_t>(draw.below(3)),
                     draw.flag() ? Direction::toServer : Direction::fromServer,
                     static_cast<std::uint8_t>(draw.below(3))};
    packet.sequence = draw.byte();
    packet.byteIndex =
      static_cast<std::uint64_t>(draw.flag() ? draw.raw() : draw.byte() * 11) % kByteIndexEnd;
    const Endpoint from{host(1 + draw.below(6)), draw.flag() ? kMediaPort : std::uint16_t{9}};
    if (packet.type) packet.samples = draw.rest();
    if (packet.type.has_value() == packet.samples.empty()) return;
    media(encodeMedia(packet).bytes(), from);
  }
  void raw(fuzz::Draw& draw)
  {
    const Endpoint from{host(1 + draw.below(6)), kMediaPort};
    media(draw.rest(), from);
  }
  void media(std::span<const std::byte> datagram, const Endpoint& from)
  {
    server_.receiveMedia(datagram, from, now_, now_);
    client_.receiveMedia(datagram, from, now_, now_);
  }
  void sound()
  {
    const std::vector<float> frames(64, 0.5F);
    const std::vector<std::span<const float>> channels(8, frames);
    for (std::size_t number = 0; number < 3; ++number)
      for (std::size_t count = 1; count < 4; ++count) {
        server_.send(number, SampleTime{heard_}, std::span{channels}.first(count), out_);
        client_.send(ConnectionId{1}, number, SampleTime{heard_}, std::span{channels}.first(count), out_);
      }
    heard_ += 64;
  }

  HostTime now_ = hostTime(1'000'000'000);
  ServerDesk server_{setup(), [] { return kToken; }};
  ClientDesk client_{"Laptop", audio::SampleRate::fromHertz(48'000)};
  Outbox out_;
  std::set<IpAddress> called_;
  std::int64_t heard_ = 0;
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
