// Every packet that real Link programs were seen to send is understood, and said again in the same bytes.
#include <Catch.hpp>
#include <MeasurementMessage.hpp>
#include <Pcap.hpp>
#include <PeerState.hpp>

using namespace tutti;
using namespace tutti::link;

namespace {

std::optional<Datagram> saidAgain(const discovery::Message& message)
{
  if (message.type == discovery::MessageType::byeBye) return encodeByeBye(message.sender);
  const auto state = parsePeerState(message.payload);
  if (!state) return std::nullopt;
  return encodeState(message.type, message.ttl, message.sender, *state);
}

/// A ping's payload is what a pong echoes, so a ping is read as the tail of one.
std::optional<Pong> readPing(std::span<const std::byte> payload)
{
  const auto pong = encodePong(NodeId{}, SessionTime{}, payload);
  return parsePong(pong.bytes().subspan(9));
}

std::optional<Datagram> saidAgain(const MeasurementMessage& message)
{
  if (message.type == MeasurementType::ping) {
    const auto ping = readPing(message.payload);
    if (!ping) return std::nullopt;
    const bool isFirst = ping->previous == SessionTime{};
    return encodePing(ping->pingSentAt, isFirst ? std::nullopt : std::optional{ping->previous});
  }
  const auto pong = parsePong(message.payload);
  if (!pong) return std::nullopt;
  const bool isFirst = pong->previous == SessionTime{};
  const auto ping = encodePing(pong->pingSentAt, isFirst ? std::nullopt : std::optional{pong->previous});
  return encodePong(pong->session, pong->answeredAt, ping.bytes().subspan(9));
}

std::optional<Datagram> saidAgain(std::span<const std::byte> payload)
{
  if (const auto message = discovery::parseMessage(payload)) return saidAgain(*message);
  if (const auto message = parseMeasurementMessage(payload)) return saidAgain(*message);
  return std::nullopt;
}

bool survives(std::span<const std::byte> payload)
{
  const auto again = saidAgain(payload);
  return again && std::ranges::equal(again->bytes(), payload);
}

struct Tally {
  int alives = 0;
  int responses = 0;
  int byeByes = 0;
  int pings = 0;
  int pongs = 0;
  int withAudio = 0;

  void count(std::span<const std::byte> payload)
  {
    if (const auto message = discovery::parseMessage(payload)) {
      ++(message->type == discovery::MessageType::alive      ? alives
         : message->type == discovery::MessageType::response ? responses
                                                             : byeByes);
      const auto state = parsePeerState(message->payload);
      if (state && state->audio) ++withAudio;
    } else if (const auto measurement = parseMeasurementMessage(payload))
      ++(measurement->type == MeasurementType::ping ? pings : pongs);
  }
};

} // namespace

TEST_CASE("Every single captured message survives reading and writing")
{
  const auto names = test::fixturesLike("", ".hex");
  CHECK(names.size() == 21);
  for (const auto& name : names) {
    CAPTURE(name);
    CHECK(survives(test::hexFixture(name)));
  }
}

TEST_CASE("Every packet of every captured session survives reading and writing")
{
  Tally tally;
  const auto names = test::fixturesLike("", ".pcap");
  CHECK(names.size() == 7);
  for (const auto& name : names) {
    const auto datagrams = test::captureFixture(name);
    CAPTURE(name, datagrams.size());
    std::size_t broken = 0;
    for (const auto& datagram : datagrams) {
      if (!survives(datagram.payload)) ++broken;
      tally.count(datagram.payload);
    }
    CHECK_FALSE(datagrams.empty());
    CHECK(broken == 0);
  }
  CHECK(tally.alives > 400);
  CHECK(tally.responses > 100);
  CHECK(tally.byeByes > 2);
  CHECK(tally.pings > 500);
  CHECK(tally.pongs > 500);
  CHECK(tally.withAudio > 0);
}

TEST_CASE("Every ping and pong of the two captured measurements survives reading and writing")
{
  for (const auto* name : {"measurement-v3.txt", "measurement-v4.txt"}) {
    const auto trips = test::measurementFixture(name);
    CAPTURE(name);
    CHECK(trips.size() == 104);
    for (const auto& trip : trips) CHECK(survives(trip.payload));
  }
}

TEST_CASE("What real peers announce is the address they speak from")
{
  for (const auto& name : test::fixturesLike("", ".pcap"))
    for (const auto& datagram : test::captureFixture(name)) {
      const auto message = discovery::parseMessage(datagram.payload);
      if (!message || message->type == discovery::MessageType::byeBye) continue;
      const auto state = parsePeerState(message->payload);
      REQUIRE(state);
      CHECK(state->measurement.address == datagram.from.address);
    }
}
