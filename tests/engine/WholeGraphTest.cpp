// The whole graph of a jam with its threads, for the sanitizers: RTSan judges the callback, TSan all three.
#include "Catch.hpp"
#include "TemporaryFolder.hpp"

#include <thread>

#include "FullHouse.hpp"

using namespace tutti;
using test::FullHouse;

namespace {

constexpr std::int64_t kBlocks = 400;
constexpr std::size_t kPlayers = 16;

/// A device and a network that go hand in hand, as fast as the machine likes.
class Evening {
public:
  explicit Evening(FullHouse& house)
    : house_{house}
  {}

  void play()
  {
    std::thread media{[this] { hearAll(); }};
    std::thread audio{[this] { playAll(); }};
    for (int turn = 0; played_ < kBlocks; ++turn) {
      house_.attend();
      turnKnobs(turn);
    }
    media.join();
    audio.join();
  }

  [[nodiscard]] float loudest() const { return loudest_; }

private:
  static constexpr std::int64_t kAhead = 8; // blocks that one may be before the other

  void hearAll()
  {
    for (std::int64_t block = 0; block < kBlocks; ++block) {
      while (block > played_ + kAhead) std::this_thread::yield();
      house_.hear(block, momentOf(block));
      heard_ = block + 1;
    }
  }

  void playAll()
  {
    for (std::int64_t block = 0; block < kBlocks; ++block) {
      while (block > heard_ + kAhead) std::this_thread::yield();
      process(block);
      played_ = block + 1;
    }
  }

  void process(std::int64_t number) noexcept TUTTI_NONBLOCKING
  {
    for (auto& channel : out_) channel.fill(0);
    const std::array<std::span<const float>, 2> ins{in_[0], in_[1]};
    const std::array<std::span<float>, 2> outs{out_[0], out_[1]};
    house_.processor().process({.inputs = ins,
                                .outputs = outs,
                                .frames = FullHouse::kFrames,
                                .rate = {},
                                .first = SampleTime{number * std::int64_t{FullHouse::kFrames}},
                                .captured = momentOf(number),
                                .audible = momentOf(number)});
    for (const auto sample : out_[0]) loudest_ = std::max(loudest_, sample);
  }

  HostTime momentOf(std::int64_t block) const noexcept TUTTI_NONBLOCKING
  {
    return began_ + Micros{block * 4000 / 3};
  }

  void turnKnobs(int turn)
  {
    const auto& slots = house_.slots();
    const auto slot = slots[static_cast<std::size_t>(turn) % slots.size()];
    auto* const strip = house_.desk().strip(jam::StripId::of(FullHouse::idOf(slot)));
    strip->setGain(patch::MixStrip::Channel::first, audio::Decibels::of(turn % 2 == 0 ? -3 : 0));
    house_.desk().setMonitoring(turn % 8 < 4); // a new plan each time
    static_cast<void>(house_.desk().show(jam::StripId::master()));
  }

  FullHouse& house_;
  const HostTime began_ = time::HostClock::now();
  std::array<std::array<float, FullHouse::kFrames>, 2> in_{};
  std::array<std::array<float, FullHouse::kFrames>, 2> out_{};
  float loudest_ = 0; // audio
  std::atomic<std::int64_t> heard_{0};
  std::atomic<std::int64_t> played_{0};
};

void spend(stream::Codec codec)
{
  const test::TemporaryFolder folder;
  FullHouse house{kPlayers, codec, folder / "take"};
  Evening evening{house};
  evening.play();
  CHECK(house.begun() == kPlayers);
  CHECK(evening.loudest() > 0.01F);
  CHECK(house.packetsSent() > 0);
  CHECK(house.recorded() > Micros{0});
}

} // namespace

TEST_CASE("Sixteen players, a metronome and a recording in one callback")
{
  spend(stream::Codec::pcm16);
}

TEST_CASE("The same over thin lines")
{
  spend(stream::Codec::opus);
}
