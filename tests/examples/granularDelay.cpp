// A granular delay in the tempo of the session: what comes in is heard again some beats later, cut into short
// grains that overlap, each from a slightly other moment. Where the tempo changes, the next grain follows it.
//
//   granularDelay               one beat, grains up to 15 ms apart from where they belong
//   granularDelay 0.75 0        three quarters of a beat, and no grain is moved
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numbers>
#include <random>
#include <tutti/module/ModuleSocket.hpp>
#include <vector>

using tutti::module::ModuleSocket;
using tutti::module::Turn;

namespace {

constexpr double kGrain = 0.08;   // seconds
constexpr double kMemory = 16;    // seconds
constexpr float kFeedback = 0.4F; // of each repeat into the next
constexpr float kDry = 0.7F;

/// Two grains at any time, half a grain apart: their windows add up to one.
class Granulator {
public:
  Granulator(double beats, double spread)
    : beats_{beats}
    , spread_{0, spread}
  {}

  void play(Turn& turn)
  {
    const double delay = std::min(beats_ * 60 / turn.moment.tempo.bpm(), kMemory - 2 * kGrain);
    if (turn.rate != rate_) begin(turn.rate, delay);
    for (std::size_t i = 0; i < turn.frames; ++i) {
      for (auto& grain : grains_)
        if (++grain.age >= length_) grain = {0, delay + spread_(dice_)};
      for (std::size_t channel = 0; channel < memory_.size(); ++channel) {
        const float in = turn.inputs[channel][i];
        float wet = 0;
        for (const auto& grain : grains_) wet += window_[grain.age] * heard(channel, grain.delay);
        memory_[channel][now_ % memory_[channel].size()] = in + kFeedback * wet;
        turn.outputs[channel][i] = kDry * in + wet;
      }
      ++now_;
    }
  }

private:
  struct Grain {
    std::size_t age = 0;
    double delay = 0; // seconds
  };

  void begin(std::uint32_t rate, double delay)
  {
    rate_ = rate;
    length_ = 2 * static_cast<std::size_t>(kGrain * rate / 2);
    window_.resize(length_);
    for (std::size_t i = 0; i < length_; ++i)
      window_[i] = static_cast<float>(
        0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(length_)));
    for (auto& channel : memory_) channel.assign(static_cast<std::size_t>(kMemory * rate), 0.0F);
    grains_ = {Grain{0, delay}, Grain{length_ / 2, delay}};
  }

  float heard(std::size_t channel, double delay) const
  {
    const auto& memory = memory_[channel];
    const auto back = std::max(static_cast<std::size_t>(std::lround(delay * rate_)), std::size_t{1});
    return memory[(now_ + memory.size() - back % memory.size()) % memory.size()];
  }

  double beats_;
  std::uniform_real_distribution<double> spread_;
  std::minstd_rand dice_;
  std::uint32_t rate_ = 0;
  std::size_t length_ = 0;
  std::size_t now_ = 0;
  std::vector<float> window_;
  std::array<std::vector<float>, 2> memory_;
  std::array<Grain, 2> grains_;
};

} // namespace

int main(int count, char** arguments)
{
  Granulator granulator{count > 1 ? std::atof(arguments[1]) : 1.0,
                        count > 2 ? std::atof(arguments[2]) / 1000 : 0.015};
  auto socket = ModuleSocket::connect({.name = "Granular delay",
                                       .description = "Repeats in the tempo of the session, as grains.",
                                       .inputs = {{"in", 2}},
                                       .outputs = {{"out", 2}}});
  if (!socket) return std::fprintf(stderr, "%s\n", socket.error().detail.c_str()), 1;
  const auto over = socket->play([&](Turn& turn) { granulator.play(turn); });
  std::fprintf(stderr, "%s\n", over.detail.c_str());
}
