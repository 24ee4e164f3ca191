#include <tutti/jam/ToRoom.hpp>

namespace tutti::jam {

void ToRoom::render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  const auto& block = rendering.block;
  const float goal = isOpen_.load(std::memory_order_relaxed) ? 1.0F : 0.0F;
  const float step = (goal - gain_) / static_cast<float>(block.frames);
  std::array<std::span<const float>, kChannels> channels;
  for (std::size_t channel = 0; channel < kChannels; ++channel) {
    const auto in = rendering.input(channel);
    auto& faded = faded_[channel];
    float gain = gain_;
    for (std::size_t i = 0; i < block.frames; ++i) faded[i] = in[i] * (gain += step);
    channels[channel] = step == 0 && goal == 1.0F ? in : std::span<const float>{faded}.first(block.frames);
  }
  gain_ = goal;
  outlet_->send(channels, block.first, block.captured);
  wake_->raise();
}

} // namespace tutti::jam
