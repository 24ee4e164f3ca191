#pragma once

#include <array>
#include <cstdint>

#include <tutti/patch/Module.hpp>

namespace tutti::test {

/// Plays the same number all the time, on all channels, and says how often it was asked.
class Constant final : public patch::Module {
public:
  explicit Constant(float value, std::size_t channels = 1)
    : value_{value}
    , channels_{channels}
  {}

  [[nodiscard]] std::string_view type() const override { return "constant"; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return {{"out", channels_}}; }
  [[nodiscard]] patch::Parameters parameters() const override
  {
    patch::Parameters parameters;
    parameters.add("value", static_cast<double>(value_));
    return parameters;
  }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override
  {
    for (std::size_t channel = 0; channel < rendering.outs.size(); ++channel)
      for (auto& sample : rendering.output(channel)) sample = value_;
    ++blocks;
  }

  std::int64_t blocks = 0;

private:
  float value_;
  std::size_t channels_;
};

/// Plays whatever comes in, plus something.
class Through final : public patch::Module {
public:
  explicit Through(std::size_t channels = 1, float more = 0)
    : channels_{channels}
    , more_{more}
  {}

  [[nodiscard]] std::string_view type() const override { return "through"; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {{"in", channels_}}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return {{"out", channels_}}; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override
  {
    for (std::size_t channel = 0; channel < channels_; ++channel)
      for (std::size_t i = 0; i < rendering.block.frames; ++i)
        rendering.output(channel)[i] = rendering.input(channel)[i] + more_;
  }

private:
  std::size_t channels_;
  float more_;
};

/// Keeps the last block that came in.
class Listener final : public patch::Module {
public:
  explicit Listener(std::size_t channels = 1)
    : channels_{channels}
  {}

  [[nodiscard]] std::string_view type() const override { return "listener"; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {{"in", channels_}}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return {}; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override
  {
    for (std::size_t channel = 0; channel < channels_; ++channel)
      last[channel] = rendering.input(channel).back();
  }

  std::array<float, patch::Port::kMostChannels> last{};

private:
  std::size_t channels_;
};

} // namespace tutti::test
