#include <tutti/endpoint/StreamPacker.hpp>

#include <algorithm>

#include <tutti/core/Assert.hpp>

namespace tutti::endpoint {
namespace {

/// Whole frames where one fits.
std::size_t usualBytes(const AudioFormat& format, std::size_t most)
{
  const auto frame = format.frameBytes();
  return most < frame ? most : most / frame * frame;
}

} // namespace

StreamPacker::StreamPacker(SessionToken session, StreamId stream, const AudioFormat& format,
                           std::size_t mostBytes)
  : session_{session}
  , stream_{stream}
  , format_{format}
  , mostBytes_{usualBytes(format, mostBytes)}
{
  TUTTI_ASSERT(mostBytes >= 1 && mostBytes <= kMostSampleBytes);
}

void StreamPacker::push(SampleTime first, std::span<const std::span<const float>> channels)
{
  TUTTI_ASSERT(channels.size() == format_.channels);
  const auto frames = channels.front().size();
  anchor(first);
  expected_ = first.frames + static_cast<std::int64_t>(frames);
  byteIndex_ = static_cast<std::uint64_t>(first.frames - origin_) * format_.frameBytes();
  bytes_.resize(frames * format_.frameBytes());
  encodeFrames(channels, bytes_, format_.type);
  taken_ = 0;
}

/// The sound server's count of frames may jump.
void StreamPacker::anchor(SampleTime first)
{
  const auto hole = first.frames - expected_;
  const bool isSane = hole >= 0 && static_cast<double>(hole) <= kLongestHole * format_.rate;
  if (!hasBegun_)
    origin_ = first.frames;
  else if (!isSane)
    origin_ += hole;
  hasBegun_ = true;
}

std::optional<net::MediaDatagram> StreamPacker::next()
{
  if (taken_ >= bytes_.size()) return std::nullopt;
  const auto index = byteIndex_ + taken_;
  const auto count = std::min(mostBytes_, bytes_.size() - taken_);
  const auto samples = std::span<const std::byte>{bytes_}.subspan(taken_, count);
  taken_ += count;
  return encodeMedia({session_, format_.type, stream_, sequence_++,
                      static_cast<std::uint32_t>(index / format_.frameBytes()), index, samples});
}

} // namespace tutti::endpoint
