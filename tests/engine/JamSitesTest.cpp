// Two LANs in one network: what is a channel of one is heard in a jam at the other.
#include "Catch.hpp"
#include "Eventually.hpp"
#include "OwnNetwork.hpp"
#include "Venue.hpp"

#include <cmath>
#include <cstdlib>
#include <future>
#include <optional>
#include <set>
#include <thread>
#include <unistd.h>

#include <tutti/linkaudio/SiteChannels.hpp>

#include "LinkPlayers.hpp"

using namespace tutti;
using test::alone;
using test::eventually;
using test::Live;
using test::Musician;
using test::Venue;

namespace {

bool run(const std::string& command)
{
  return std::system(command.c_str()) == 0;
}

/// A machine of Berlin's LAN with a Link program. Lisbon's LAN has nobody but us.
class Berlin {
public:
  explicit Berlin(int tones = 1)
    : tones_{tones}
    , thread_{[this] { live(); }}
  {
    const auto id = machine_.get_future().get();
    const bool isConnected =
      id &&
      run("ip link add berlin type veth peer name stage && ip link set stage netns " + std::to_string(*id) +
          " && ip address add 10.1.0.1/24 dev berlin && ip link set berlin up && "
          "ip link add lisbon type veth peer name nobody && ip link set nobody up && "
          "ip address add 10.2.0.1/24 dev lisbon && ip link set lisbon up");
    connected_.set_value(isConnected);
    isThere_ = isConnected && there_.get_future().get();
  }
  ~Berlin()
  {
    over_.set_value();
    thread_.join();
  }

  /// False where the system does not allow it.
  [[nodiscard]] bool isThere() const { return isThere_; }

private:
  void live()
  {
    machine_.set_value(test::enterOwnNetwork() ? std::optional{::gettid()} : std::nullopt);
    const bool isConnected =
      connected_.get_future().get() && run("ip address add 10.1.0.2/24 dev stage && ip link set stage up");
    std::optional<Live> live;
    if (isConnected) live.emplace("stage", tones_);
    there_.set_value(isConnected);
    over_.get_future().wait();
  }

  int tones_;
  std::promise<std::optional<pid_t>> machine_;
  std::promise<bool> connected_;
  std::promise<bool> there_;
  std::promise<void> over_;
  bool isThere_ = false;
  std::thread thread_;
};

bool isInSessionWith(Musician& musician, const std::string& other)
{
  const auto bridge = musician.jam.bridge().atWork;
  return bridge && bridge->sites.size() == 1 && bridge->sites[0].name == other &&
         bridge->sites[0].isInSession;
}

/// At how many other sites it is listened to; -1: it is not there.
int sitesOf(Musician& musician, const std::string& name)
{
  const auto channel = musician.channel(name);
  return channel ? static_cast<int>(channel->sites) : -1;
}

/// In one room, each bridging the LAN it is on.
struct Sites {
  Venue venue;
  Musician anna{{.isOn = true}, "Anna", "berlin"};
  Musician ben{{.isOn = true}, "Ben", "lisbon"};

  void meet()
  {
    for (auto* const musician : {&anna, &ben}) {
      REQUIRE(musician->jam.join(venue.link, {}));
      musician->jam.setBridging(true);
    }
    REQUIRE(eventually([&] { return isInSessionWith(anna, "Ben") && isInSessionWith(ben, "Anna"); }));
  }
};

/// What of Anna's Ben hears.
std::set<std::string> soundingAt(Musician& ben)
{
  std::set<std::string> sounding;
  for (const auto& channel : ben.jam.channels().channels)
    if (channel.sound.hasSignal) sounding.insert(channel.name);
  return sounding;
}

bool isABeatLater(Musician& musician, const std::string& name)
{
  const auto channel = musician.channel(name);
  return channel && std::abs(channel->sound.lag - 1) < 0.1;
}

} // namespace

TEST_CASE(
  "A channel of one LAN is heard in a jam at another site, a beat later, and only while somebody listens")
{
  alone([] {
    const Berlin berlin;
    if (!berlin.isThere()) {
      WARN("no two LANs here: not run");
      return;
    }
    Sites sites;
    auto& [venue, anna, ben] = sites;
    REQUIRE(eventually([&] { return anna.isThere("Tone"); }));
    sites.meet();
    CHECK(ben.jam.channels().channels.empty());

    anna.jam.carryChannel({"Live", "Tone"}, true);
    REQUIRE(eventually([&] { return ben.isThere("Tone (Anna)"); }));
    CHECK(ben.channel("Tone (Anna)")->site == "Anna");
    CHECK(anna.channel("Tone")->isCarried);
    CHECK(sitesOf(anna, "Tone") == 0);

    ben.jam.listenTo(*ben.channel("Tone (Anna)")->id);
    CHECK(eventually([&] { return ben.isSounding(); }));
    CHECK(eventually([&] { return sitesOf(anna, "Tone") == 1; }));
    CHECK(eventually([&] { return isABeatLater(ben, "Tone (Anna)"); }));

    ben.jam.stopListening("Ben / Tone (Anna)");
    CHECK(eventually([&] { return sitesOf(anna, "Tone") == 0; }));
    ben.jam.listenTo(*ben.channel("Tone (Anna)")->id);
    CHECK(eventually([&] { return sitesOf(anna, "Tone") == 1; }));
    anna.jam.carryChannel({"Live", "Tone"}, false);
    CHECK(eventually([&] { return ben.whyMissing("Ben / Tone (Anna)") == "no other site carries it now"; }));
  });
}

TEST_CASE("A channel that found no room on the way travels as soon as another one is left")
{
  alone([] {
    constexpr int kTones = linkaudio::SiteChannels::kMostSent + 1;
    const Berlin berlin{kTones};
    if (!berlin.isThere()) {
      WARN("no two LANs here: not run");
      return;
    }
    Sites sites;
    auto& [venue, anna, ben] = sites;
    sites.meet();
    anna.jam.carryChannel({"Live", "*"}, true);
    const auto nameOf = [](int tone) { return "Tone " + std::to_string(tone) + " (Anna)"; };
    for (int tone = 1; tone <= kTones; ++tone) {
      REQUIRE(eventually([&] { return ben.isThere(nameOf(tone)); }));
      ben.jam.listenTo(*ben.channel(nameOf(tone))->id);
    }
    CHECK(eventually([&] { return soundingAt(ben).size() == kTones - 1; }));
    CHECK(eventually(
      [&] { return anna.jam.channels().problem.starts_with("The other sites listen to as many"); }));

    std::string left;
    for (int tone = 1; tone <= kTones; ++tone)
      if (!soundingAt(ben).contains(nameOf(tone))) left = nameOf(tone);
    const auto first = left == nameOf(1) ? nameOf(2) : nameOf(1);
    ben.jam.stopListening("Ben / " + first);
    CHECK(eventually([&] { return soundingAt(ben).contains(left); }));
    CHECK(eventually([&] { return anna.jam.channels().problem.empty(); }));
  });
}
