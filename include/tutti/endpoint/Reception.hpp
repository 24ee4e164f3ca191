#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <tutti/endpoint/AudioFormat.hpp>
#include <tutti/endpoint/MediaPacket.hpp>
#include <tutti/endpoint/StreamAssembler.hpp>
#include <tutti/net/RtpReception.hpp>
#include <tutti/rt/Nonblocking.hpp>
#include <tutti/stream/Playout.hpp>

namespace tutti::endpoint {

/// One stream that comes from elsewhere, on its way to our device: packets become frames, frames a steady
/// signal at our own rate, by the same playout as a player's. A stream of more than two channels has a
/// playout for each pair; all of them hear of the same arrivals.
///
/// Threads: `render` *audio*; everything else one at a time, any but audio. Constructed outside.
class Reception {
public:
  /// `format.rate` is what the sender counts at. `checkRates` has passed.
  Reception(const AudioFormat& format, audio::SampleRate device);

  /// `arrived` is when the kernel got the packet, `now` when it is handed over here.
  void receive(const MediaPacket& packet, HostTime arrived, HostTime now);

  struct Statistics {
    std::uint64_t packets = 0;
    std::uint64_t refused = 0; ///< of another type than was agreed
    std::int64_t lost = 0;     ///< packets that were sent and did not come
    StreamAssembler::Counts bytes;
    stream::PlayoutStatistics playout; ///< of the first pair
  };
  [[nodiscard]] Statistics statistics();

  [[nodiscard]] const AudioFormat& format() const { return format_; }

  /// As `stream::Playout::render`. `output` has as many channels as the format.
  void render(std::span<const std::span<float>> output, SampleTime first, HostTime asked,
              HostTime now) noexcept TUTTI_NONBLOCKING;

private:
  void play(const StreamAssembler::Run& run, HostTime arrived, HostTime now, stream::Source source);
  stream::Source sourceOf(const MediaPacket& packet);

  AudioFormat format_;
  StreamAssembler assembler_;
  std::vector<std::unique_ptr<stream::Playout>> playouts_;
  std::vector<std::vector<float>> frames_;
  net::RtpReception counter_;
  std::uint64_t packets_ = 0;
  std::uint64_t refused_ = 0;
  std::uint16_t nextSequence_ = 0;
  std::uint64_t nextIndex_ = 0;
};

} // namespace tutti::endpoint
