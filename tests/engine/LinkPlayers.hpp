#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include <Catch.hpp>
#include <TemporaryFolder.hpp>
#include <tutti/engine/Engine.hpp>
#include <tutti/engine/Jam.hpp>
#include <tutti/jam/Tone.hpp>

/// Who meets in a Link session: another program, and a musician with a jam.
namespace tutti::test {

/// Another program, with a tone, or with so many: then at a lower rate, since one slow processor may have to
/// make and hear them all.
struct Live {
  explicit Live(const std::string& interface = "lo", int tones = 1)
    : engine{engine::Settings{}, {interface}}
  {
    engine::LinkSoundSettings settings;
    settings.name = "Live";
    settings.device.backend = audio::Backend::paced;
    settings.device.frames = 256;
    if (tones > 1) settings.device.rate = audio::SampleRate::fromHertz(8'000);
    for (int tone = 1; tone <= tones; ++tone)
      settings.published.push_back({tones == 1 ? "Tone" : "Tone " + std::to_string(tone),
                                    [](audio::SampleRate) -> Result<std::shared_ptr<patch::Module>> {
                                      return std::make_shared<jam::Tone>(jam::Tone::Kind::sine, 440);
                                    }});
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
  engine::Engine engine;
  std::unique_ptr<engine::LinkSound> sound;
};

/// In no room, on a steady clock.
struct Musician {
  explicit Musician(engine::ChannelsWish wish, const std::string& name = "Anna",
                    const std::string& interface = "lo")
    : engine{engine::Settings{}, {interface}}
    , jam{settings(std::move(wish), name), [this] { return engine.beatGrid(); }}
  {
    audio::DeviceWish device;
    device.backend = audio::Backend::paced;
    device.frames = 256;
    REQUIRE(jam.openDevice(device));
  }
  engine::JamSettings settings(engine::ChannelsWish wish, const std::string& name)
  {
    engine::JamSettings settings;
    settings.name = name;
    settings.stateFolder = folder.path();
    settings.linkAudioWay = engine.linkAudioWay();
    settings.channels = std::move(wish);
    settings.bridgeOpener = [this](room::Session& session, const bridge::Rights& rights) {
      return engine.openBridge(session, rights);
    };
    return settings;
  }
  [[nodiscard]] std::optional<engine::ChannelSnapshot> channel(const std::string& name)
  {
    const auto channels = jam.channels().channels;
    const auto found = std::ranges::find(channels, name, &engine::ChannelSnapshot::name);
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
  engine::Engine engine;
  engine::Jam jam;
};

} // namespace tutti::test
