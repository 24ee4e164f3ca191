#include <tutti/stream/Outlet.hpp>

#include <algorithm>

#include <tutti/core/Assert.hpp>

namespace tutti::stream {

Outlet::Outlet(audio::SampleRate rate, std::size_t channels)
  : rate_{rate}
  , channels_{channels}
{
  TUTTI_ASSERT(channels >= 1 && channels <= kMostChannels);
}

bool Outlet::send(std::span<const std::span<const float>> channels, SampleTime first,
                  HostTime captured) noexcept TUTTI_NONBLOCKING
{
  if (channels.size() < channels_) return false;
  const auto frames = channels.front().size();
  bool isWhole = true;
  for (std::size_t done = 0; done < frames; done += Chunk::kFrames) {
    const audio::FrameCount offset{static_cast<std::int64_t>(done)};
    Chunk chunk;
    chunk.first = first + offset;
    chunk.captured = captured + rate_.toMicros(offset);
    chunk.frames = static_cast<std::uint32_t>(std::min(Chunk::kFrames, frames - done));
    for (std::size_t channel = 0; channel < channels_; ++channel)
      if (channels[channel].size() >= done + chunk.frames) // a channel that does not exist now is silent
        std::copy_n(channels[channel].data() + done, chunk.frames, chunk.samples[channel].data());
    isWhole = chunks_.tryPush(chunk) && isWhole;
  }
  return isWhole;
}

} // namespace tutti::stream
