#include "LiveVoice.hpp"

#include <array>

#include <tutti/linkaudio/Pcm.hpp>
#include <tutti/stream/Chunk.hpp>

namespace tutti::linkaudio {
namespace {

constexpr double kLeastRatio = 0.2; // audio::Resampler
constexpr double kMostRatio = 4.5;

} // namespace

bool Source::LiveVoice::isPossible(const Kind& kind)
{
  const double ratio = static_cast<double>(kind.sender.hertz()) / kind.device.hertz();
  return ratio >= kLeastRatio && ratio <= kMostRatio;
}

Source::LiveVoice::LiveVoice(const Kind& kind)
  : Voice{kind}
  , playout_{{kind.sender, kind.device}, kind.channels}
  , frames_(kind.channels)
{}

/// Chunks of one datagram that follow each other came at one moment: to playout they are one packet.
void Source::LiveVoice::receive(std::span<const PlacedChunk> chunks, HostTime arrived, HostTime now)
{
  std::int64_t first = 0;
  auto source = stream::Source::packet;
  for (const auto& placed : chunks) {
    const auto waiting = static_cast<std::int64_t>(frames_.front().size());
    if (waiting > 0 && placed.first != first + waiting) handOver(first, source, arrived, now);
    if (frames_.front().empty()) {
      first = placed.first;
      source = placed.isJump ? stream::Source::resumed : stream::Source::packet;
    }
    append(placed);
  }
  handOver(first, source, arrived, now);
  if (!isSounding()) isSounding_.store(playout_.statistics().isPlaying, std::memory_order_relaxed);
}

void Source::LiveVoice::append(const PlacedChunk& chunk)
{
  for (std::size_t i = 0; i < chunk.samples.size(); ++i)
    frames_[i % frames_.size()].push_back(fromPcm(chunk.samples[i]));
}

void Source::LiveVoice::handOver(std::int64_t first, stream::Source source, HostTime arrived, HostTime now)
{
  if (frames_.front().empty()) return;
  std::array<std::span<const float>, stream::kMostChannels> channels;
  for (std::size_t channel = 0; channel < frames_.size(); ++channel) channels[channel] = frames_[channel];
  playout_.receive(SampleTime{first}, std::span{channels}.first(frames_.size()), arrived, now, source);
  for (auto& channel : frames_) channel.clear();
}

Source::Voice::Report Source::LiveVoice::report(std::int64_t newest)
{
  const auto statistics = playout_.statistics();
  Report report;
  report.played = statistics.played;
  report.late = statistics.late;
  report.concealed = statistics.concealed;
  report.gaps = statistics.gaps;
  report.leaps = statistics.leaps;
  report.driftPpm = statistics.driftPpm;
  report.waits = statistics.playout + statistics.resampler;
  report.usualArrival = playout_.usualArrival(SampleTime{newest});
  report.isSounding = statistics.isPlaying;
  return report;
}

void Source::LiveVoice::render(std::span<const std::span<float>> output, const Moment& moment) noexcept
  TUTTI_NONBLOCKING
{
  playout_.render(output, moment.first, moment.asked, moment.now);
}

} // namespace tutti::linkaudio
