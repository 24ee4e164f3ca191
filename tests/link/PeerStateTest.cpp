#include <Catch.hpp>
#include <Fixtures.hpp>
#include <PeerState.hpp>

using namespace tutti;
using namespace tutti::link;
using namespace std::chrono_literals;
using test::Bytes;
using test::bytesOf;

namespace {

const auto kTimeline =
  bytesOf("74 6d 6c 6e 00 00 00 18 00 00 00 00 00 07 a1 20 00 00 00 00 00 53 ec 60 00 00 00 00 00 bf a2 5c");
const auto kSession = bytesOf("73 65 73 73 00 00 00 08 75 23 62 63 37 3e 6b 55");
const auto kStartStop = bytesOf("73 74 73 74 00 00 00 11 01 00 00 00 00 49 8d 58 80 00 00 00 00 00 00 16 2e");
const auto kEndpoint4 = bytesOf("6d 65 70 34 00 00 00 06 7b 7b 01 02 1a 7c");
const auto kEndpoint6 =
  bytesOf("6d 65 70 36 00 00 00 12 fe 80 00 00 00 00 00 00 00 00 00 00 00 00 80 80 1a 7c");
const auto kUnknown = bytesOf("66 6f 6f 21 00 00 00 03 01 02 03");

Bytes operator+(Bytes a, const Bytes& b)
{
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

const auto kWhole = kTimeline + kSession + kStartStop + kEndpoint4;

Bytes i64(std::int64_t value)
{
  Datagram datagram;
  ByteWriter{datagram}.i64(value);
  return test::copyOf(datagram.bytes());
}

std::optional<PeerState> withTimeline(std::int64_t microsPerBeat, std::int64_t beat, std::int64_t moment)
{
  return parsePeerState(bytesOf("746d6c6e 00000018") + i64(microsPerBeat) + i64(beat) + i64(moment) +
                        kSession + kEndpoint4);
}

std::optional<PeerState> withStartStop(unsigned playing, std::int64_t beat, std::int64_t moment)
{
  return parsePeerState(kTimeline + kSession + kEndpoint4 + bytesOf("73747374 00000011") +
                        Bytes{static_cast<std::byte>(playing)} + i64(beat) + i64(moment));
}

constexpr std::int64_t kFarthest = std::int64_t{1} << 53U;

} // namespace

TEST_CASE("A state is read as it is written on the wire")
{
  const auto state = parsePeerState(kWhole);
  REQUIRE(state);
  CHECK(state->timeline.tempo.bpm() == 120.0);
  CHECK(state->timeline.beatOrigin == time::Beats::fromMicroBeats(5'500'000));
  CHECK(state->timeline.timeOrigin == sessionTime(12'558'940));
  CHECK(state->session.text() == "u#bc7>kU");
  CHECK(state->startStop ==
        SessionStartStop{true, time::Beats::fromMicroBeats(1'234'000'000), sessionTime(5678)});
  CHECK(state->measurement == Endpoint{IpAddress::v4({123, 123, 1, 2}), 6780});
  CHECK_FALSE(state->audio);
}

TEST_CASE("An IPv6 endpoint comes without a scope")
{
  const auto state = parsePeerState(kTimeline + kSession + kEndpoint6);
  REQUIRE(state);
  CHECK(state->measurement.text() == "[fe80::8080]:6780");
  CHECK(state->measurement.address.scope() == 0);
}

TEST_CASE("A state is written in the order of the reference")
{
  const auto id = NodeId::fromBytes(bytesOf("0102030405060708"));
  const auto alive = encodeState(discovery::MessageType::alive, 5s, id, *parsePeerState(kWhole));
  CHECK(test::copyOf(alive.bytes()) == bytesOf("5f617364705f7601 01 05 0000 0102030405060708") + kWhole);
  const auto response = encodeState(discovery::MessageType::response, 5s, id,
                                    *parsePeerState(kTimeline + kSession + kStartStop + kEndpoint6));
  CHECK(test::copyOf(response.bytes()) == bytesOf("5f617364705f7601 02 05 0000 0102030405060708") +
                                            kTimeline + kSession + kStartStop + kEndpoint6);
}

TEST_CASE("A goodbye is written without a state")
{
  const auto byeBye = encodeByeBye(NodeId::fromBytes(bytesOf("75 23 62 63 37 3e 6b 55")));
  CHECK(test::copyOf(byeBye.bytes()) == bytesOf("5f617364705f7601 03 00 0000 7523626337 3e6b55"));
}

TEST_CASE("Entries may come in any order, among unknown ones, and the last of a kind counts")
{
  const auto expected = parsePeerState(kWhole);
  CHECK(parsePeerState(kEndpoint4 + kStartStop + kSession + kTimeline) == expected);
  CHECK(parsePeerState(kUnknown + kTimeline + kUnknown + kSession + kStartStop + kEndpoint4 + kUnknown) ==
        expected);
  const auto otherSession = bytesOf("73657373 00000008 0000000000000000");
  CHECK(parsePeerState(otherSession + kWhole) == expected);
  CHECK(parsePeerState(kWhole + otherSession)->session == NodeId{});
}

TEST_CASE("A node of the first Link generation, without start and stop, is understood")
{
  const auto state = parsePeerState(kTimeline + kSession + kEndpoint4);
  REQUIRE(state);
  CHECK(state->startStop == SessionStartStop{});
}

TEST_CASE("A state without timeline, session or endpoint is none")
{
  CHECK_FALSE(parsePeerState({}));
  CHECK_FALSE(parsePeerState(kSession + kStartStop + kEndpoint4));
  CHECK_FALSE(parsePeerState(kTimeline + kStartStop + kEndpoint4));
  CHECK_FALSE(parsePeerState(kTimeline + kSession + kStartStop));
}

TEST_CASE("A state torn anywhere is none")
{
  for (std::size_t size = 0; size < kWhole.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(parsePeerState(std::span{kWhole}.first(size)));
  }
}

TEST_CASE("A known entry that is longer or shorter than its kind spoils the state")
{
  const auto spoilt = [](const char* entry) { return !parsePeerState(kWhole + bytesOf(entry)); };
  CHECK(spoilt("746d6c6e 00000017 0000000000000000000000000000000000000000000000"));
  CHECK(spoilt("746d6c6e 00000000"));
  CHECK(spoilt("73657373 00000007 00000000000000"));
  CHECK(spoilt("73657373 00000009 000000000000000000"));
  CHECK(spoilt("73747374 00000010 00000000000000000000000000000000"));
  CHECK(spoilt("6d657034 00000007 7f000001 1a7c 00"));
  CHECK(spoilt("6d657036 00000006 7f000001 1a7c"));
  CHECK(spoilt("61657034 00000005 7f000001 1a"));
  CHECK(spoilt("61657036 00000000"));
  CHECK(spoilt("666f6f21 ffffffff 00"));
  CHECK_FALSE(spoilt("666f6f21 00000000"));
}

TEST_CASE("A tempo that no beat could have is refused")
{
  CHECK(withTimeline(1, 0, 0));
  CHECK_FALSE(withTimeline(0, 0, 0));
  CHECK_FALSE(withTimeline(-1, 0, 0));
  CHECK_FALSE(withTimeline(INT64_MIN, 0, 0));
  CHECK_FALSE(withTimeline(INT64_MAX, 0, 0));
}

TEST_CASE("Tempi are kept as they were said, and clamp to what Link plays")
{
  CHECK(withTimeline(60'060, 0, 0)->timeline.tempo.bpm() == Approx(999.000999));
  CHECK(withTimeline(60'060, 0, 0)->timeline.tempo.clamped().bpm() == 999.0);
  CHECK(withTimeline(1, 0, 0)->timeline.tempo.clamped().bpm() == 999.0);
  CHECK(withTimeline(3'000'001, 0, 0)->timeline.tempo.clamped().bpm() == 20.0);
  CHECK(withTimeline(kFarthest, 0, 0)->timeline.tempo.clamped().bpm() == 20.0);
}

TEST_CASE("Origins and times that no honest program has are refused")
{
  CHECK(withTimeline(500'000, kFarthest, -kFarthest));
  CHECK(withTimeline(500'000, -kFarthest, kFarthest));
  CHECK(withStartStop(1, kFarthest, kFarthest));
  for (const auto origin : {kFarthest + 1, -kFarthest - 1, INT64_MAX, INT64_MIN}) {
    CAPTURE(origin);
    CHECK_FALSE(withTimeline(500'000, origin, 0));
    CHECK_FALSE(withTimeline(500'000, 0, origin));
    CHECK_FALSE(withStartStop(1, origin, 0));
    CHECK_FALSE(withStartStop(1, 0, origin));
  }
}

TEST_CASE("Whatever is not zero means playing")
{
  CHECK_FALSE(withStartStop(0, 0, 0)->startStop.isPlaying);
  CHECK(withStartStop(1, 0, 0)->startStop.isPlaying);
  CHECK(withStartStop(255, 0, 0)->startStop.isPlaying);
}

TEST_CASE("The largest state of all fits into a message with room to spare")
{
  auto state = *parsePeerState(kTimeline + kSession + kStartStop + kEndpoint6);
  state.audio = state.measurement;
  CHECK(encodeState(discovery::MessageType::alive, 5s, NodeId{}, state).size() == 145);
}

TEST_CASE("States with and without a socket for Link Audio are said again in the same bytes")
{
  for (const auto& name : test::fixturesLike("discovery-", ".hex", "link-audio")) {
    const auto bytes = test::hexFixture(name, "link-audio");
    const auto message = discovery::parseMessage(bytes);
    REQUIRE(message);
    if (message->type == discovery::MessageType::byeBye) continue;
    const auto state = parsePeerState(message->payload);
    REQUIRE(state);
    CHECK(state->audio.has_value() == (name.find("no-audio") == std::string::npos));
    if (state->audio) CHECK(state->audio->address == state->measurement.address);
    const auto again = encodeState(message->type, message->ttl, message->sender, *state);
    CHECK(test::copyOf(again.bytes()) == bytes);
  }
}
