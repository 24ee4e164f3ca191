// Audio streams of the LAN as modules of a running jam, over real sockets in a network of its own.
#include "Catch.hpp"
#include "Eventually.hpp"
#include "TemporaryFolder.hpp"
#include "Venue.hpp"

#include <algorithm>

#include <tutti/engine/Endpoints.hpp>
#include <tutti/engine/Jam.hpp>
#include <tutti/jam/Tone.hpp>

#include "HandDriven.hpp"

using namespace tutti;
using namespace tutti::engine;
using test::alone;
using test::eventually;

namespace {

MakeSource tone()
{
  return [](audio::SampleRate) -> Result<std::shared_ptr<patch::Module>> {
    return std::make_shared<jam::Tone>(jam::Tone::Kind::sine, 440);
  };
}

/// A server with a tone, that takes sound as well.
struct Stage {
  explicit Stage(audio::SampleRate rate = {})
  {
    device.happen(audio::DeviceEvent::Kind::rateChanged,
                  [rate](audio::DeviceStatus& status) { status.rate = rate; });
    EndpointSettings settings;
    settings.name = "Stage";
    settings.deviceOpener = device.opener();
    settings.serving = EndpointSettings::Serving{{{{"Pair", {}}, tone()}}, {{"Monitor", {.channels = 1}}}, 0};
    auto opened = Endpoints::open(std::move(settings));
    REQUIRE(opened);
    endpoints = std::move(*opened);
  }
  test::HandDriven device;
  std::unique_ptr<Endpoints> endpoints;
};

/// In no room, on a device that the test plays.
struct Musician {
  explicit Musician(const std::string& name, std::vector<std::string> servers,
                    std::vector<LanOffer> offers = {})
    : jam{settings(name, std::move(servers), std::move(offers)),
          [] { return time::BeatGrid{{}, time::Beats::fromDouble(4), false}; }}
  {
    REQUIRE(jam.openDevice({}));
  }
  JamSettings settings(const std::string& name, std::vector<std::string> servers,
                       std::vector<LanOffer> offers)
  {
    JamSettings settings;
    settings.name = name;
    settings.stateFolder = folder.path();
    settings.deviceOpener = device.opener();
    settings.lanServers = std::move(servers);
    settings.lanOffers = std::move(offers);
    return settings;
  }

  [[nodiscard]] std::optional<jam::GuestSnapshot> guest(const std::string& name)
  {
    const auto guests = jam.snapshot().guests;
    const auto found = std::ranges::find(guests, name, [](const jam::GuestSnapshot& g) { return g.id.name; });
    return found == guests.end() ? std::nullopt : std::optional{*found};
  }
  [[nodiscard]] bool isHere(const std::string& name)
  {
    const auto known = guest(name);
    return known && known->isHere;
  }
  [[nodiscard]] std::string whyMissing(const std::string& name)
  {
    const auto known = guest(name);
    return known ? known->whyMissing : std::string{};
  }
  void connect(const std::string& from, const std::string& to)
  {
    jam.withDesk([&](jam::Desk& desk) {
      const auto idOf = [&](const std::string& name) {
        const auto& modules = desk.patch().modules();
        const auto place =
          std::ranges::find(modules, name, [](const patch::PatchModule& p) { return p.about.name; });
        REQUIRE(place != modules.end());
        return place->about.id;
      };
      REQUIRE(desk.edit("Connect", [&](patch::Patch& patch) -> Result<void> {
        const auto made = patch.connect({idOf(from), 0}, {idOf(to), 0});
        return made ? Result<void>{} : tl::unexpected{made.error()};
      }));
    });
  }
  /// Whether the master plays something.
  [[nodiscard]] bool isSounding()
  {
    return jam.snapshot().master.channels[0].level.peak > audio::Decibels::of(-20);
  }

  test::TemporaryFolder folder;
  test::HandDriven device;
  Jam jam;
};

} // namespace

TEST_CASE("Streams of a server are modules of a jam, heard by a cable; lost they are ghosts, and return")
{
  alone([] {
    Musician anna{"Anna", {"Stage"}};
    auto stage = std::make_unique<Stage>();
    REQUIRE(eventually([&] { return anna.isHere("Stage Pair") && anna.isHere("Stage Monitor"); }));
    anna.connect("Stage Pair", "Master");
    const auto play = [&] {
      if (stage) stage->device.play();
      anna.device.play();
    };
    REQUIRE(eventually([&] {
      play();
      return anna.isSounding();
    }));
    const auto servers = anna.jam.lan().servers;
    REQUIRE(servers.size() == 1);
    CHECK(servers[0].isConnected);
    CHECK(servers[0].isWanted);
    CHECK(servers[0].problem.empty());
    REQUIRE(servers[0].fromServer.size() == 1);
    CHECK(servers[0].fromServer[0].name == "Pair");
    CHECK(servers[0].toServer[0].format.channels == 1);

    stage.reset();
    REQUIRE(eventually([&] { return anna.whyMissing("Stage Pair") == "no sign of life from Stage"; }));
    CHECK_FALSE(anna.guest("Stage Monitor")); // nobody needed it
    CHECK(anna.jam.lan().servers[0].problem == "no sign of life from Stage");

    stage = std::make_unique<Stage>();
    REQUIRE(eventually([&] { return anna.isHere("Stage Pair"); }));
    CHECK(eventually([&] {
      play();
      return anna.isSounding();
    }));

    anna.jam.disconnectStreams("Stage");
    REQUIRE(eventually([&] { return anna.whyMissing("Stage Pair") == "Stage is not connected"; }));
    anna.jam.connectStreams("Stage");
    CHECK(eventually([&] { return anna.isHere("Stage Pair"); }));
  });
}

TEST_CASE("A server whose rate nobody can follow says so, and is used when it comes back at another")
{
  alone([] {
    Musician anna{"Anna", {"Stage"}};
    anna.device.happen(audio::DeviceEvent::Kind::rateChanged, [](audio::DeviceStatus& status) {
      status.rate = audio::SampleRate::fromHertz(192'000);
    });
    auto slow = std::make_unique<Stage>(audio::SampleRate::fromHertz(8'000));
    REQUIRE(eventually([&] {
      const auto servers = anna.jam.lan().servers;
      return !servers.empty() && servers[0].problem.starts_with("Sound at 8000 Hz cannot be played");
    }));
    slow.reset();
    const Stage stage;
    CHECK(eventually([&] { return anna.isHere("Stage Pair"); }));
    CHECK(anna.jam.lan().servers[0].problem.empty());
  });
}

TEST_CASE("Another rate of the device exchanges the streams, and no cable is lost")
{
  alone([] {
    Stage stage;
    Musician anna{"Anna", {"Stage"}, {{"Mix", 2, jam::StripId::master()}}};
    REQUIRE(eventually([&] { return anna.isHere("Stage Pair") && anna.isHere("Mix"); }));
    anna.connect("Stage Pair", "Master");
    const auto before = anna.jam.patch();
    anna.device.happen(audio::DeviceEvent::Kind::rateChanged, [](audio::DeviceStatus& status) {
      status.rate = audio::SampleRate::fromHertz(96'000);
    });
    CHECK(eventually([&] {
      stage.device.play();
      anna.device.play();
      return anna.isSounding() && anna.isHere("Stage Pair") && anna.isHere("Mix");
    }));
    CHECK(anna.jam.patch().connections == before.connections);
  });
}

TEST_CASE("What we offer is heard in the LAN: what is connected to it")
{
  alone([] {
    Musician anna{"Anna", {}, {{"Mix", 2, jam::StripId::master()}}};
    Musician ben{"Ben", {"Anna"}};
    anna.jam.setInstrument(std::make_shared<jam::Tone>(jam::Tone::Kind::sine, 440));
    anna.jam.withDesk([](jam::Desk& desk) { desk.setMonitoring(true); });
    REQUIRE(eventually([&] { return ben.isHere("Anna Mix"); }));
    ben.connect("Anna Mix", "Master");
    CHECK(eventually([&] {
      anna.device.play();
      ben.device.play();
      return ben.isSounding();
    }));
    CHECK(anna.jam.lan().listeners == std::vector<std::string>{"Ben"});

    REQUIRE(anna.jam.offerStream({"Free", 1}));
    CHECK(anna.jam.offerStream({"Free", 1}).error().kind == ErrorKind::refused);
    CHECK(anna.jam.offerStream({"", 1}).error().kind == ErrorKind::unsupported);
    CHECK(anna.jam.offerStream({"Wide", 9}).error().kind == ErrorKind::unsupported);
    REQUIRE(eventually([&] { return ben.isHere("Anna Free") && ben.isHere("Anna Mix"); }));
    anna.jam.withdrawStream("Mix");
    CHECK(eventually([&] {
      return anna.whyMissing("Mix") == "is not offered any more" && ben.guest("Anna Mix") &&
             !ben.isHere("Anna Mix") && ben.isHere("Anna Free");
    }));
  });
}
