// What one block of sound costs, apart from devices.
#include <array>
#include <cmath>
#include <tutti/audio/Meter.hpp>
#include <tutti/audio/Metronome.hpp>
#include <tutti/audio/Resampler.hpp>
#include <tutti/audio/SampleFormat.hpp>
#include <vector>

#include "Bench.hpp"

namespace tutti::bench {
namespace {

using namespace audio;
using namespace time::literals;

constexpr std::size_t kBatches = 5'000;
constexpr std::size_t kCalls = 20;
constexpr std::size_t kFrames = 64;
constexpr auto kRate = SampleRate::fromHertz(48'000);

std::vector<float> tone(std::size_t frames)
{
  std::vector<float> samples(frames);
  for (std::size_t k = 0; k < frames; ++k)
    samples[k] = static_cast<float>(0.5 * std::sin(0.13 * static_cast<double>(k)));
  return samples;
}

/// Stereo blocks at a ratio that moves with each block, as drift does.
std::vector<double> resampled(double nominal)
{
  Resampler resampler{2, nominal};
  const auto sound = tone(Resampler::kLargestBlock);
  std::array<std::vector<float>, 2> played{std::vector<float>(kFrames), std::vector<float>(kFrames)};
  const std::array<std::span<float>, 2> out{played[0], played[1]};
  int block = 0;
  return timed(kBatches, kCalls, [&] {
    const double ratio = nominal * (1.0 + 1e-6 * (++block % 200));
    const auto in = std::span<const float>{sound}.first(resampler.inputNeeded(kFrames, ratio));
    const std::array<std::span<const float>, 2> both{in, in};
    resampler.process(both, out, ratio);
    keep(played);
  });
}

std::vector<double> forEachFrame(std::vector<double> figures)
{
  for (auto& figure : figures) figure /= static_cast<double>(kFrames);
  return figures;
}

void measureResampler(Report& report)
{
  const auto equal = resampled(1.0);
  report.distribution("audio.resampler.block", "64 stereo frames, equal rates with drift, mean of 20", equal);
  report.distribution("audio.resampler.frame", "the same for each stereo frame", forEachFrame(equal));
  report.distribution("audio.resampler.44to48", "64 stereo frames, 44.1 to 48 kHz, mean of 20",
                      resampled(44.1 / 48));
  report.distribution("audio.resampler.96to48", "64 stereo frames, 96 to 48 kHz, mean of 20", resampled(2.0));
}

std::vector<double> metronomeAt(time::Tempo tempo, std::size_t calls)
{
  Metronome metronome;
  const time::BeatGrid grid{{tempo, time::Beats{}, hostTime(0)}, 4_beats, true};
  std::vector<float> block(kFrames);
  std::int64_t played = 0;
  return timed(kBatches * kCalls / calls, calls, [&] {
    metronome.render(block, grid, hostTime(0) + kRate.toMicros(FrameCount{played}), kRate);
    played += static_cast<std::int64_t>(kFrames);
    keep(block);
  });
}

void measureMetronome(Report& report)
{
  report.distribution("audio.metronome.block",
                      "64 frames at 120 bpm, single calls, the clock's reading included",
                      metronomeAt(120_bpm, 1));
  report.distribution("audio.metronome.dense", "64 frames at 999 bpm, where clicks always sound, mean of 20",
                      metronomeAt(999_bpm, kCalls));
}

void measureMeter(Report& report)
{
  Meter meter{kRate};
  const auto sound = tone(kFrames);
  report.distribution("audio.meter", "one channel of 64 frames, mean of 20",
                      timed(kBatches, kCalls, [&] { meter.process(sound); }));
}

void measureFormat(Report& report, const char* name, SampleFormat format)
{
  auto left = tone(kFrames);
  auto right = left;
  const std::array<std::span<const float>, 2> in{left, right};
  const std::array<std::span<float>, 2> out{left, right};
  std::vector<std::byte> bytes(2 * kFrames * bytesPerSample(format));
  report.distribution(name, "64 stereo frames to the wire and back, mean of 20", timed(kBatches, kCalls, [&] {
                        keep(encode(in, bytes, format, ByteOrder::big));
                        keep(decode(bytes, out, format, ByteOrder::big));
                      }));
}

void measureFormats(Report& report)
{
  measureFormat(report, "audio.format.int16", SampleFormat::int16);
  measureFormat(report, "audio.format.int24", SampleFormat::int24);
  measureFormat(report, "audio.format.float32", SampleFormat::float32);
}

const Registered kResampler{"audio.resampler", measureResampler};
const Registered kMetronome{"audio.metronome", measureMetronome};
const Registered kMeter{"audio.meter", measureMeter};
const Registered kFormats{"audio.format", measureFormats};

} // namespace
} // namespace tutti::bench
