#include <tutti/linkaudio/ChannelModules.hpp>

#include <array>

#include <tutti/time/HostClock.hpp>

namespace tutti::linkaudio {

void FromChannel::render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  const auto& block = rendering.block;
  const auto asked = block.audible - Micros{deviceOut_.load(std::memory_order_relaxed)};
  source_->render(rendering.output(0), rendering.output(1),
                  {block.first, asked, block.audible, time::HostClock::now(), block.rate, session_->read()});
}

void ToChannel::render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  if (!sink_->isHeard()) return;
  const auto& block = rendering.block;
  std::array<std::span<const float>, Sink::kMostChannels> channels;
  for (std::size_t channel = 0; channel < channels_; ++channel) channels[channel] = rendering.input(channel);
  sink_->write(std::span{channels}.first(channels_), session_->read(), block.audible, block.rate);
}

} // namespace tutti::linkaudio
