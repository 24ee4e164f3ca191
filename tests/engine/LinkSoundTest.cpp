// Sound devices in a Link session: two engines in a network of their own, on steady clocks.
#include <Alone.hpp>
#include <Catch.hpp>
#include <Eventually.hpp>
#include <TemporaryFolder.hpp>
#include <filesystem>
#include <thread>

#include <tutti/engine/Engine.hpp>
#include <tutti/jam/Tone.hpp>
#include <tutti/patch/MetronomeModule.hpp>

using namespace tutti;
using namespace tutti::engine;
using tutti::test::eventually;

namespace {

/// On a machine that nobody else is on; nothing where the system does not allow that.
template <class Story> void inOwnNetwork(Story story)
{
  std::thread visitor{[&] {
    if (test::isAlone()) story();
  }};
  visitor.join();
}

LinkSoundSettings onSteadyClock(const std::string& name)
{
  LinkSoundSettings settings;
  settings.name = name;
  settings.device.backend = audio::Backend::paced;
  settings.device.frames = 256;
  return settings;
}

LinkSoundSettings player()
{
  auto settings = onSteadyClock("Ana");
  const auto tone = [](audio::SampleRate) -> Result<std::shared_ptr<patch::Module>> {
    return std::make_shared<jam::Tone>(jam::Tone::Kind::sine, 440);
  };
  settings.published = {{"Tone", tone}, {"Other", tone}};
  return settings;
}

LinkSoundSettings listener(linkaudio::Placement placement)
{
  auto settings = onSteadyClock("Ben");
  settings.wanted = {{"Ana", "Tone"}};
  settings.placement = placement;
  return settings;
}

bool isSounding(const LinkSoundSnapshot& snapshot)
{
  return snapshot.heard.size() == 1 && snapshot.heard[0].sound.isSounding && snapshot.heard[0].isListed;
}

struct Two {
  Engine ana{Settings{}, {"lo"}};
  Engine ben{Settings{}, {"lo"}};
};

} // namespace

TEST_CASE("A channel that is wanted by its names is heard, on the beat, and written")
{
  inOwnNetwork([] {
    const test::TemporaryFolder folder;
    Two two;
    const auto plays = two.ana.openLinkSound(player());
    REQUIRE(plays);
    auto settings = listener(linkaudio::Placement::inBeats(2));
    settings.recording.mix = folder / "heard.wav";
    const auto hears = two.ben.openLinkSound(settings);
    REQUIRE(hears);
    CHECK(eventually([&] { return isSounding((*hears)->snapshot()); }));
    CHECK(eventually([&] { return std::abs((*hears)->snapshot().heard[0].sound.lag - 2) < 0.001; }));
    const auto snapshot = (*hears)->snapshot();
    CHECK(snapshot.peers == 1);
    CHECK(snapshot.channels.size() == 2);
    REQUIRE(snapshot.recorded);
    CHECK(snapshot.recorded->frame >= 0);
    CHECK(std::filesystem::exists(folder / "heard.wav"));
    CHECK(eventually([&] {
      const auto published = (*plays)->snapshot().published;
      return published.size() == 2 && published[0].isHeard && !published[1].isHeard;
    }));
  });
}

TEST_CASE("Somebody who comes back with the same names is heard again")
{
  inOwnNetwork([] {
    Two two;
    auto plays = two.ana.openLinkSound(player());
    const auto hears = two.ben.openLinkSound(listener(linkaudio::Placement::live()));
    REQUIRE((plays && hears));
    REQUIRE(eventually([&] { return isSounding((*hears)->snapshot()); }));
    const auto before = (*hears)->snapshot().heard[0].channel.id;
    plays->reset();
    CHECK(eventually([&] { return (*hears)->snapshot().channels.empty(); }));
    plays = two.ana.openLinkSound(player());
    CHECK(eventually([&] { return isSounding((*hears)->snapshot()); }));
    CHECK((*hears)->snapshot().heard[0].channel.id != before);
  });
}

TEST_CASE("What there is to hear is told whenever it changes, and how the beats lie")
{
  inOwnNetwork([] {
    Two two;
    const auto looks = two.ben.openLinkSound(onSteadyClock("Ben"));
    REQUIRE(looks);
    std::size_t lists = 0;
    std::size_t beats = 0;
    const auto count = [&] {
      for (const auto& event : (*looks)->takeEvents()) {
        if (event.kind == LinkSoundEvent::Kind::channels) lists = event.channels.size();
        if (event.kind == LinkSoundEvent::Kind::beats) ++beats;
      }
    };
    auto plays = two.ana.openLinkSound(player());
    CHECK(eventually([&] {
      count();
      return lists == 2;
    }));
    const auto before = beats;
    two.ana.setTempo(time::Tempo::fromBpm(99));
    CHECK(eventually([&] {
      count();
      return beats > before && std::abs((*looks)->snapshot().grid.timeline.tempo.bpm() - 99) < 0.01;
    }));
    plays->reset();
    CHECK(eventually([&] {
      count();
      return lists == 0;
    }));
  });
}

TEST_CASE("A file that cannot be had, or written, is said in a sentence")
{
  inOwnNetwork([] {
    Engine engine{Settings{}, {"lo"}};
    auto settings = onSteadyClock("Ana");
    settings.published = {{"Take", [](audio::SampleRate) -> Result<std::shared_ptr<patch::Module>> {
                             return failure(ErrorKind::unavailable, "There is no such take.");
                           }}};
    const auto noFile = engine.openLinkSound(settings);
    REQUIRE_FALSE(noFile);
    CHECK(noFile.error().detail == "There is no such take.");
    auto recording = listener({});
    recording.recording.mix = "/nowhere/heard.wav";
    CHECK_FALSE(engine.openLinkSound(recording).has_value());
    CHECK(engine.openLinkSound(player()).has_value()); // and nothing is left of them
  });
}
