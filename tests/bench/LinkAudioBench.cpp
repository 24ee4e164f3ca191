#include <array>
#include <cmath>
#include <memory>
#include <tutti/linkaudio/Sink.hpp>
#include <tutti/linkaudio/Source.hpp>
#include <vector>

#include "Bench.hpp"

namespace tutti::bench {
namespace {

using namespace linkaudio;

constexpr std::size_t kFrames = 64;
constexpr auto kRate = audio::SampleRate::fromHertz(48'000);
constexpr double kPeriod = 1e9 * kFrames / 48'000; // ns
constexpr std::size_t kPublished = 64;
constexpr std::size_t kHeard = 16; // of them; and as many are fetched

/// Sixteen of sixty-four channels are heard, and come back: half of them live, half in beats.
class Rack {
public:
  explicit Rack(std::size_t heard)
  {
    for (std::size_t i = 0; i < kPublished; ++i) sinks_.push_back(std::make_unique<Sink>(ChannelId{}));
    for (std::size_t i = 0; i < heard; ++i) {
      sinks_[i]->setHeard(true);
      sources_.push_back(
        std::make_unique<Source>(ChannelId{}, i % 2 == 0 ? Placement::live() : Placement::inBeats(1)));
      sources_.back()->follow(NodeId{}, hostTime(0));
    }
    for (std::size_t i = 0; i < kFrames; ++i)
      for (std::size_t channel = 0; channel < 2; ++channel)
        in_[channel][i] = static_cast<float>(0.3 * std::sin(0.05 * static_cast<double>(i + channel)));
  }

  void callback()
  {
    const std::array<std::span<const float>, 2> in{in_[0], in_[1]};
    for (const auto& sink : sinks_) sink->write(in, grid_, now(), kRate);
    for (const auto& source : sources_)
      source->render(out_[0], out_[1], {SampleTime{played_}, now(), now(), now(), kRate, grid_});
    keep(out_);
    played_ += std::int64_t{kFrames};
  }

  void network()
  {
    for (std::size_t i = 0; i < sources_.size(); ++i)
      for (const auto& buffer : sinks_[i]->drain(now())) sources_[i]->receive(buffer, now(), now());
    if (++rounds_ % 75 == 0)
      for (const auto& source : sources_) source->tend(now());
  }

private:
  [[nodiscard]] HostTime now() const
  {
    return hostTime(1'000'000) + kRate.toMicros(audio::FrameCount{played_});
  }

  SessionGrid grid_;
  std::vector<std::unique_ptr<Sink>> sinks_;
  std::vector<std::unique_ptr<Source>> sources_;
  std::array<std::array<float, kFrames>, 2> in_{}, out_{};
  std::int64_t played_ = 0;
  int rounds_ = 0;
};

struct Times {
  std::vector<double> callback, network; // ns of each block
};

Times play(Rack& rack, int blocks)
{
  Times times;
  for (int block = -3000; block < blocks; ++block) {
    const auto began = nanos();
    rack.callback();
    const auto between = nanos();
    rack.network();
    const auto ended = nanos();
    if (block < 0) continue;
    times.callback.push_back(static_cast<double>(between - began));
    times.network.push_back(static_cast<double>(ended - between));
  }
  return times;
}

std::vector<double> shares(std::vector<double> figures)
{
  for (auto& figure : figures) figure *= 100 / kPeriod;
  return figures;
}

double mean(const std::vector<double>& figures)
{
  double sum = 0;
  for (const double figure : figures) sum += figure;
  return sum / static_cast<double>(figures.size());
}

void measure(Report& report)
{
  Rack rack{kHeard};
  auto times = play(rack, 100'000);
  report.distribution("linkaudio.callback",
                      "64 stereo channels published, 16 of them heard, 16 fetched: share of 64 frames",
                      shares(times.callback), "%");
  report.value("linkaudio.callback.p9999", "the same, what one block in ten thousand exceeds", "ppm",
               quantile(shares(times.callback), 0.9999) * 1e4);
  report.value("linkaudio.cpu", "draining and receiving of the same, of one processor", "ppm",
               mean(times.network) / kPeriod * 1e6);
  Rack unheard{0};
  report.distribution("linkaudio.unheard", "a block of 64 channels that nobody listens to",
                      play(unheard, 50'000).callback);
}

const Registered kLinkAudio{"linkaudio", measure};

} // namespace
} // namespace tutti::bench
