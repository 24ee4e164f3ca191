#include <tutti/time/AudioClock.hpp>
#include <tutti/time/BeatGrid.hpp>

#include "Bench.hpp"

namespace tutti::bench {
namespace {

using namespace time::literals;

constexpr std::size_t kBatches = 20'000;
constexpr std::size_t kCalls = 100;

void measurePhase(Report& report)
{
  const time::BeatGrid grid{{123.456_bpm, 7.25_beats, hostTime(-987'654)}, 4_beats, true};
  std::int64_t at = 0;
  report.distribution("time.phase", "BeatGrid::phaseAt, mean of 100",
                      timed(kBatches, kCalls, [&] { keep(grid.phaseAt(hostTime(at += 1'333))); }));
}

void measureTimeAtBeat(Report& report)
{
  const time::BeatGrid grid{{123.456_bpm, 7.25_beats, hostTime(-987'654)}, 4_beats, true};
  std::int64_t beat = 0;
  report.distribution("time.timeatbeat", "BeatGrid::timeAt, mean of 100", timed(kBatches, kCalls, [&] {
                        keep(grid.timeAt(time::Beats::fromMicroBeats(beat += 12'345)));
                      }));
}

void measureAudioClock(Report& report)
{
  time::AudioClock clock;
  std::int64_t block = 0;
  report.distribution("time.audioclock", "AudioClock::blockAt with jitter, mean of 100",
                      timed(kBatches, kCalls, [&] {
                        ++block;
                        const auto jitter = block * 7919 % 100;
                        keep(clock.blockAt({64 * block}, hostTime(64 * block * 125 / 6 + jitter)));
                      }));
}

const Registered kPhase{"time.phase", measurePhase};
const Registered kTimeAtBeat{"time.timeatbeat", measureTimeAtBeat};
const Registered kAudioClock{"time.audioclock", measureAudioClock};

} // namespace
} // namespace tutti::bench
