#include "Catch.hpp"

#include <array>

#include <tutti/bridge/Message.hpp>

namespace tutti::bridge {
namespace {

constexpr auto kHuge = std::int64_t{1} << 60U;

NodeId id(std::uint8_t number)
{
  return NodeId{{'n', number}};
}

SiteState berlin()
{
  SiteState state;
  state.saidAt = {1'234'567'890};
  state.node = NodeId{{1, 2, 3}};
  state.session = {
    id(7),
    {time::Tempo::fromMicrosPerBeat(500'000), time::Beats::fromDouble(5.5), sessionTime(12'558'940)},
    {true, time::Beats::fromDouble(1234), sessionTime(5678)},
    Micros{-987'654'321}};
  state.shift = Micros{1'000'000};
  state.leads = true;
  state.decision = {id(7), {id(8), id(9)}};
  state.peerCount = 3;
  state.peers = {id(7), id(1), id(2)};
  return state;
}

} // namespace

SCENARIO("B-5 what a site says survives the way, each number as it was")
{
  CHECK(std::get<SiteState>(parse(encode(berlin())).value()) == berlin());
  CHECK(std::get<Goodbye>(parse(encode(Goodbye{{42}})).value()) == Goodbye{{42}});
}

SCENARIO("A state has these bytes")
{
  const auto bytes = encode(berlin());
  CHECK(bytes.size() == 2 + 8 + 8 + 16 + 24 + 17 + 4 + 1 + 8 + 1 + 16 + 2 + 1 + 24);
  CHECK(bytes[0] == std::byte{1});
  CHECK(bytes[1] == std::byte{1});
  CHECK(bytes[10] == std::byte{1}); // the bridge's node id
}

SCENARIO("The largest state there is fits into a datagram, signed")
{
  auto state = berlin();
  state.decision.losers.assign(20, id(3));
  state.peers.assign(200, id(4));
  state.peerCount = 200;
  const auto author = room::MemberKeys::draw();
  const auto bytes = encodeSigned(state, author);
  CHECK(bytes.size() <= kLargestMessage);
  const auto read = std::get<SiteState>(parseSigned(bytes, author.signPublic()).value());
  CHECK(read.peers.size() == SiteState::kMostPeers);
  CHECK(read.decision.losers.size() == Decision::kMostLosers);
  CHECK(read.peerCount == 200);
}

SCENARIO("What somebody else has signed, or nobody, is refused")
{
  const auto author = room::MemberKeys::draw();
  const auto other = room::MemberKeys::draw();
  auto bytes = encodeSigned(berlin(), author);
  REQUIRE(parseSigned(bytes, author.signPublic()));
  CHECK(parseSigned(bytes, other.signPublic()).error().kind == ErrorKind::refused);
  bytes[12] ^= std::byte{1};
  CHECK(parseSigned(bytes, author.signPublic()).error().kind == ErrorKind::refused);
  CHECK(parseSigned(encode(berlin()), author.signPublic()).error().kind == ErrorKind::malformed);
  CHECK(parseSigned({}, author.signPublic()).error().kind == ErrorKind::malformed);
}

SCENARIO("What is cut, too long or unknown is malformed")
{
  const auto whole = encode(berlin());
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(parse(std::span{whole}.first(size)));
  auto longer = whole;
  longer.push_back(std::byte{0});
  CHECK_FALSE(parse(longer));
  auto foreign = whole;
  foreign[0] = std::byte{2};
  CHECK_FALSE(parse(foreign));
  foreign = whole;
  foreign[1] = std::byte{3};
  CHECK_FALSE(parse(foreign));
}

SCENARIO("B-13 numbers that no bridge says are malformed")
{
  const auto change = [](auto&& how) {
    auto state = berlin();
    how(state);
    return parse(encode(state));
  };
  CHECK_FALSE(
    change([](auto& state) { state.session.timeline.beatOrigin = time::Beats::fromMicroBeats(kHuge); }));
  CHECK_FALSE(change([](auto& state) { state.session.timeline.timeOrigin = sessionTime(-kHuge); }));
  CHECK_FALSE(change([](auto& state) { state.session.timeline.tempo = time::Tempo::fromBpm(1); }));
  CHECK_FALSE(change([](auto& state) { state.session.timeline.tempo = time::Tempo::fromBpm(1e6); }));
  CHECK_FALSE(change([](auto& state) { state.session.startStop.timestamp = sessionTime(kHuge); }));
  CHECK_FALSE(change([](auto& state) { state.session.offset = Micros{kHuge}; }));
  CHECK_FALSE(change([](auto& state) { state.shift = Micros{3'600'000'000}; }));
  for (const double bpm : {20.0, 999.0})
    CHECK(change([&](auto& state) { state.session.timeline.tempo = time::Tempo::fromBpm(bpm); }));
}

} // namespace tutti::bridge
