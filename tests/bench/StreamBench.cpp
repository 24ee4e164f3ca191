// What playout costs and how well it does: delay, late frames and clicks over the intent, under eight kinds
// of traffic. Pictures in build/plots/stream-*.svg.
#include <SineFit.hpp>
#include <StreamSimulation.hpp>
#include <array>
#include <cmath>
#include <fmt/format.h>

#include "Bench.hpp"
#include "Plot.hpp"
#include "Prediction.hpp"

namespace tutti::bench {
namespace {

using test::StreamSimulation;
using test::Traffic;

constexpr double kHertz = 440;
constexpr double kAmplitude = 0.5;
constexpr double kSettled = 20; // s
constexpr double kUntil = 140;  // s

/// Counts places where a sine has a corner that a sine cannot have.
class ClickEar {
public:
  void hear(std::int64_t frame, float sample)
  {
    const auto now = static_cast<double>(sample);
    const double corner = std::abs(now - 2 * last_ + beforeLast_);
    beforeLast_ = last_;
    last_ = now;
    if (corner < kAudible * kAmplitude * std::pow(test::radians(kHertz / 48'000), 2)) return;
    if (frame - lastClick_ > kApart && frame > static_cast<std::int64_t>(kSettled * 48'000)) ++clicks;
    lastClick_ = frame;
  }

  int clicks = 0;

private:
  static constexpr double kAudible = 4;       // times the sine's own
  static constexpr std::int64_t kApart = 480; // frames; nearer ones are one to the ear

  double last_ = 0;
  double beforeLast_ = 0;
  std::int64_t lastClick_ = -kApart;
};

struct Outcome {
  double delay = 0;           // ms beyond the usual arrival, mean
  double latePerMille = 0;    // frames
  double clicksPerMinute = 0; // corners that are heard
};

Outcome play(const Traffic& traffic, double intent)
{
  ClickEar ear;
  StreamSimulation simulation{{.senderPpm = 50, .wakeJitter = 20},
                              traffic,
                              [](std::int64_t frame) {
                                const double cycles =
                                  std::fmod(kHertz / 48'000 * static_cast<double>(frame), 1.0);
                                return static_cast<float>(kAmplitude * std::sin(test::radians(cycles)));
                              },
                              [&](std::int64_t frame, float sample) { ear.hear(frame, sample); }};
  simulation.playout.setIntent(stream::Intent::of(intent));
  simulation.runUntil(kSettled);
  const auto before = simulation.playout.statistics();
  double sum = 0;
  int seconds = 0;
  for (double second = kSettled; second < kUntil; ++second, ++seconds) {
    simulation.runUntil(second);
    const auto now = simulation.playout.statistics();
    sum += static_cast<double>((now.playout + now.resampler).count()) * 1e-3;
  }
  const auto after = simulation.playout.statistics();
  return {sum / seconds,
          1e3 * static_cast<double>(after.late - before.late) /
            static_cast<double>(after.played - before.played),
          ear.clicks * 60.0 / (kUntil - kSettled)};
}

void measurePlayout(Report& report)
{
  for (const auto& traffic : test::eightKinds()) {
    std::vector<std::pair<double, double>> delay, late, clicks;
    for (const double intent : {0.0, 0.25, 0.5, 0.75, 1.0}) {
      const auto outcome = play(traffic, intent);
      delay.emplace_back(intent, outcome.delay);
      late.emplace_back(intent, outcome.latePerMille);
      clicks.emplace_back(intent, outcome.clicksPerMinute);
      if (intent != 0.5) continue;
      const auto name = "stream.playout." + traffic.name;
      report.value(name + ".delay", "beyond the usual arrival, block and resampler included", "us",
                   outcome.delay * 1e3);
      report.value(name + ".late", "frames in a million", "ppm", outcome.latePerMille * 1e3);
      report.value(name + ".clicks", "corners that a sine cannot have, in an hour", "1/h",
                   outcome.clicksPerMinute * 60);
    }
    const auto words = traffic.name + ", over the intent from low delay to safe";
    plot("stream-" + traffic.name + "-delay", words, "intent", "delay beyond the path [ms]", delay);
    plot("stream-" + traffic.name + "-late", words, "intent", "late frames [1/1000]", late);
    plot("stream-" + traffic.name + "-clicks", words, "intent", "clicks [1/min]", clicks);
  }
}

void measureRender(Report& report)
{
  const auto rate = audio::SampleRate::fromHertz(48'000);
  stream::Playout playout{{rate, rate}, 2};
  const std::vector<float> frames(64, 0.25F);
  const std::array<std::span<const float>, 2> channels{frames, frames};
  std::vector<float> left(64), right(64);
  const std::array<std::span<float>, 2> out{left, right};
  std::int64_t frame = 0;
  const auto moment = [&] { return hostTime(1'000'000'000) + rate.toMicros(audio::FrameCount{frame}); };
  std::vector<double> rendering;
  std::vector<double> receiving;
  for (int block = 0; block < 20'000; ++block, frame += 64) {
    const auto begin = nanos();
    playout.receive(SampleTime{frame}, channels, moment(), moment());
    const auto received = nanos();
    playout.render(out, SampleTime{frame}, moment(), moment());
    const auto end = nanos();
    receiving.push_back(static_cast<double>(received - begin));
    rendering.push_back(static_cast<double>(end - received));
  }
  report.distribution("stream.render.receive", "64 stereo frames handed to playout", receiving);
  report.distribution("stream.render.block", "64 stereo frames rendered, drift corrected", rendering);
}

void measurePrediction(Report& report)
{
  std::vector<float> past(stream::Prediction::kPast);
  for (std::size_t i = 0; i < past.size(); ++i)
    past[i] = static_cast<float>(std::sin(0.05 * static_cast<double>(i)) +
                                 0.3 * std::sin(0.31 * static_cast<double>(i * i % 97)));
  stream::Prediction prediction;
  report.distribution("stream.prediction.listen", "one channel, at the beginning of a gap",
                      timed(2000, 1, [&] {
                        prediction.listen(past);
                        keep(prediction);
                      }));
  report.distribution("stream.prediction.next", "64 frames of one channel", timed(2000, 1, [&] {
                        for (int i = 0; i < 64; ++i) keep(prediction.next());
                      }));
}

const Registered kPlayout{"stream.playout", measurePlayout};
const Registered kRender{"stream.render", measureRender};
const Registered kPrediction{"stream.prediction", measurePrediction};

} // namespace
} // namespace tutti::bench
