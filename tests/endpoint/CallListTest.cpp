#include <Catch.hpp>

#include <tutti/endpoint/CallList.hpp>

using namespace tutti;
using namespace tutti::endpoint;
using Hope = CallList::Hope;

namespace {

const Endpoint kStage{IpAddress::v4({10, 0, 0, 1}), 4711};
const Endpoint kBooth{IpAddress::v4({10, 0, 0, 2}), 4712};
constexpr auto kStart = hostTime(5'000'000);

LanServer server(const std::string& name, const Endpoint& at)
{
  return {ServerId::fromBytes(std::as_bytes(std::span{name})), name, at};
}

/// Calls whoever is due; each connection has the number of the one that is wanted.
std::vector<CallList::Call> callAll(CallList& list, const std::vector<LanServer>& lan, HostTime now)
{
  const auto calls = list.due(lan, now);
  for (const auto& call : calls) list.calling(call, ConnectionId{static_cast<std::uint32_t>(call.number)});
  return calls;
}

} // namespace

TEST_CASE("A server is called as soon as it is found, and once")
{
  CallList list{{std::string{"Stage"}}};
  CHECK(callAll(list, {}, kStart).empty());
  CHECK(callAll(list, {server("Booth", kBooth)}, kStart).empty());
  const auto calls = callAll(list, {server("Booth", kBooth), server("Stage", kStage)}, kStart);
  REQUIRE(calls.size() == 1);
  CHECK(calls.front().to == kStage);
  CHECK(list.title(ConnectionId{0}) == "Stage");
  CHECK(callAll(list, {server("Stage", kStage)}, kStart + CallList::kAgain * 5).empty());
}

TEST_CASE("A server that is wanted by its address need not be announced")
{
  CallList list{{kStage, kBooth}};
  const auto calls = callAll(list, {}, kStart);
  REQUIRE(calls.size() == 2);
  CHECK(calls.front().to == kStage);
  CHECK(calls.back().to == kBooth);
  CHECK(list.title(ConnectionId{1}) == "10.0.0.2:4712");
  CHECK_FALSE(list.title(ConnectionId{2}));
}

TEST_CASE("Who was lost is called again a second later, who refused never")
{
  CallList list{{kStage, kBooth}};
  callAll(list, {}, kStart);
  list.over(ConnectionId{0}, Hope::again, kStart);
  list.over(ConnectionId{1}, Hope::never, kStart);
  CHECK_FALSE(list.isHopeless());
  CHECK(list.due({}, kStart + CallList::kAgain - Micros{1}).empty());
  const auto calls = callAll(list, {}, kStart + CallList::kAgain);
  REQUIRE(calls.size() == 1);
  CHECK(calls.front().to == kStage);
  list.over(ConnectionId{0}, Hope::never, kStart);
  CHECK(list.isHopeless());
  CHECK(list.due({}, kStart + CallList::kAgain * 100).empty());
  list.beginAnew();
  CHECK(list.due({}, kStart).size() == 2);
}

TEST_CASE("Two servers of one name are called once each")
{
  CallList list{{std::string{"Stage"}, std::string{"Stage"}, std::string{"Stage"}}};
  const std::vector lan{server("Stage", kStage), server("Stage", kBooth)};
  const auto calls = callAll(list, lan, kStart);
  REQUIRE(calls.size() == 2);
  CHECK(calls[0].to == kStage);
  CHECK(calls[1].to == kBooth);
  CHECK(callAll(list, lan, kStart).empty());
  list.over(ConnectionId{0}, Hope::again, kStart);
  const auto again = list.due(lan, kStart); // the third has waited
  REQUIRE(again.size() == 1);
  CHECK(again.front().number == 2);
  CHECK(again.front().to == kStage);
}

TEST_CASE("What is told of connections that nobody here made changes nothing")
{
  CallList list{{kStage}};
  callAll(list, {}, kStart);
  list.over(ConnectionId{9}, Hope::never, kStart);
  CHECK_FALSE(list.isHopeless());
  CHECK(CallList{{}}.due({}, kStart).empty());
  CHECK_FALSE(CallList{{}}.isHopeless());
}

TEST_CASE("What is wanted may change: one more is called, one less is to be hung up")
{
  CallList list{{kStage}};
  callAll(list, {}, kStart);
  list.want(kBooth);
  const auto calls = callAll(list, {}, kStart);
  REQUIRE(calls.size() == 1);
  CHECK(calls.front().to == kBooth);
  CHECK(list.forget(kStage) == ConnectionId{0});
  CHECK_FALSE(list.forget(kStage));
  CHECK(list.title(ConnectionId{1}) == "10.0.0.2:4712");
  list.over(ConnectionId{1}, Hope::never, kStart);
  CHECK(list.isHopeless());
  CHECK_FALSE(list.forget(kBooth)); // there is no connection any more
  list.want(kBooth);
  CHECK(callAll(list, {}, kStart).size() == 1); // asked for anew, it is called anew
}
