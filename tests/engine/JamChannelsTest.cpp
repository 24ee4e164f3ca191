// Channels of a Link session as modules of a running jam, over real sockets in a network of its own.
#include "Catch.hpp"
#include "Eventually.hpp"
#include "TemporaryFolder.hpp"
#include "Venue.hpp"

#include <algorithm>

#include <tutti/engine/Engine.hpp>
#include <tutti/engine/Jam.hpp>
#include <tutti/jam/Tone.hpp>

#include "HandDriven.hpp"

using namespace tutti;
using namespace tutti::engine;
using test::alone;
using test::eventually;

namespace {

/// Another program, with a tone.
struct Live {
  Live()
  {
    LinkSoundSettings settings;
    settings.name = "Live";
    settings.device.backend = audio::Backend::paced;
    settings.device.frames = 256;
    settings.published = {{"Tone", [](audio::SampleRate) -> Result<std::shared_ptr<patch::Module>> {
                             return std::make_shared<jam::Tone>(jam::Tone::Kind::sine, 440);
                           }}};
    settings.wanted = {{"Anna", "*"}};
    auto opened = engine.openLinkSound(std::move(settings));
    REQUIRE(opened);
    sound = std::move(*opened);
  }
  [[nodiscard]] bool hearsAnna() const
  {
    const auto heard = sound->snapshot().heard;
    return heard.size() == 1 && heard[0].sound.isSounding && heard[0].sound.peak > 0.1F;
  }
  Engine engine{Settings{}, {"lo"}};
  std::unique_ptr<LinkSound> sound;
};

/// In no room, on a steady clock.
struct Musician {
  explicit Musician(ChannelsWish wish)
    : jam{settings(std::move(wish)), [this] { return engine.beatGrid(); }}
  {
    audio::DeviceWish device;
    device.backend = audio::Backend::paced;
    device.frames = 256;
    REQUIRE(jam.openDevice(device));
  }
  JamSettings settings(ChannelsWish wish)
  {
    JamSettings settings;
    settings.name = "Anna";
    settings.stateFolder = folder.path();
    settings.linkAudioWay = engine.linkAudioWay();
    settings.channels = std::move(wish);
    return settings;
  }
  [[nodiscard]] std::optional<ChannelSnapshot> channel(const std::string& name)
  {
    const auto channels = jam.channels().channels;
    const auto found = std::ranges::find(channels, name, &ChannelSnapshot::name);
    return found == channels.end() ? std::nullopt : std::optional{*found};
  }
  [[nodiscard]] bool isThere(const std::string& name)
  {
    const auto known = channel(name);
    return known && known->id;
  }
  [[nodiscard]] std::string whyMissing(const std::string& guest)
  {
    for (const auto& known : jam.snapshot().guests)
      if (known.id.name == guest) return known.isHere ? "is here" : known.whyMissing;
    return "is not in the patch";
  }
  [[nodiscard]] bool isSounding()
  {
    return jam.snapshot().master.channels[0].level.peak > audio::Decibels::of(-20);
  }

  test::TemporaryFolder folder;
  Engine engine{Settings{}, {"lo"}};
  Jam jam;
};

} // namespace

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
