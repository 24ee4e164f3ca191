#include <Catch.hpp>
#include <nlohmann/json.hpp>

#include "verbs/serve/ServeReport.hpp"

using namespace tutti;
using namespace tutti::app;

namespace {

ServeSecond someSecond()
{
  ServeSecond second;
  second.at = hostTime(42);
  second.now.rooms = 1;
  second.now.members = 3;
  second.now.forwarder.packetsIn = 10;
  second.now.forwarder.packetsOut = 20;
  second.now.forwarder.dropped[static_cast<std::size_t>(serve::Drop::flood)] = 7;
  second.cpuShare = 0.25;
  return second;
}

} // namespace

TEST_CASE("A second tells its figures in the agreed order")
{
  CHECK(
    secondJson(someSecond()) ==
    R"({"event":"second","t":42,"rooms":1,"members":3,"packetsIn":10,"packetsOut":20,"bytesIn":0,"bytesOut":0,)"
    R"("dropped":{"notMedia":0,"stranger":0,"wrongSlot":0,"flood":7,"badCheck":0,"shortCheck":0,"tooOften":0},)"
    R"("cpu":0.25,"delayP99Us":null})");
  auto busy = someSecond();
  busy.now.delayP99 = Micros{31};
  CHECK(nlohmann::json::parse(secondJson(busy))["delayP99Us"] == 31);
}

TEST_CASE("A room's name is told as it is, also with quotes")
{
  const auto told = nlohmann::json::parse(roomJson("\"Jazz\"", "tutti://x/y#v1..", "tutti://x/y#v1...host"));
  CHECK(told["event"] == "room");
  CHECK(told["name"] == "\"Jazz\"");
  CHECK(told["invite"] == "tutti://x/y#v1..");
  CHECK(told["hostInvite"] == "tutti://x/y#v1...host");
}

TEST_CASE("People are told which of the two invitations is theirs alone")
{
  const auto text = roomText("Jazz", "tutti://x/y#v1..", "tutti://x/y#v1...host");
  CHECK(text.find("Room 'Jazz': tutti://x/y#v1..\n") == 0);
  CHECK(text.find("For you alone") < text.find("tutti://x/y#v1...host"));
}

TEST_CASE("People see what the last second brought")
{
  serve::ForwarderCounters before;
  before.packetsIn = 4;
  CHECK(secondText(someSecond(), before) ==
        "1 rooms | 3 members | 6 packets in, 20 out, 7 dropped | cpu 25.0 %");
}
