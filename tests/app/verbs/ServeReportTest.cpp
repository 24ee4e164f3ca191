#include <Catch.hpp>
#include <algorithm>
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

TEST_CASE("How others get in is told to scripts, with the invitation that leads there")
{
  serve::Reach reach;
  reach.tcp = reach.udp = 7885;
  CHECK(reachJson(reach, "") ==
        R"({"event":"reach","state":"asking","why":"none","outside":null,"udpOutside":null,)"
        R"("tcp":7885,"udp":7885,"invite":null,"testProblem":null})");
  reach.state = serve::Reach::State::open;
  reach.outside = Endpoint{IpAddress::v4({203, 0, 113, 7}), 8885};
  reach.udpOutside = 8886;
  const auto told = nlohmann::json::parse(reachJson(reach, "tutti://x/y#v1.."));
  CHECK(told["state"] == "open");
  CHECK(told["outside"] == "203.0.113.7:8885");
  CHECK(told["udpOutside"] == 8886);
  CHECK(told["invite"] == "tutti://x/y#v1..");
  CHECK(reachText(reach, "tutti://x/y#v1..").find("tutti://x/y#v1..") != std::string::npos);
}

TEST_CASE("People are told why others do not get in, and which ports to forward to whom")
{
  serve::Reach reach;
  reach.state = serve::Reach::State::closed;
  reach.tcp = 7885;
  reach.udp = 7886;
  reach.own = IpAddress::v4({192, 168, 1, 20});
  std::vector<std::string> said;
  for (const auto why : {serve::Reach::Why::silent, serve::Reach::Why::denied, serve::Reach::Why::full,
                         serve::Reach::Why::unfit, serve::Reach::Why::behindAnother}) {
    reach.why = why;
    const auto text = reachText(reach, "");
    CHECK(text.find("forward TCP port 7885 and UDP port 7886 to 192.168.1.20") != std::string::npos);
    CHECK(std::ranges::find(said, text) == said.end());
    said.push_back(text);
  }
  reach.why = serve::Reach::Why::blocked;
  CHECK(reachText(reach, "").find("firewall") != std::string::npos);
}

TEST_CASE("People see what the last second brought")
{
  serve::ForwarderCounters before;
  before.packetsIn = 4;
  CHECK(secondText(someSecond(), before) ==
        "1 rooms | 3 members | 6 packets in, 20 out, 7 dropped | cpu 25.0 %");
}
