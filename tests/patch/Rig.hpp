#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>
#include <vector>

#include <tutti/patch/Player.hpp>

namespace tutti::test {

using audio::operator+;
using audio::operator-;

inline constexpr auto k48 = audio::SampleRate::fromHertz(48'000);

/// A device without a clock: hands blocks to a player, and keeps what is heard of them.
struct Rig {
  explicit Rig(std::size_t inputs = 2, std::size_t outputs = 2)
    : in(inputs)
    , heard(outputs)
  {}

  /// What the instrument plays at a frame, on each input.
  std::function<float(std::int64_t)> played = [](std::int64_t) { return 0.0F; };

  void play(std::size_t count, std::size_t frames = 64)
  {
    for (std::size_t i = 0; i < count; ++i) playBlock(frames);
  }

  /// Until all that was asked for has come true.
  void settle()
  {
    do {
      play(1);
      player.tend();
    } while (!player.isAtRest());
  }

  void playBlock(std::size_t frames)
  {
    std::vector<std::vector<float>> out(heard.size(), std::vector<float>(frames));
    std::vector<std::span<const float>> ins;
    std::vector<std::span<float>> outs;
    for (auto& channel : in) {
      channel.resize(frames);
      for (std::size_t i = 0; i < frames; ++i)
        channel[i] = played(next.frames + static_cast<std::int64_t>(i));
      ins.emplace_back(channel);
    }
    for (auto& channel : out) outs.emplace_back(channel);
    player.process({.inputs = ins,
                    .outputs = outs,
                    .frames = frames,
                    .rate = rate,
                    .first = next,
                    .captured = hostTime(1'000'000) + rate.toMicros(next - SampleTime{}),
                    .audible = hostTime(1'010'000) + rate.toMicros(next - SampleTime{})});
    for (std::size_t i = 0; i < heard.size(); ++i)
      heard[i].insert(heard[i].end(), out[i].begin(), out[i].end());
    next = next + audio::FrameCount{static_cast<std::int64_t>(frames)};
  }

  [[nodiscard]] float last(std::size_t channel = 0) const { return heard[channel].back(); }

  audio::SampleRate rate = k48;
  patch::Player player;
  SampleTime next;
  std::vector<std::vector<float>> in;
  std::vector<std::vector<float>> heard; ///< By output, from the beginning.
};

/// A sine of this many cycles each frame.
struct Sine {
  double cycles = 1000.0 / 48'000;
  double amplitude = 0.5;

  float operator()(std::int64_t frame) const
  {
    return static_cast<float>(amplitude * std::sin(angle() * static_cast<double>(frame)));
  }
  [[nodiscard]] double angle() const { return 2 * std::numbers::pi * cycles; }

  /// How far `signal` is at its worst from going on as this sine, however loud: what is heard as a click. In
  /// dB against the sine.
  [[nodiscard]] double worstClick(const std::vector<float>& signal, std::size_t from = 1) const
  {
    double worst = 0;
    for (std::size_t i = std::max(from, std::size_t{1}); i + 1 < signal.size(); ++i) {
      const auto at = [&](std::size_t k) { return static_cast<double>(signal[k]); };
      worst = std::max(worst, std::abs(at(i + 1) - 2 * std::cos(angle()) * at(i) + at(i - 1)));
    }
    return 20 * std::log10(worst / amplitude);
  }
};

} // namespace tutti::test
