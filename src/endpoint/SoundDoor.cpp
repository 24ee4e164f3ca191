#include <tutti/endpoint/SoundDoor.hpp>

#include <algorithm>
#include <utility>

namespace tutti::endpoint {
namespace {

constexpr auto kPair = stream::kMostChannels;

} // namespace

SoundDoor::SoundDoor(audio::SampleRate rate, std::size_t channels, std::shared_ptr<rt::Signal> wake)
  : channels_{channels}
  , wake_{std::move(wake)}
{
  for (std::size_t first = 0; first < channels; first += kPair)
    pairs_.push_back(std::make_unique<stream::Outlet>(rate, std::min(kPair, channels - first)));
  taken_.resize(pairs_.size());
}

void SoundDoor::send(std::span<const std::span<const float>> channels, SampleTime first,
                     HostTime captured) noexcept TUTTI_NONBLOCKING
{
  for (const auto& pair : pairs_) {
    const auto count = std::min(kPair, channels.size());
    pair->send(channels.first(count), first, captured);
    channels = channels.subspan(count);
  }
  if (wake_) wake_->raise();
}

std::optional<SoundDoor::Piece> SoundDoor::tryTake()
{
  if (!bringTogether()) return std::nullopt;
  for (std::size_t channel = 0; channel < channels_; ++channel) {
    const auto& chunk = *taken_[channel / kPair];
    views_[channel] = std::span{chunk.samples[channel % kPair]}.first(chunk.frames);
  }
  const Piece piece{taken_.front()->first, std::span{views_}.first(channels_)};
  for (auto& chunk : taken_) chunk->frames = 0; // given
  return piece;
}

/// One piece of each pair, all of the same moment. Where a pair had to drop one, the others drop theirs.
bool SoundDoor::bringTogether()
{
  for (;;) {
    for (std::size_t i = 0; i < pairs_.size(); ++i)
      if (!taken_[i] || taken_[i]->frames == 0) {
        taken_[i] = pairs_[i]->tryTake();
        if (!taken_[i]) return false;
      }
    const auto latest = std::ranges::max(taken_, {}, [](const auto& chunk) { return chunk->first; })->first;
    bool isSame = true;
    for (auto& chunk : taken_) {
      if (chunk->first == latest) continue;
      chunk->frames = 0;
      isSame = false;
    }
    if (isSame) return true;
  }
}

} // namespace tutti::endpoint
