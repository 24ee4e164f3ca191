#include <tutti/stream/Packetiser.hpp>

#include <algorithm>

#include <tutti/core/Assert.hpp>

namespace tutti::stream {

Packetiser::Packetiser(audio::SampleRate rate, std::size_t channels, audio::FrameCount packet)
  : rate_{rate}
  , packet_{static_cast<std::size_t>(packet.frames)}
  , waiting_(channels, std::vector<float>(packet_ + Chunk::kFrames))
  , taken_(channels, std::vector<float>(packet_))
  , views_(taken_.begin(), taken_.end())
{
  TUTTI_ASSERT(packet.frames > 0 && channels >= 1 && channels <= kMostChannels);
}

void Packetiser::push(const Chunk& chunk)
{
  const auto frames = std::min<std::size_t>(chunk.frames, Chunk::kFrames);
  const auto expected = front_ + audio::FrameCount{static_cast<std::int64_t>(waitingCount_)};
  if (chunk.first != expected || waitingCount_ >= packet_) {
    dropped_ += waitingCount_;
    waitingCount_ = 0;
    front_ = chunk.first;
  }
  for (std::size_t channel = 0; channel < waiting_.size(); ++channel)
    std::copy_n(chunk.samples[channel].begin(), frames,
                waiting_[channel].begin() + static_cast<std::ptrdiff_t>(waitingCount_));
  waitingCount_ += frames;
  markedFrame_ = chunk.first;
  markedTime_ = chunk.captured;
}

std::optional<Packetiser::Packet> Packetiser::next()
{
  if (waitingCount_ < packet_) return std::nullopt;
  const auto taken = static_cast<std::ptrdiff_t>(packet_);
  for (std::size_t channel = 0; channel < waiting_.size(); ++channel) {
    auto& waiting = waiting_[channel];
    std::copy_n(waiting.begin(), taken, taken_[channel].begin());
    std::copy(waiting.begin() + taken, waiting.begin() + static_cast<std::ptrdiff_t>(waitingCount_),
              waiting.begin());
  }
  const audio::FrameCount before{markedFrame_.frames - front_.frames};
  const Packet packet{front_, markedTime_ - rate_.toMicros(before), views_};
  waitingCount_ -= packet_;
  front_ = front_ + audio::FrameCount{taken};
  return packet;
}

} // namespace tutti::stream
