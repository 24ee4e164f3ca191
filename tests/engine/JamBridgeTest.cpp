// The switch "Bridge Link", with engines and a real host, in a network of its own.
#include "Catch.hpp"
#include "Eventually.hpp"
#include "TemporaryFolder.hpp"
#include "Venue.hpp"

#include <tutti/engine/Engine.hpp>
#include <tutti/engine/Jam.hpp>

#include "HandDriven.hpp"

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

} // namespace

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
