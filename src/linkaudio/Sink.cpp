#include <tutti/linkaudio/Sink.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <tutti/linkaudio/Pcm.hpp>
#include <tutti/time/Rounding.hpp>

namespace tutti::linkaudio {
namespace {

float heightOf(std::int16_t sample)
{
  return std::abs(fromPcm(sample));
}

} // namespace

Sink::Sink(ChannelId id, std::shared_ptr<rt::Signal> wake)
  : wake_{std::move(wake)}
  , packetiser_{id}
{}

void Sink::write(std::span<const std::span<const float>> channels, const SessionGrid& grid, HostTime audible,
                 audio::SampleRate rate) noexcept TUTTI_NONBLOCKING
{
  if (!isHeard() || channels.empty() || channels.size() > kMostChannels) return;
  const auto begin = grid.beatAt(audible);
  const double each =
    1e12 / (static_cast<double>(rate.hertz()) * static_cast<double>(grid.timeline.tempo.microsPerBeat()));
  piece_.session = grid.session;
  piece_.tempo = grid.timeline.tempo;
  piece_.rate = rate;
  piece_.channels = static_cast<std::uint8_t>(channels.size());
  const auto frames = channels.front().size();
  for (std::size_t done = 0; done < frames; done += piece_.frames) {
    const auto count = std::min(Piece::kFrames, frames - done);
    piece_.frames = static_cast<std::uint16_t>(count);
    piece_.begin = begin + time::Beats::fromMicroBeats(time::rounded(static_cast<double>(done) * each));
    for (std::size_t channel = 0; channel < channels.size(); ++channel)
      for (std::size_t i = 0; i < count; ++i)
        piece_.samples[i * channels.size() + channel] = toPcm(channels[channel][done + i]);
    if (!pieces_.tryPush(piece_)) dropped_.fetch_add(count, std::memory_order_relaxed);
  }
  if (wake_) wake_->raise();
}

/// Something of before may have been on its way when the last listener went: forgotten now at the latest.
void Sink::setHeard(bool isHeard)
{
  if (isHeard == isHeard_.load()) return;
  forget();
  isHeard_.store(isHeard);
}

void Sink::forget()
{
  while (pieces_.tryPop()) {
  }
  packetiser_.clear();
}

std::vector<AudioBuffer> Sink::drain(HostTime now)
{
  std::vector<AudioBuffer> buffers;
  if (!isHeard()) return buffers;
  while (const auto piece = pieces_.tryPop()) {
    const auto samples =
      std::span{piece->samples}.first(static_cast<std::size_t>(piece->frames) * piece->channels);
    counts_.frames += piece->frames;
    for (const auto sample : samples) counts_.peak = std::max(counts_.peak, heightOf(sample));
    packetiser_.push({piece->session, piece->begin, piece->tempo, piece->rate, piece->channels, samples},
                     now);
  }
  packetiser_.advance(now);
  while (auto buffer = packetiser_.next()) buffers.push_back(std::move(*buffer));
  counts_.datagrams += buffers.size();
  return buffers;
}

Sink::Counts Sink::takeCounts()
{
  auto counts = counts_;
  counts.dropped = dropped_.load(std::memory_order_relaxed);
  counts_.peak = 0;
  return counts;
}

} // namespace tutti::linkaudio
