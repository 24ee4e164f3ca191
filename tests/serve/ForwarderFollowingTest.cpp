#include <Catch.hpp>
#include <chrono>
#include <deque>
#include <map>
#include <tutti/room/Ensemble.hpp>
#include <tutti/serve/Forwarder.hpp>

using namespace tutti;
using namespace tutti::room;
using namespace std::chrono_literals;

namespace {

const Endpoint kNear{IpAddress::v4({192, 0, 2, 1}), 7885};
const Endpoint kFar{IpAddress::v4({192, 0, 2, 2}), 4711};
const Endpoint kUs{IpAddress::v4({198, 51, 100, 7}), 5000};
const wire::RoomForwarder kNearOne{1, {kNear.address}, kNear.port};
const wire::RoomForwarder kFarOne{2, {kFar.address}, kFar.port};

/// One member, and forwarders of several servers.
class Stage {
public:
  explicit Stage(const std::vector<wire::RoomForwarder>& forwarders)
  {
    joined.udpPort = 7000;
    joined.stunUser = "anna";
    joined.stunPassword = "password";
    joined.update.forwarders = forwarders;
    for (const auto& [at, roundTrip] : std::map<Endpoint, Micros>{{kNear, 4ms}, {kFar, 60ms}}) {
      auto& one = forwarders_.emplace(at, Forwarding{serve::Forwarder{{}}, roundTrip}).first->second;
      one.forwarder.admit({RoomId{}, 7, joined.stunUser, joined.stunPassword});
    }
    ensemble.emplace(secret, keys, joined, std::vector{kNear.address});
    perform(ensemble->setInterfaces({{"eth0", 2, kUs.address, std::uint8_t{24}}}, now));
  }

  void hear(const std::vector<wire::RoomForwarder>& forwarders)
  {
    wire::Update update;
    update.forwarders = forwarders;
    perform(ensemble->hearDirectory(update, now));
  }
  void run(Micros time)
  {
    for (const auto end = now + time; now < end; now += 1ms) {
      while (!onTheWay_.empty() && onTheWay_.begin()->first <= now) {
        const auto [from, bytes] = onTheWay_.begin()->second;
        onTheWay_.erase(onTheWay_.begin());
        perform(ensemble->hearDatagram(bytes, from, now));
      }
      perform(ensemble->advance(now));
    }
  }
  /// Whether this forwarder would send us what others play.
  bool sendsToUs(const Endpoint& at) { return forwarders_.at(at).forwarder.liveMembers(now) == 1; }

  Secret secret = Secret::draw();
  MemberKeys keys = MemberKeys::draw();
  wire::JoinReply joined;
  std::optional<Ensemble> ensemble;
  HostTime now = HostTime{} + 1h;
  std::map<Endpoint, std::size_t> sentTo;

private:
  struct Forwarding {
    serve::Forwarder forwarder;
    Micros roundTrip;
  };
  void perform(const Ensemble::Actions& actions)
  {
    for (const auto& action : actions) {
      const auto* send = std::get_if<Ensemble::SendDatagram>(&action);
      if (send == nullptr) continue;
      ++sentTo[send->to.to];
      const auto there = forwarders_.find(send->to.to);
      if (there == forwarders_.end()) continue;
      auto bytes = send->bytes;
      const net::Incoming packet{bytes, kUs, now};
      std::vector<net::Outgoing> out;
      there->second.forwarder.receive({&packet, 1}, now, out);
      for (const auto& answer : out)
        onTheWay_.emplace(now + there->second.roundTrip,
                          std::pair{send->to.to, ByteString{answer.bytes.begin(), answer.bytes.end()}});
    }
  }

  std::map<Endpoint, Forwarding> forwarders_;
  std::multimap<HostTime, std::pair<Endpoint, ByteString>> onTheWay_;
};

} // namespace

TEST_CASE("A room's forwarder is that which the directory names, at an address of its own")
{
  Stage stage{{kFarOne, kNearOne}};
  stage.run(2s);
  CHECK(stage.sendsToUs(kFar));
  CHECK_FALSE(stage.sendsToUs(kNear)); // it is measured, no more
  CHECK_FALSE(stage.sentTo.contains(Endpoint{kNear.address, 7000}));
}

TEST_CASE("A member tells how far each forwarder is")
{
  Stage stage{{kFarOne, kNearOne}};
  stage.run(3s);
  const auto told = stage.ensemble->roundTrips();
  REQUIRE(told.size() == 2);
  CHECK(told[0] == wire::RoundTrip{2, 60'000});
  CHECK(told[1] == wire::RoundTrip{1, 4'000});
}

TEST_CASE("When the room goes to another forwarder, its members follow")
{
  Stage stage{{kFarOne, kNearOne}};
  stage.run(2s);
  stage.hear({kNearOne, kFarOne});
  stage.run(100ms);
  CHECK(stage.sendsToUs(kNear));
  stage.run(12s); // a proof lasts ten seconds
  CHECK(stage.sendsToUs(kNear));
  CHECK_FALSE(stage.sendsToUs(kFar));
}

TEST_CASE("The same forwarders told again change nothing")
{
  Stage stage{{kFarOne, kNearOne}};
  stage.run(2s);
  const auto before = stage.sentTo[kFar];
  for (int i = 0; i < 20; ++i) stage.hear({kFarOne, kNearOne});
  stage.run(10ms);
  CHECK(stage.sentTo[kFar] - before <= 1);
  CHECK(stage.sendsToUs(kFar));
}

TEST_CASE("A server without others is asked where it is itself")
{
  Stage stage{{}};
  stage.run(1s);
  CHECK(stage.sentTo.contains(Endpoint{kNear.address, 7000}));
  CHECK(stage.ensemble->roundTrips().empty());
}

TEST_CASE("A directory cannot make members send where nobody may") // spec room R-14
{
  const auto forwarderAt = [](IpAddress address) { return wire::RoomForwarder{9, {address}, 53}; };
  for (const auto& address :
       {IpAddress::v4({127, 0, 0, 1}), IpAddress::v4({224, 0, 0, 1}), IpAddress::v4({255, 255, 255, 255}),
        IpAddress::v4({0, 0, 0, 1}), IpAddress::v4({198, 51, 100, 255})}) {
    Stage stage{{forwarderAt(address), kNearOne}};
    stage.hear({kNearOne, forwarderAt(address)});
    stage.run(5s);
    CHECK_FALSE(stage.sentTo.contains(Endpoint{address, 53}));
  }
}

TEST_CASE("Somebody who is no forwarder gets a few checks, and no more") // spec room R-14
{
  const Endpoint victim{IpAddress::v4({203, 0, 113, 9}), 53};
  Stage stage{{kNearOne, {9, {victim.address}, victim.port}}};
  stage.run(60s);
  CHECK(stage.sentTo[victim] == 7);
}
