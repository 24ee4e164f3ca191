#include <TemporaryFolder.hpp>
#include <thread>
#include <tutti/rt/Priority.hpp>

#include "Bench.hpp"
#include "Callback.hpp"
#include "FullHouse.hpp"

namespace tutti::bench {
namespace {

using namespace std::chrono_literals;
using test::FullHouse;
using time::HostClock;

constexpr std::size_t kPlayers = 16;
constexpr int kWarmUp = 3'000;  // blocks: until every playout has settled
constexpr int kBlocks = 24'000; // half a minute
constexpr audio::SampleRate kRate;
constexpr double kPeriod = 1e9 * FullHouse::kFrames / 48'000; // ns

class Nothing final : public audio::Processor {
public:
  void process(const audio::Block&) noexcept TUTTI_NONBLOCKING override {}
};

/// As much work as the whole graph, and nothing but arithmetic: what it takes longer at times is the
/// machine's.
class Witness final : public audio::Processor {
public:
  void process(const audio::Block&) noexcept TUTTI_NONBLOCKING override
  {
    auto value = value_;
    for (int i = 0; i < rounds; ++i) value = value * 0.999F + 0.5F;
    value_ = value;
  }

  int rounds = 1'000;

private:
  float value_ = 0;
};

/// One device period after the other on a steady clock, as the paced device has them: the whole graph, then
/// an empty callback and the witness, which meet the same machine.
class Device {
public:
  explicit Device(FullHouse& house)
    : house_{house}
  {}

  void play()
  {
    std::thread media{[this] { hear(); }};
    std::thread control{[this] { attend(); }};
    std::thread audio{[this] { run(); }};
    audio.join();
    isOver_ = true;
    media.join();
    control.join();
  }

  std::vector<double> whole;
  std::vector<double> empty;
  std::vector<double> arithmetic;

private:
  static void sleepUntil(HostTime due)
  {
    for (auto now = HostClock::now(); now < due; now = HostClock::now())
      std::this_thread::sleep_for(due - now);
  }

  void run()
  {
    static_cast<void>(rt::becomeUrgent(rt::Urgency::audio));
    whole.reserve(kBlocks);
    empty.reserve(kBlocks);
    arithmetic.reserve(kBlocks);
    audio::Callback callback{house_.processor()};
    Nothing nothing;
    audio::Callback none{nothing};
    Witness witness;
    audio::Callback plain{witness};
    for (int block = 0; block < kWarmUp + kBlocks; ++block) {
      sleepUntil(dueAt(block));
      const auto first = timeOf(callback, dueAt(block));
      const auto second = timeOf(none, dueAt(block));
      const auto third = timeOf(plain, dueAt(block));
      if (block < kWarmUp) {
        witness.rounds +=
          third < first ? 100 : -100; // until one takes as long as the other, more often than not
        continue;
      }
      whole.push_back(first);
      empty.push_back(second);
      arithmetic.push_back(third);
    }
  }

  [[nodiscard]] HostTime dueAt(std::int64_t block) const
  {
    return began_ + kRate.toMicros({block * std::int64_t{FullHouse::kFrames}});
  }

  double timeOf(audio::Callback& callback, HostTime due)
  {
    const std::array<const float*, 2> inputs{in_.data(), in_.data()};
    const std::array<float*, 2> outputs{out_[0].data(), out_[1].data()};
    const auto begin = nanos();
    callback.run({.inputs = inputs,
                  .outputs = outputs,
                  .frames = FullHouse::kFrames,
                  .rate = kRate,
                  .skipped = 0,
                  .began = due,
                  .entered = HostClock::now()});
    return static_cast<double>(nanos() - begin);
  }

  void hear()
  {
    static_cast<void>(rt::becomeUrgent(rt::Urgency::media));
    for (std::int64_t block = 0; !isOver_; ++block) {
      sleepUntil(dueAt(block) + 300us); // somewhere within the period
      house_.hear(block, HostClock::now());
    }
  }

  void attend()
  {
    for (; !isOver_; std::this_thread::sleep_for(50ms)) house_.attend();
  }

  FullHouse& house_;
  const HostTime began_ = HostClock::now() + 10ms;
  std::atomic<bool> isOver_ = false;
  std::array<float, FullHouse::kFrames> in_{};
  std::array<std::array<float, FullHouse::kFrames>, 2> out_{};
};

void measure(Report& report)
{
  const test::TemporaryFolder folder;
  FullHouse house{kPlayers, stream::Codec::pcm16, folder / "take"};
  Device device{house};
  device.play();
  report.distribution(
    "jam.callback",
    "a block of 64 frames of a jam: 16 players far away, own strip to the room, click, everybody recorded",
    device.whole);
  for (auto* figures : {&device.whole, &device.empty, &device.arithmetic})
    for (auto& figure : *figures) figure *= 100 / kPeriod;
  report.distribution("jam.callback.share", "the same as a share of the period", device.whole, "%");
  report.distribution("jam.callback.empty", "an empty callback after each of them, as a share of the period",
                      device.empty, "%");
  report.distribution("jam.callback.witness", "plain arithmetic that takes as long as a block at the median",
                      device.arithmetic, "%");
  report.value("jam.callback.share.p9999", "what one in ten thousand takes", "%",
               quantile(device.whole, 0.9999));
  report.value("jam.callback.empty.p9999", "and of the empty one", "%", quantile(device.empty, 0.9999));
  report.value("jam.callback.witness.p9999", "and of the arithmetic", "%",
               quantile(device.arithmetic, 0.9999));
}

const Registered kJam{"jam.callback", measure};

} // namespace
} // namespace tutti::bench
