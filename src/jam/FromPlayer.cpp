#include <tutti/jam/FromPlayer.hpp>

#include <algorithm>
#include <array>

#include <tutti/time/HostClock.hpp>

namespace tutti::jam {

void FromPlayer::render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  const auto& block = rendering.block;
  const std::array<std::span<float>, 2> channels{rendering.output(0), rendering.output(1)};
  if (!playout_) {
    for (const auto channel : channels) std::fill(channel.begin(), channel.end(), 0.0F);
    return;
  }
  const auto asked = block.audible - Micros{deviceOut_.load(std::memory_order_relaxed)};
  playout_->render(std::span{channels}.first(channels_), block.first, asked, time::HostClock::now());
  if (channels_ == 1) std::copy(channels[0].begin(), channels[0].end(), channels[1].begin());
}

} // namespace tutti::jam
