// A jam as window and command line use it: with others in a room of a real host, on devices that a test
// drives.
#include "Catch.hpp"
#include "Eventually.hpp"
#include "TemporaryFolder.hpp"
#include "Venue.hpp"

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>

#include <tutti/jam/Tone.hpp>

#include "HandDriven.hpp"

using namespace tutti;
using engine::Jam;
using jam::RoomState;
using Kind = audio::DeviceEvent::Kind;
using test::alone;
using test::Venue;

namespace {

constexpr const char* kPassword = "amber-fiddle-canoe-lemon-tide";

struct Musician {
  explicit Musician(const std::string& name)
    : jam{settingsOf(name), [] { return time::BeatGrid{}; }}
  {}

  engine::JamSettings settingsOf(const std::string& name)
  {
    engine::JamSettings settings;
    settings.name = name;
    settings.instrument = "bass";
    settings.stateFolder = folder.path();
    settings.deviceOpener = device.opener();
    return settings;
  }

  /// With a device and a tone to play.
  void join(const std::string& link)
  {
    tuneUp();
    REQUIRE(jam.join(link, {}));
  }
  void tuneUp()
  {
    REQUIRE(jam.openDevice({}));
    jam.setInstrument(std::make_shared<jam::Tone>(jam::Tone::Kind::sine, 440.0));
  }

  [[nodiscard]] RoomState state() { return jam.snapshot().room.state; }
  [[nodiscard]] bool isWith(const std::string& name)
  {
    const auto shown = jam.snapshot();
    return shown.players.size() == 1 && shown.players[0].name == name;
  }
  /// What reaches our ears of the only other one.
  [[nodiscard]] bool hears()
  {
    const auto shown = jam.snapshot();
    return shown.players.size() == 1 && shown.players[0].isHeard &&
           shown.players[0].strip.channels[0].level.peak.value() > -30;
  }

  test::TemporaryFolder folder;
  test::HandDriven device;
  Jam jam;
};

/// Two in a room.
struct Duo {
  Duo()
  {
    anna.join(venue.link);
    ben.join(venue.link);
  }
  Venue venue;
  Musician anna{"Anna"};
  Musician ben{"Ben"};
};

bool playUntil(Musician& one, Musician& other, const std::function<bool()>& isSo)
{
  return test::eventually([&] {
    one.device.play();
    other.device.play();
    return isSo();
  });
}

} // namespace

TEST_CASE("Two jams in a room see and hear each other, and part")
{
  alone([] {
    const Venue venue;
    Musician anna{"Anna"};
    Musician ben{"Ben"};
    CHECK(anna.state() == RoomState::none);
    anna.join(venue.link);
    ben.join(venue.link);
    // Sound may come in before the own checks have found a way back.
    REQUIRE(playUntil(anna, ben,
                      [&] { return anna.hears() && ben.hears() && ben.jam.snapshot().players[0].path; }));
    const auto shown = ben.jam.snapshot();
    CHECK(shown.room.state == RoomState::joined);
    CHECK(shown.room.name == "Jazz");
    CHECK(shown.room.invitation == venue.link);
    CHECK_FALSE(shown.room.isHostedHere);
    CHECK(shown.own.name == "Ben");
    CHECK(shown.players[0].name == "Anna");
    CHECK(shown.players[0].instrument == "bass");
    CHECK(shown.device.status.name == "the test's device");
    CHECK(shown.device.problem.empty());
    REQUIRE(anna.jam.say("in G"));
    CHECK(test::eventually([&] { return ben.jam.snapshot().room.chat.size() == 1; }));
    CHECK(ben.jam.snapshot().room.chat[0].name == "Anna");
    CHECK_FALSE(ben.jam.snapshot().room.chat[0].isOurs);
    anna.jam.leaveSoon();
    CHECK(test::eventually([&] { return anna.state() == RoomState::none; }));
    CHECK(test::eventually([&] { return ben.jam.snapshot().players.empty(); }));
    CHECK(ben.state() == RoomState::joined);
  });
}

TEST_CASE("A room with a password asks for it, and for another one")
{
  alone([] {
    const Venue venue{kPassword};
    Musician anna{"Anna"};
    for (const auto& wrong :
         {std::optional<std::string>{}, std::optional<std::string>{"not that one at all"}}) {
      const auto joined = anna.jam.join(venue.link, wrong);
      REQUIRE_FALSE(joined);
      CHECK(joined.error().kind == ErrorKind::unauthorized);
      const auto shown = anna.jam.snapshot();
      CHECK(shown.room.state == RoomState::none);
      CHECK(shown.room.asksPassword);
      CHECK(shown.room.problem == joined.error().detail);
    }
    REQUIRE(anna.jam.join(venue.link, kPassword));
    CHECK(anna.state() == RoomState::joined);
    CHECK_FALSE(anna.jam.snapshot().room.asksPassword);
    CHECK(anna.jam.snapshot().room.problem.empty());
  });
}

TEST_CASE("Who changes their mind while a server takes its time is out at once, and may go elsewhere")
{
  alone([] {
    asio::io_context context;
    asio::ip::tcp::acceptor silent{context, {asio::ip::address_v4::loopback(), 0}};
    const auto link = "tutti://127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/Jazz#v1..";
    Musician anna{"Anna"};
    anna.jam.joinSoon(link, {});
    REQUIRE(test::eventually([&] { return anna.state() == RoomState::joining; }));
    anna.jam.leaveSoon();
    CHECK(anna.state() == RoomState::none);
    REQUIRE(anna.jam.host({"Jazz", {}, false}));
    CHECK(anna.state() == RoomState::joined);
    CHECK(anna.jam.snapshot().room.problem.empty());
  });
}

TEST_CASE("What is no room is told as such, and asks for no password")
{
  alone([] {
    Musician anna{"Anna"};
    for (const std::string link : {"hello password", "tutti://127.0.0.1:9/Jazz#v1.."}) {
      CAPTURE(link);
      CHECK_FALSE(anna.jam.join(link, {}));
      CHECK(anna.state() == RoomState::none);
      CHECK_FALSE(anna.jam.snapshot().room.problem.empty());
      CHECK_FALSE(anna.jam.snapshot().room.asksPassword);
    }
    CHECK_FALSE(anna.jam.say("hello?"));
    CHECK_FALSE(anna.jam.setLocked(true));
  });
}

TEST_CASE("A lost device is waited for, and told to who may ask back")
{
  Musician anna{"Anna"};
  std::atomic<bool> isTold = false;
  anna.jam.onChange([&] {
    if (!anna.jam.snapshot().device.problem.empty()) isTold = true;
  });
  REQUIRE(anna.jam.openDevice({}));
  anna.device.happen(Kind::lost, [](auto& status) { status.isRunning = false; });
  CHECK(test::eventually([&] { return isTold.load(); }));
  const auto shown = anna.jam.snapshot().device;
  CHECK(shown.problem.find("the test's device is gone") != std::string::npos);
  CHECK_FALSE(shown.status.isRunning);
  anna.device.happen(Kind::returned, [](auto& status) { status.isRunning = true; });
  CHECK(test::eventually([&] { return anna.jam.snapshot().device.problem.empty(); }));
  anna.jam.onChange({});
}

TEST_CASE("A device that comes back with another rate and other blocks is heard again")
{
  alone([] {
    Duo duo;
    auto& [venue, anna, ben] = duo;
    REQUIRE(playUntil(anna, ben, [&] { return anna.hears() && ben.hears(); }));
    const auto change = [](auto& status) {
      status.rate = audio::SampleRate::fromHertz(44'100);
      status.frames = 128;
    };
    anna.device.happen(Kind::rateChanged, change);
    REQUIRE(test::eventually([&] { return anna.jam.snapshot().device.status.rate.hertz() == 44'100; }));
    REQUIRE(test::eventually([&] { return !ben.hears() && !anna.hears(); })); // what was on its way is over
    CHECK(playUntil(anna, ben, [&] { return anna.hears() && ben.hears(); }));
  });
}

TEST_CASE("A device that cannot be opened says why, and the next one is taken")
{
  Musician anna{"Anna"};
  anna.device.breakDown(true);
  CHECK_FALSE(anna.jam.openDevice({}));
  CHECK(anna.jam.snapshot().device.problem == "There is no such device.");
  CHECK_FALSE(anna.jam.record({.folder = anna.folder / "take", .mix = {}}));
  anna.device.breakDown(false);
  audio::DeviceWish wish;
  wish.device = "other";
  anna.jam.openDeviceSoon(wish);
  CHECK(test::eventually([&] { return anna.jam.snapshot().device.problem.empty(); }));
  CHECK(anna.jam.snapshot().device.wish == wish);
  REQUIRE(anna.jam.record({.folder = anna.folder / "take", .mix = {}}));
  CHECK(test::eventually([&] {
    anna.device.play();
    return anna.jam.snapshot().recorded > Micros{0};
  }));
  anna.jam.stopRecording();
  CHECK_FALSE(anna.jam.snapshot().recordingTo);
}

TEST_CASE("How a player was mixed is remembered until they come back")
{
  alone([] {
    const Venue venue;
    Musician anna{"Anna"};
    anna.join(venue.link);
    const auto idOfBen = [&] { return jam::StripId::of(anna.jam.snapshot().players[0].id); };
    {
      Musician ben{"Ben"};
      ben.join(venue.link);
      REQUIRE(test::eventually([&] { return anna.isWith("Ben"); }));
      const auto strip = idOfBen();
      anna.jam.withDesk([&](jam::Desk& desk) {
        desk.strip(strip)->setGain(patch::MixStrip::Channel::first, audio::Decibels::of(-12));
      });
    }
    REQUIRE(test::eventually([&] { return anna.jam.snapshot().players.empty(); }));
    Musician ben{"Ben"};
    ben.join(venue.link);
    REQUIRE(test::eventually([&] { return anna.isWith("Ben"); }));
    CHECK(anna.jam.snapshot().players[0].strip.channels[0].gain == audio::Decibels::of(-12));
  });
}

TEST_CASE("Who is muted to the room is silent there, but for the talkback key")
{
  alone([] {
    Duo duo;
    auto& [venue, anna, ben] = duo;
    const auto level = [&] { return ben.jam.snapshot().players.at(0).strip.channels[0].level.peak.value(); };
    REQUIRE(playUntil(anna, ben, [&] { return ben.hears(); }));
    anna.jam.setMutedToRoom(true);
    CHECK(anna.jam.snapshot().own.isMutedToRoom);
    CHECK(playUntil(anna, ben, [&] { return level() < -60; }));
    anna.jam.setTalking(true);
    CHECK(playUntil(anna, ben, [&] { return level() > -30; }));
  });
}

TEST_CASE("Who hosts decides, and who is sent away is told")
{
  alone([] {
    Musician anna{"Anna"};
    Musician ben{"Ben"};
    anna.tuneUp();
    REQUIRE(anna.jam.host({"Jazz", {}, false}));
    const auto room = anna.jam.snapshot().room;
    CHECK(room.isHostedHere);
    CHECK(room.areWeHost);
    ben.join(room.invitation);
    CHECK_FALSE(ben.jam.setLocked(true));
    REQUIRE(test::eventually([&] { return anna.isWith("Ben"); }));
    REQUIRE(anna.jam.setLocked(true));
    CHECK(test::eventually([&] { return ben.jam.snapshot().room.isLocked; }));
    REQUIRE(anna.jam.order(Jam::Order::kick, anna.jam.snapshot().players[0].id));
    CHECK(test::eventually([&] { return ben.state() == RoomState::none; }));
    CHECK(ben.jam.snapshot().room.problem.find("asked you to leave") != std::string::npos);
    CHECK(test::eventually([&] { return anna.jam.snapshot().players.empty(); }));
  });
}
