#pragma once

#include <deque>
#include <memory>
#include <optional>

#include <tutti/core/Result.hpp>
#include <tutti/linkaudio/AudioBuffer.hpp>
#include <tutti/linkaudio/BeatStamp.hpp>
#include <tutti/net/RtpPacket.hpp>
#include <tutti/stream/Encoder.hpp>
#include <tutti/stream/Packetiser.hpp>
#include <tutti/stream/Redundancy.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::linkaudio {

/// A channel of our LAN on its way into the room: datagrams of Link Audio become packets of one length, as a
/// player's stream has them, each with the beat of its first frame.
///
/// To the bit what came, in 16 bits as in 24. What is lost on the LAN is a hole; what overtook there is lost.
///
/// Threads: one at a time.
/// Spec:    RFC 3551, RFC 3190, RFC 2198.
class ChannelDispatch {
public:
  /// `firstSequence`: of a stream that goes on where another channel's ended.
  /// Errors:  `unsupported`, with a sentence, for what no packet carries.
  static Result<ChannelDispatch> open(stream::Codec codec, audio::SampleRate rate, std::size_t channels,
                                      std::uint32_t ssrc, std::uint16_t firstSequence = 0);
  ~ChannelDispatch();
  ChannelDispatch(ChannelDispatch&&) noexcept;
  ChannelDispatch& operator=(ChannelDispatch&&) noexcept;

  [[nodiscard]] const stream::StreamFormat& format() const { return encoder_.format(); }
  /// Whether it is what this was opened for; else another stream has to begin.
  [[nodiscard]] bool fits(const AudioBuffer& buffer) const;

  void push(const AudioBuffer& buffer, HostTime arrived);
  /// To be sealed and sent.
  [[nodiscard]] std::optional<net::MediaDatagram> next();
  [[nodiscard]] std::uint16_t nextSequence() const { return sequence_; }

  /// How many earlier frames each packet says again: 0, 1 or 2.
  void setEarlierFrames(std::size_t count) { earlier_ = count; }

private:
  struct Counting;
  /// From this frame on beats are counted like this.
  struct Anchor {
    std::int64_t first = 0;
    NodeId session;
    time::Beats begin;
    time::Tempo tempo;
  };

  ChannelDispatch(stream::Encoder encoder, std::uint32_t ssrc, std::uint16_t firstSequence);
  void push(std::span<const std::int16_t> samples, std::int64_t first);
  [[nodiscard]] BeatStamp stampOf(std::int64_t first);
  void write(const stream::Packetiser::Packet& packet);

  stream::Encoder encoder_;
  stream::Packetiser packetiser_;
  stream::Redundancy redundancy_;
  std::unique_ptr<Counting> counting_;
  std::uint32_t ssrc_;
  std::uint16_t sequence_;
  std::size_t earlier_ = 0;
  std::int64_t end_ = INT64_MIN; // of what was pushed
  std::deque<Anchor> anchors_;
  std::deque<net::MediaDatagram> ready_;
};

} // namespace tutti::linkaudio
