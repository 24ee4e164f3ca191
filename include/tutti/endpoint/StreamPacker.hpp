#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/endpoint/AudioFormat.hpp>
#include <tutti/endpoint/MediaPacket.hpp>

namespace tutti::endpoint {

/// Makes the packets of one stream.
///
/// Push frames, then take packets until there are none. The first frame ever pushed has index 0. Packets end
/// where frames end, and where what was pushed ends, so nothing waits here. A device that lost frames leaves
/// a hole; one that counts backwards, or ahead by more than `kLongestHole`, is taken to go on without.
///
/// Threads: one at a time.
class StreamPacker {
public:
  static constexpr double kLongestHole = 10; // s

  /// `mostBytes` of samples go into a packet; where that is less than a frame, frames are cut.
  StreamPacker(SessionToken session, StreamId stream, const AudioFormat& format,
               std::size_t mostBytes = kMostSampleBytes);

  /// `channels` are as many as the format has, all of one length. What was pushed before is taken by now.
  void push(SampleTime first, std::span<const std::span<const float>> channels);
  std::optional<net::MediaDatagram> next();

private:
  void anchor(SampleTime first);

  SessionToken session_;
  StreamId stream_;
  AudioFormat format_;
  std::size_t mostBytes_;
  std::vector<std::byte> bytes_;
  std::size_t taken_ = 0;
  std::uint64_t byteIndex_ = 0; // of bytes_' beginning
  std::uint16_t sequence_ = 0;
  bool hasBegun_ = false;
  std::int64_t origin_ = 0;   // the device's frame that has index 0
  std::int64_t expected_ = 0; // the device's next frame
};

} // namespace tutti::endpoint
