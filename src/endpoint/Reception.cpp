#include <tutti/endpoint/Reception.hpp>

#include <algorithm>
#include <array>

#include <tutti/stream/Chunk.hpp>

namespace tutti::endpoint {
namespace {

constexpr auto kPair = stream::kMostChannels; // what a playout takes

} // namespace

Reception::Reception(const AudioFormat& format, audio::SampleRate device)
  : format_{format}
  , assembler_{format.frameBytes()}
  , frames_(format.channels)
{
  for (std::size_t first = 0; first < format.channels; first += kPair)
    playouts_.push_back(std::make_unique<stream::Playout>(
      stream::Playout::Clocks{format.nominalRate(), device}, std::min(kPair, format.channels - first)));
}

void Reception::receive(const MediaPacket& packet, HostTime arrived, HostTime now)
{
  if (packet.type != format_.type) {
    ++refused_;
    return;
  }
  ++packets_;
  counter_.received({false, 0, packet.sequence, packet.timestamp, packet.stream.ssrc()},
                    net::ticksAt(arrived, format_.rate));
  const auto source = sourceOf(packet);
  for (const auto& run : assembler_.take(packet.byteIndex, packet.samples)) play(run, arrived, now, source);
}

/// The next packet, but not the next bytes: the sender's device had lost frames.
stream::Source Reception::sourceOf(const MediaPacket& packet)
{
  const bool isBreak = packets_ > 1 && packet.sequence == nextSequence_ && packet.byteIndex != nextIndex_;
  nextSequence_ = static_cast<std::uint16_t>(packet.sequence + 1);
  nextIndex_ = packet.byteIndex + packet.samples.size();
  return isBreak ? stream::Source::resumed : stream::Source::packet;
}

void Reception::play(const StreamAssembler::Run& run, HostTime arrived, HostTime now, stream::Source source)
{
  const auto count = run.bytes.size() / format_.frameBytes();
  std::array<std::span<float>, kMostChannels> room;
  std::array<std::span<const float>, kMostChannels> heard;
  for (std::size_t channel = 0; channel < frames_.size(); ++channel) {
    frames_[channel].resize(count);
    room[channel] = frames_[channel];
    heard[channel] = frames_[channel];
  }
  decodeFrames(run.bytes, std::span{room}.first(frames_.size()), format_.type);
  std::size_t first = 0;
  for (const auto& playout : playouts_) {
    const auto channels = std::min(kPair, frames_.size() - first);
    playout->receive(SampleTime{run.first}, std::span{heard}.subspan(first, channels), arrived, now, source);
    first += channels;
  }
}

Reception::Statistics Reception::statistics()
{
  return {packets_, refused_, counter_.lost(), assembler_.counts(), playouts_.front()->statistics()};
}

void Reception::render(std::span<const std::span<float>> output, SampleTime first, HostTime asked,
                       HostTime now) noexcept TUTTI_NONBLOCKING
{
  for (const auto& playout : playouts_) {
    const auto channels = std::min(kPair, output.size());
    playout->render(output.first(channels), first, asked, now);
    output = output.subspan(channels);
  }
}

} // namespace tutti::endpoint
