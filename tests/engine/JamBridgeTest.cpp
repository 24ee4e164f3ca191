// The switch "Bridge Link", with engines and a real host, in a network of its own.
#include "Catch.hpp"
#include "Eventually.hpp"
#include "TemporaryFolder.hpp"
#include "Venue.hpp"

#include <tutti/bridge/Message.hpp>
#include <tutti/engine/Engine.hpp>
#include <tutti/engine/Jam.hpp>
#include <tutti/linkaudio/LinkAudio.hpp>
#include <tutti/room/Session.hpp>

#include "HandDriven.hpp"

using namespace std::chrono_literals;
using namespace tutti;
using engine::Jam;
using test::alone;
using test::Venue;

namespace {

/// Somebody whose Link programs could be bridged.
struct Studio {
  explicit Studio(const std::string& name, bool isBridging = false)
    : engine{quiet()}
    , jam{settingsOf(name, isBridging), [this] { return engine.beatGrid(); }}
  {}

  static engine::Settings quiet()
  {
    engine::Settings settings;
    settings.isLinkEnabled = false;
    return settings;
  }
  engine::JamSettings settingsOf(const std::string& name, bool isBridging)
  {
    engine::JamSettings settings;
    settings.name = name;
    settings.stateFolder = folder.path();
    settings.deviceOpener = device.opener();
    settings.isBridging = isBridging;
    settings.linkAudioWay = engine.linkAudioWay();
    settings.bridgeOpener = [this](room::Session& session, const bridge::Rights& rights) {
      return engine.openBridge(session, rights);
    };
    return settings;
  }

  [[nodiscard]] bool isAtWork() { return jam.bridge().atWork.has_value(); }
  [[nodiscard]] bool sees(const std::string& name)
  {
    const auto shown = jam.bridge().atWork;
    return shown && shown->sites.size() == 1 && shown->sites[0].name == name;
  }
  [[nodiscard]] bool hasNews()
  {
    const auto shown = jam.bridge().atWork;
    return shown && !shown->notices.empty();
  }
  [[nodiscard]] bool isAloneAtWork()
  {
    const auto shown = jam.bridge().atWork;
    return shown && shown->sites.empty();
  }

  test::TemporaryFolder folder;
  test::HandDriven device;
  engine::Engine engine;
  Jam jam;
};

/// A member who speaks to bridges by hand.
class Eve : public room::Session::Sink {
public:
  explicit Eve(const std::string& link)
  {
    room::Session::Options options;
    options.invitation = room::Invitation::parse(link).value();
    options.name = "Eve";
    auto joined = room::Session::join(options, *this);
    REQUIRE(joined);
    session_ = std::move(*joined);
  }

  /// That so many programs are at her site, signed by these keys or by her own.
  void say(std::uint16_t programs, HostTime at, const room::MemberKeys* keys = nullptr)
  {
    bridge::SiteState state;
    state.saidAt = {microsOf(at)};
    state.node = state.session.id = NodeId{{'e', 'v', 'e'}};
    state.peerCount = programs;
    session_->sayToBridges(bridge::encodeSigned(state, keys != nullptr ? *keys : session_->keys()));
  }

  void arrived(net::StreamId /*id*/, std::span<const std::byte> /*packet*/, const room::Way& /*from*/,
               HostTime /*at*/) override
  {}
  void tick(HostTime /*now*/) override {}
  void changed() override {}

private:
  std::unique_ptr<room::Session> session_;
};

} // namespace

TEST_CASE("A channel travels while Link is bridged and Link Audio is on, and not where it is already")
{
  alone([] {
    const Venue venue;
    Studio anna{"Anna"};
    Studio ben{"Ben"};
    link::Link link{time::Tempo::fromBpm(120), {{"lo"}}};
    linkaudio::LinkAudio live{link, "Live"};
    link.enable();
    live.enable();
    const auto drums = live.publish("Drums");
    REQUIRE(drums);
    const auto shown = [](Studio& studio) {
      const auto channels = studio.jam.channels();
      return channels.channels.size() == 1 ? std::optional{channels.channels[0]} : std::nullopt;
    };
    anna.jam.setLinkAudio(true);
    anna.jam.carryChannel({"Live", "Drums"}, true);
    REQUIRE(test::eventually([&] { return shown(anna) && shown(anna)->isCarried; }));
    CHECK_FALSE(anna.jam.channels().isBridged);
    ben.jam.setLinkAudio(true);
    REQUIRE(anna.jam.join(venue.link, {}));
    REQUIRE(ben.jam.join(venue.link, {}));
    anna.jam.setBridging(true);
    ben.jam.setBridging(true);
    REQUIRE(test::eventually([&] { return anna.sees("Ben") && ben.sees("Anna"); }));
    CHECK(test::eventually([&] { return anna.jam.channels().isBridged && ben.jam.channels().isBridged; }));
    std::this_thread::sleep_for(500ms);
    REQUIRE(test::eventually([&] { return shown(ben).has_value(); })); // what both have, and no other
    CHECK(shown(ben)->site.empty());
    CHECK_FALSE(shown(ben)->isCarried);
    anna.jam.setLinkAudio(false);
    CHECK(test::eventually([&] { return !anna.jam.channels().isBridged; }));
    anna.jam.setLinkAudio(true);
    CHECK(test::eventually([&] { return anna.jam.channels().isBridged; }));
    anna.jam.leaveSoon();
    CHECK(test::eventually([&] { return !anna.jam.channels().isBridged; }));
    CHECK(anna.jam.channelsWish().carried.size() == 1);
  });
}

TEST_CASE("Bridging is switched on and off in a room, and each site hears of the other at once")
{
  alone([] {
    const Venue venue;
    Studio anna{"Anna"};
    Studio ben{"Ben"};
    REQUIRE(anna.jam.join(venue.link, {}));
    REQUIRE(ben.jam.join(venue.link, {}));
    CHECK_FALSE(anna.jam.bridge().isWanted);
    CHECK_FALSE(anna.isAtWork());
    anna.jam.setBridging(true);
    ben.jam.setBridging(true);
    CHECK(anna.jam.bridge().isWanted);
    REQUIRE(test::eventually([&] { return anna.sees("Ben") && ben.sees("Anna"); }));
    CHECK(anna.engine.snapshot().link.isEnabled);
    CHECK(test::eventually([&] { return anna.hasNews(); }));
    ben.jam.setBridging(false);
    CHECK(test::eventually([&] { return !ben.isAtWork() && anna.isAloneAtWork(); }));
    CHECK_FALSE(ben.jam.bridge().isWanted);
  });
}

TEST_CASE("Who bridged before bridges the next room, too, and leaving one ends it")
{
  alone([] {
    const Venue venue;
    Studio anna{"Anna", true};
    CHECK(anna.jam.bridge().isWanted);
    CHECK_FALSE(anna.isAtWork());
    REQUIRE(anna.jam.join(venue.link, {}));
    CHECK(anna.isAtWork());
    anna.jam.leaveSoon();
    CHECK(test::eventually([&] { return !anna.isAtWork(); }));
    CHECK(anna.jam.bridge().isWanted);
    REQUIRE(anna.jam.host({"Blues", {}, false}));
    CHECK(anna.isAtWork());
  });
}

TEST_CASE("Alone with an echo there is nobody to bridge to")
{
  alone([] {
    Studio anna{"Anna", true};
    REQUIRE(anna.jam.playAlone());
    CHECK_FALSE(anna.isAtWork());
  });
}

TEST_CASE("B-15 what the programs of a site may change is said before and while it bridges")
{
  alone([] {
    const Venue venue;
    Studio anna{"Anna"};
    anna.jam.setBridgeRights({.mayChangeTempo = true, .mayStartAndStop = false});
    REQUIRE(anna.jam.join(venue.link, {}));
    anna.jam.setBridging(true);
    const auto mayNow = [&] {
      const auto shown = anna.jam.bridge().atWork;
      return shown ? std::optional{shown->rights} : std::nullopt;
    };
    const bridge::Rights tempoOnly{.mayChangeTempo = true, .mayStartAndStop = false};
    CHECK(test::eventually([&] { return mayNow() == tempoOnly; }));
    const bridge::Rights none{.mayChangeTempo = false, .mayStartAndStop = false};
    anna.jam.setBridgeRights(none);
    CHECK(anna.jam.bridge().rights == none);
    CHECK(test::eventually([&] { return mayNow() == none; }));
  });
}

TEST_CASE("What a member has not signed is no bridge's word, however new it is")
{
  alone([] {
    const Venue venue;
    Studio anna{"Anna", true};
    REQUIRE(anna.jam.join(venue.link, {}));
    Eve eve{venue.link};
    const auto forger = room::MemberKeys::draw();
    auto sayAt = time::HostClock::now();
    REQUIRE(test::eventually([&] {
      if (const auto now = time::HostClock::now(); now >= sayAt) {
        eve.say(7, now + 1h, &forger); // believed, it would make the true one old
        eve.say(2, now);
        sayAt = now + 200ms; // no more than is listened to
      }
      return anna.sees("Eve");
    }));
    CHECK(anna.jam.bridge().atWork->sites[0].linkPeers == 3); // with her bridge
  });
}
