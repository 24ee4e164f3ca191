// Channels of a Link session as modules of a running jam, over real sockets in a network of its own.
#include "Catch.hpp"
#include "Eventually.hpp"
#include "Venue.hpp"

#include "LinkPlayers.hpp"

using namespace tutti;
using namespace tutti::engine;
using test::alone;
using test::eventually;
using test::Live;
using test::Musician;

TEST_CASE("A channel of the session is heard in a jam; lost it is a ghost, and returns by its name")
{
  alone([] {
    Musician anna{{.isOn = true}};
    auto live = std::make_unique<Live>();
    REQUIRE(eventually([&] { return anna.isThere("Tone"); }));
    CHECK(anna.channel("Tone")->guest.empty());
    anna.jam.listenTo(*anna.channel("Tone")->id);
    CHECK(eventually([&] { return anna.isSounding(); }));
    REQUIRE(eventually([&] {
      const auto known = anna.channel("Tone");
      return known && known->sound.isSounding;
    }));
    const auto heard = *anna.channel("Tone");
    CHECK(heard.guest == "Live / Tone");
    CHECK(heard.sound.rate == audio::SampleRate::fromHertz(48'000));
    CHECK(std::abs(heard.sound.lag - 1) < 0.1);

    live.reset();
    REQUIRE(eventually([&] { return anna.whyMissing("Live / Tone") == "Live is not in the Link session"; }));
    CHECK(eventually([&] {
      const auto known = anna.channel("Tone");
      return known && known->problem == "Live is not in the Link session";
    }));
    live = std::make_unique<Live>();
    CHECK(eventually([&] { return anna.whyMissing("Live / Tone") == "is here" && anna.isSounding(); }));

    anna.jam.setLinkAudio(false);
    REQUIRE(eventually([&] { return anna.whyMissing("Live / Tone") == "Link Audio is off here"; }));
    anna.jam.setLinkAudio(true);
    REQUIRE(eventually([&] { return anna.whyMissing("Live / Tone") == "is here"; }));
    anna.jam.stopListening("Live / Tone");
    CHECK(eventually([&] { return anna.whyMissing("Live / Tone") == "is not in the patch"; }));
  });
}

TEST_CASE("The mix is published by one click, heard by others, and taken back")
{
  alone([] {
    Musician anna{{.isOn = true}};
    anna.jam.setInstrument(std::make_shared<jam::Tone>(jam::Tone::Kind::sine, 440));
    anna.jam.withDesk([](jam::Desk& desk) { desk.setMonitoring(true); });
    const Live live;
    anna.jam.publishEverybody(true);
    CHECK(eventually([&] { return live.hearsAnna(); }));
    REQUIRE(anna.jam.channels().ours.size() == 1);
    CHECK(anna.jam.channels().ours[0].offer.name == "Mix");
    CHECK(eventually([&] { return anna.jam.channels().ours[0].isHeard; }));
    CHECK(anna.jam.publishChannel({"Mix"}).error().kind == ErrorKind::refused);
    CHECK(anna.jam.publishChannel({""}).error().kind == ErrorKind::unsupported);
    anna.jam.withdrawChannel("Mix");
    CHECK(eventually([&] {
      return anna.jam.channels().ours.empty() && anna.whyMissing("Mix") == "is not in the patch" &&
             live.sound->snapshot().channels.empty();
    }));
  });
}

TEST_CASE("Off, as it is at first, nobody sees anything")
{
  alone([] {
    Musician anna{{.offers = {{"Mix", ChannelOffer::Hears::mix}}}};
    const Live live;
    CHECK_FALSE(
      eventually([&] { return !live.sound->snapshot().channels.empty(); }, std::chrono::seconds{1}));
    CHECK_FALSE(anna.jam.channels().isOn);
    CHECK(anna.jam.channels().channels.empty());
  });
}
