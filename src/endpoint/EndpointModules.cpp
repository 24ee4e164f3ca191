#include <tutti/endpoint/EndpointModules.hpp>

#include <array>

#include <tutti/time/HostClock.hpp>

namespace tutti::endpoint {

void FromEndpoint::render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  const auto& block = rendering.block;
  std::array<std::span<float>, kMostChannels> channels;
  const auto count = reception_->format().channels;
  for (std::size_t channel = 0; channel < count; ++channel) channels[channel] = rendering.output(channel);
  const auto asked = block.audible - Micros{deviceOut_.load(std::memory_order_relaxed)};
  reception_->render(std::span{channels}.first(count), block.first, asked, time::HostClock::now());
}

void ToEndpoint::render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  const auto& block = rendering.block;
  std::array<std::span<const float>, kMostChannels> channels;
  for (std::size_t channel = 0; channel < channels_; ++channel) channels[channel] = rendering.input(channel);
  door_->send(std::span{channels}.first(channels_), block.first, block.captured);
}

} // namespace tutti::endpoint
