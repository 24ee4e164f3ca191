#pragma once

#include <functional>
#include <vector>

#include <tutti/module/HostLane.hpp>
#include <tutti/module/ModuleLane.hpp>
#include <tutti/patch/Module.hpp>

namespace tutti::test {

/// A sound device without a clock: renders a module block by block, and keeps what is heard of it.
struct Stage {
  std::size_t inputs = 2;
  std::size_t outputs = 2;
  audio::SampleRate rate{};
  time::BeatGrid grid{{time::Tempo::fromBpm(120), {}, hostTime(1'000'000)}, time::Beats::fromDouble(4), true};

  /// What goes in, on the channel and at the frame.
  std::function<float(std::size_t, std::int64_t)> played = [](std::size_t, std::int64_t) { return 0.0F; };

  SampleTime next{};
  std::vector<std::vector<float>> heard = {}; // by channel, from the beginning

  template <class Render> void play(std::size_t frames, Render render)
  {
    heard.resize(outputs);
    std::vector<std::vector<float>> in(inputs, std::vector<float>(frames));
    std::vector<std::vector<float>> out(outputs,
                                        std::vector<float>(frames, 77.0F)); // noise until it is filled
    std::vector<const float*> ins;
    std::vector<float*> outs;
    for (std::size_t channel = 0; channel < inputs; ++channel) {
      for (std::size_t i = 0; i < frames; ++i)
        in[channel][i] = played(channel, next.frames + static_cast<std::int64_t>(i));
      ins.push_back(in[channel].data());
    }
    for (auto& channel : out) outs.push_back(channel.data());
    const audio::Block block{.inputs = {},
                             .outputs = {},
                             .frames = frames,
                             .rate = rate,
                             .first = next,
                             .captured = at(next),
                             .audible = at(next)};
    render(patch::Rendering{ins, outs, block, grid});
    for (std::size_t channel = 0; channel < outputs; ++channel)
      heard[channel].insert(heard[channel].end(), out[channel].begin(), out[channel].end());
    next.frames += static_cast<std::int64_t>(frames);
  }

  /// Frame 0 is heard at the grid's beat 0.
  [[nodiscard]] HostTime at(SampleTime frame) const
  {
    return hostTime(1'000'000) + rate.toMicros(audio::FrameCount{frame.frames});
  }
};

/// Both ends of one memory.
struct BothEnds {
  module::Health health;
  module::LaneShape shape;
  module::HostLane host;
  module::ModuleLane guest;
  module::Curtain curtain;

  explicit BothEnds(const module::LaneShape& what, std::uint32_t allowance = 0)
    : BothEnds{what, allowance, module::LaneMemory::make(what.words()).value()}
  {}

  /// Answers all that was said, each sample as `answer` makes it of what came in on the same channel.
  template <class Make> std::size_t answerAll(Make make)
  {
    std::vector<float> in(std::size_t{shape.inputs} * shape.block);
    std::vector<float> out(std::size_t{shape.outputs} * shape.block);
    std::size_t answered = 0;
    while (const auto moment = guest.tryTake(in)) {
      for (std::size_t i = 0; i < out.size(); ++i) out[i] = make(i < in.size() ? in[i] : 0.0F);
      guest.answer(*moment, out);
      ++answered;
    }
    return answered;
  }

private:
  BothEnds(const module::LaneShape& what, std::uint32_t allowance, module::LaneMemory memory)
    : shape{what}
    , host{twin(memory, what), what, {}, allowance, health}
    , guest{std::move(memory), what}
  {}
  static module::LaneMemory twin(const module::LaneMemory& memory, const module::LaneShape& what);
};

} // namespace tutti::test
