#include <Catch.hpp>
#include <chrono>

#include "Homecoming.hpp"

using namespace tutti;
using namespace tutti::serve;
using namespace std::chrono_literals;
using State = Reach::State;
using Why = Reach::Why;
using RouterWhy = net::PortMapping::Why;
using room::wire::KnockReply;

namespace {

const discovery::Gateway kHome{IpAddress::v4({192, 168, 1, 1}), IpAddress::v4({192, 168, 1, 20})};
const IpAddress kOutside = IpAddress::v4({203, 0, 113, 7});
const Homecoming::Ports kPorts{40001, 40002};
const Homecoming::Opened kOpened{kOutside, {40001, 40002}};

/// A host at home; what it wants to be asked is remembered.
struct Story {
  explicit Story(bool isTested)
    : home{kPorts, isTested}
  {}

  void perform(const Homecoming::Actions& actions)
  {
    for (const auto& action : actions) {
      if (std::holds_alternative<Homecoming::AskRouter>(action)) ++routerAsked;
      if (std::holds_alternative<Homecoming::AskUpnp>(action)) ++upnpAsked;
      if (const auto* knock = std::get_if<Homecoming::AskToKnock>(&action)) knocks.push_back(knock->outside);
    }
  }
  void look(const std::optional<discovery::Gateway>& gateway = kHome) { perform(home.look(gateway, now)); }
  void router(const Homecoming::FromRouter& said) { perform(home.heardRouter(said, now)); }
  void router(RouterWhy why) { router(Homecoming::FromRouter{tl::unexpected{why}}); }
  void upnp(const Homecoming::FromRouter& said) { perform(home.heardUpnp(said, now)); }
  void upnp(RouterWhy why) { upnp(Homecoming::FromRouter{tl::unexpected{why}}); }
  void knocked(bool isTcpOpen, bool isUdpOpen, IpAddress seen = kOutside)
  {
    perform(home.knocked(KnockReply{seen, isTcpOpen, isUdpOpen}, now));
  }
  void wait(Micros time)
  {
    now += time;
    perform(home.advance(now));
  }
  [[nodiscard]] State state() const { return home.reach().state; }
  [[nodiscard]] Why why() const { return home.reach().why; }

  Homecoming home;
  HostTime now = hostTime(1'000'000);
  int routerAsked = 0;
  int upnpAsked = 0;
  std::vector<Homecoming::Ports> knocks;
};

} // namespace

TEST_CASE("A router that opens, and somebody outside who gets in: the room is open, and invitations say so")
{
  Story story{true};
  CHECK(story.state() == State::asking);
  story.look();
  CHECK(story.routerAsked == 1);
  CHECK(story.state() == State::asking);
  CHECK(story.knocks.empty());
  story.router(Homecoming::Opened{kOutside, {50001, 50002}});
  CHECK(story.state() == State::asking);
  REQUIRE(story.knocks.size() == 1);
  CHECK(story.knocks[0] == Homecoming::Ports{50001, 50002});
  story.knocked(true, true);
  CHECK(story.state() == State::open);
  CHECK(story.home.reach().outside == Endpoint{kOutside, 50001});
  CHECK(story.home.reach().udpOutside == 50002);
  CHECK(story.upnpAsked == 0);
  room::Invitation invitation{"192.168.1.20", 40001, "Jazz", {}, {}};
  invitation = forElsewhere(invitation, story.home.reach());
  CHECK(invitation.host == "203.0.113.7");
  CHECK(invitation.port == 50001);
}

TEST_CASE("Where nobody is known who could try, the router is believed")
{
  Story story{false};
  story.look();
  story.router(kOpened);
  CHECK(story.state() == State::untested);
  CHECK(story.home.reach().outside == Endpoint{kOutside, 40001});
  CHECK(story.knocks.empty());
}

TEST_CASE("A router that denies is asked by UPnP before it is said")
{
  Story story{false};
  story.look();
  story.router(RouterWhy::denied);
  CHECK(story.state() == State::asking);
  CHECK(story.upnpAsked == 1);
  story.upnp(RouterWhy::silent);
  CHECK(story.state() == State::closed);
  CHECK(story.why() == Why::denied);
  CHECK(story.home.reach().tcp == 40001);
  CHECK(story.home.reach().own == kHome.own);
  CHECK_FALSE(story.home.reach().outside);
  const room::Invitation invitation{"192.168.1.20", 40001, "Jazz", {}, {}};
  CHECK(forElsewhere(invitation, story.home.reach()) == invitation);
}

TEST_CASE("A router that only knows UPnP opens by that")
{
  Story story{false};
  story.look();
  story.router(RouterWhy::silent);
  story.upnp(kOpened);
  CHECK(story.state() == State::untested);
  story.router(RouterWhy::silent); // as it says again now and then
  CHECK(story.state() == State::untested);
  CHECK(story.upnpAsked == 1);
}

TEST_CASE("What UPnP says of a router counts where it was silent before")
{
  Story story{false};
  story.look();
  story.router(RouterWhy::silent);
  story.upnp(RouterWhy::full);
  CHECK(story.why() == Why::full);
}

TEST_CASE("A port that was opened by hand is found, though the router says nothing")
{
  Story story{true};
  story.look();
  story.router(RouterWhy::silent);
  CHECK(story.knocks.empty());
  story.upnp(RouterWhy::silent);
  REQUIRE(story.knocks.size() == 1);
  CHECK(story.knocks[0] == kPorts);
  story.knocked(false, false);
  CHECK(story.state() == State::closed);
  CHECK(story.why() == Why::silent);
  story.wait(119s);
  CHECK(story.knocks.size() == 1);
  story.wait(2s);
  CHECK(story.knocks.size() == 2);
  CHECK(story.state() == State::closed); // until it is known otherwise
  story.knocked(true, true);
  CHECK(story.state() == State::open);
  CHECK(story.home.reach().outside == Endpoint{kOutside, 40001});
}

TEST_CASE("Half a door is none")
{
  for (const bool isTcpOpen : {true, false}) {
    Story story{true};
    story.look();
    story.router(kOpened);
    story.knocked(isTcpOpen, !isTcpOpen);
    CHECK(story.state() == State::closed);
    CHECK(story.why() == Why::blocked);
    CHECK_FALSE(story.home.reach().outside);
  }
}

TEST_CASE("A router behind another one is told as that, tested or not")
{
  for (const auto* address : {"192.168.0.5", "10.1.2.3", "100.64.7.7"}) {
    Story story{false};
    story.look();
    story.router(Homecoming::Opened{*IpAddress::parse(address), {40001, 40002}});
    CHECK(story.state() == State::closed);
    CHECK(story.why() == Why::behindAnother);
    Story tested{true};
    tested.look();
    tested.router(Homecoming::Opened{*IpAddress::parse(address), {40001, 40002}});
    tested.knocked(false, false);
    CHECK(tested.why() == Why::behindAnother);
    tested.wait(3min);
    tested.knocked(true, true); // the other one passes all on
    CHECK(tested.state() == State::open);
  }
}

TEST_CASE("A server that cannot be asked leaves the router's word, and is told")
{
  Story story{true};
  story.look();
  story.router(kOpened);
  story.perform(
    story.home.knocked(failure(ErrorKind::unavailable, "The server does not answer."), story.now));
  CHECK(story.state() == State::untested);
  CHECK(story.home.reach().testProblem == "The server does not answer.");
  story.wait(3min);
  CHECK(story.knocks.size() == 2);
  story.knocked(true, true);
  CHECK(story.home.reach().testProblem.empty());
}

TEST_CASE("Ports that change while somebody tries the old ones are tried anew")
{
  Story story{true};
  story.look();
  story.router(kOpened);
  story.router(Homecoming::Opened{kOutside, {50001, 50002}});
  story.knocked(true, true);
  CHECK(story.state() == State::asking);
  REQUIRE(story.knocks.size() == 2);
  CHECK(story.knocks[1] == Homecoming::Ports{50001, 50002});
  story.knocked(true, true);
  CHECK(story.home.reach().outside == Endpoint{kOutside, 50001});
}

TEST_CASE("A machine that is in the Internet itself needs no router")
{
  Story story{false};
  story.look(discovery::Gateway{IpAddress::v4({203, 0, 113, 1}), kOutside});
  CHECK(story.routerAsked == 0);
  CHECK(story.state() == State::untested);
  CHECK(story.home.reach().outside == Endpoint{kOutside, 40001});
}

TEST_CASE("A network that leads nowhere, and one that comes later")
{
  Story story{false};
  story.look(std::nullopt);
  CHECK(story.state() == State::closed);
  CHECK(story.why() == Why::noRouter);
  story.look();
  CHECK(story.state() == State::asking);
  story.router(kOpened);
  story.look();
  CHECK(story.routerAsked == 1); // the same one
  CHECK(story.state() == State::untested);
  auto other = kHome;
  other.own = IpAddress::v4({192, 168, 1, 21});
  story.look(other);
  CHECK(story.routerAsked == 2);
  CHECK(story.state() == State::asking);
}

TEST_CASE("A router that takes back what it gave closes the room")
{
  Story story{false};
  story.look();
  story.router(kOpened);
  story.router(RouterWhy::noLine);
  story.upnp(RouterWhy::silent);
  CHECK(story.state() == State::closed);
  CHECK(story.why() == Why::noLine);
  story.router(kOpened);
  CHECK(story.state() == State::untested);
}

TEST_CASE("Every state and reason has a name for scripts")
{
  CHECK(nameOf(State::untested) == "untested");
  CHECK(nameOf(Why::none) == "none");
  CHECK(nameOf(Why::blocked) == "blocked");
}
