#include "Catch.hpp"

#include <array>
#include <vector>

#include <tutti/jam/Desk.hpp>
#include <tutti/jam/Tone.hpp>
#include <tutti/patch/DeviceModules.hpp>

using namespace tutti;
using jam::Desk;
using jam::StripId;

namespace {

constexpr std::size_t kFrames = 64;
constexpr std::size_t kChannels = 4;

/// A device that plays one level into its inputs and lets us hear its outputs.
class Room {
public:
  explicit Room(Desk& desk)
    : desk_{desk}
  {}

  float input = 0.25F;

  /// The loudest sample of an output after everything has settled.
  float hear(std::size_t output = 0)
  {
    float loudest = 0;
    for (int block = 0; block < 400; ++block) {
      desk_.tend();
      play();
      loudest = 0;
      for (const auto sample : outputs_[output]) loudest = std::max(loudest, std::abs(sample));
    }
    return loudest;
  }

private:
  void play()
  {
    std::array<float, kFrames> in{};
    in.fill(input);
    const std::array<std::span<const float>, 2> inputs{in, in};
    std::array<std::span<float>, kChannels> outs;
    for (std::size_t i = 0; i < kChannels; ++i) {
      outputs_[i].fill(0);
      outs[i] = outputs_[i];
    }
    audio::Block block;
    block.inputs = inputs;
    block.outputs = outs;
    block.frames = kFrames;
    block.first = SampleTime{static_cast<std::int64_t>(kFrames) * blocks_++};
    desk_.processor().process(block);
  }

  Desk& desk_;
  std::int64_t blocks_ = 0;
  std::array<std::array<float, kFrames>, kChannels> outputs_{};
};

/// Listens at the end of a wire.
class Ear final : public patch::Module {
public:
  /// Of the last block.
  [[nodiscard]] float loudest() const { return loudest_; }

  [[nodiscard]] std::string_view type() const override { return "ear"; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {{"in", 2}}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return {}; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override
  {
    loudest_ = 0;
    for (const auto sample : rendering.input(0)) loudest_ = std::max(loudest_, std::abs(sample));
  }

private:
  float loudest_ = 0;
};

std::shared_ptr<jam::Tone> tone()
{
  return std::make_shared<jam::Tone>(jam::Tone::Kind::sine, 1000);
}

} // namespace

TEST_CASE("We hear ourselves only while we monitor")
{
  Desk desk;
  Room room{desk};
  CHECK(room.hear() == 0);
  desk.setMonitoring(true);
  CHECK(room.hear() == Approx(0.25).margin(0.001));
  desk.setMonitoring(false);
  CHECK(room.hear() < 1e-4F);
}

TEST_CASE("A player is heard, muted, and gone")
{
  Desk desk;
  Room room{desk};
  const jam::PlayerId ana{"ana"};
  desk.add(ana, "Ana", tone());
  CHECK(room.hear() == Approx(0.25).margin(0.01));
  REQUIRE(desk.strip(StripId::of(ana)) != nullptr);
  desk.strip(StripId::of(ana))->setMuted(patch::MixStrip::Channel::first, true);
  CHECK(room.hear() < 1e-4F);
  CHECK(desk.show(StripId::of(ana)).channels[0].isMuted);
  desk.remove(ana);
  CHECK(desk.strip(StripId::of(ana)) == nullptr);
}

TEST_CASE("A solo silences the other players, not ourselves for the room")
{
  Desk desk;
  Room room{desk};
  desk.setMonitoring(true);
  desk.add({"ana"}, "Ana", tone());
  desk.add({"ben"}, "Ben", std::make_shared<jam::Tone>(jam::Tone::Kind::sine, 1000));
  const auto both = room.hear();
  desk.strip(StripId::of({"ana"}))->setSoloed(patch::MixStrip::Channel::first, true);
  CHECK(room.hear() < both - 0.2F); // without Ben; our own sound is still there
  CHECK(room.hear() > 0.4F);
}

TEST_CASE("Whom a solo silences is told, and one word ends it for all")
{
  using Channel = patch::MixStrip::Channel;
  Desk desk;
  const auto ana = StripId::of({"ana"});
  const auto ben = StripId::of({"ben"});
  desk.add({"ana"}, "Ana", tone());
  desk.add({"ben"}, "Ben", tone());
  const auto isSilenced = [&](const StripId& id) { return desk.show(id).channels[0].isSilenced; };
  CHECK_FALSE(desk.isSoloActive());
  CHECK_FALSE(isSilenced(ben));
  desk.strip(ana)->setSoloed(Channel::first, true);
  CHECK(desk.isSoloActive());
  CHECK(isSilenced(ben));
  CHECK(desk.show(ben).channels[1].isSilenced); // the first channel speaks for both
  CHECK(isSilenced(StripId::metronome()));
  CHECK_FALSE(isSilenced(ana));
  CHECK_FALSE(desk.show(ana).channels[1].isSilenced);
  CHECK_FALSE(isSilenced(StripId::own()));
  CHECK_FALSE(isSilenced(StripId::master()));
  desk.endSolo();
  CHECK_FALSE(desk.isSoloActive());
  CHECK_FALSE(isSilenced(ben));
  CHECK_FALSE(desk.show(ana).channels[0].isSoloed);
}

TEST_CASE("A solo ends with a strip that goes, although it could be undone")
{
  using Channel = patch::MixStrip::Channel;
  Desk desk;
  desk.add({"ana"}, "Ana", tone());
  desk.add({"ben"}, "Ben", tone());
  REQUIRE(desk.tidyUp("Tidy up")); // from now on the history knows the strips
  desk.strip(StripId::of({"ana"}))->setSoloed(Channel::first, true);
  desk.remove({"ana"});
  CHECK_FALSE(desk.isSoloActive());
}

TEST_CASE("More players than there is room for are refused; our own modules keep theirs")
{
  Desk desk;
  std::size_t players = 0;
  for (int i = 0; i < 200; ++i) {
    const jam::PlayerId id{std::to_string(i)};
    if (!desk.add(id, "Ana", tone())) break;
    ++players;
    desk.setDirectOut(id, 2);
    desk.tapPlayer(id, std::make_shared<patch::DeviceOutput>());
  }
  CHECK(players >= 60);
  CHECK(players < 200);
  desk.tapMaster(std::make_shared<patch::DeviceOutput>());
  desk.tapInstrument(std::make_shared<patch::DeviceOutput>());
  desk.setMetronomeOn(true);
}

TEST_CASE("Who comes back under the same name is mixed as before")
{
  Desk desk;
  desk.add({"first"}, "Ana", tone());
  desk.strip(StripId::of({"first"}))->setGain(patch::MixStrip::Channel::first, audio::Decibels::of(-12));
  desk.remove({"first"});
  desk.add({"second"}, "Ana", tone());
  CHECK(desk.show(StripId::of({"second"})).channels[0].gain.value() == Approx(-12));
  desk.add({"third"}, "Ben", tone());
  CHECK(desk.show(StripId::of({"third"})).channels[0].gain.value() == Approx(0));
}

TEST_CASE("A player's own outputs carry the track as it came, whatever the mix")
{
  Desk desk;
  Room room{desk};
  desk.add({"ana"}, "Ana", tone());
  desk.setDirectOut({"ana"}, 2);
  desk.strip(StripId::of({"ana"}))->setMuted(patch::MixStrip::Channel::first, true);
  CHECK(room.hear(0) < 1e-4F);
  CHECK(room.hear(2) == Approx(0.25).margin(0.01));
}

TEST_CASE("The second input alone goes to both ears")
{
  Desk desk;
  Room room{desk};
  desk.setMonitoring(true);
  desk.setInput({.first = 1, .isStereo = false});
  CHECK(room.hear(0) == Approx(0.25).margin(0.001));
  CHECK(room.hear(1) == Approx(0.25).margin(0.001));
  desk.setInput({.first = 5, .isStereo = false}); // the device has no such channel
  CHECK(room.hear(0) < 1e-4F);
}

TEST_CASE("A recorder hears instrument and players before their strips, also when those change")
{
  Desk desk;
  Room room{desk};
  const auto own = std::make_shared<Ear>();
  const auto player = std::make_shared<Ear>();
  desk.add({"ana"}, "Ana", tone());
  desk.tapInstrument(own);
  desk.tapPlayer({"ana"}, player);
  desk.strip(StripId::own())->setMuted(patch::MixStrip::Channel::first, true);
  desk.strip(StripId::of({"ana"}))->setMuted(patch::MixStrip::Channel::first, true);
  room.hear();
  CHECK(own->loudest() == Approx(0.25).margin(0.001));
  CHECK(player->loudest() == Approx(0.25).margin(0.01));
  desk.setInput({.first = 1, .isStereo = false});
  desk.replace({"ana"}, tone());
  room.input = 0.125F;
  room.hear();
  CHECK(own->loudest() == Approx(0.125).margin(0.001));
  CHECK(player->loudest() == Approx(0.25).margin(0.01));
  desk.tapInstrument(nullptr);
  desk.tapPlayer({"ana"}, nullptr);
  desk.remove({"ana"});
  CHECK(room.hear() < 1e-4F);
}
