#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/linkaudio/BeatStamp.hpp>
#include <tutti/linkaudio/Packetiser.hpp>
#include <tutti/net/RtpPacket.hpp>
#include <tutti/stream/Decoder.hpp>

namespace tutti::linkaudio {

/// A channel of another site on its way out of the room: packets become datagrams of Link Audio for our LAN,
/// on the beats that they say. The common session has the same beats everywhere, so nothing is shifted: a
/// program that hears it four beats later hears it on the same beat as one at its own site.
///
/// What overtook is put in order, what is missing is waited for as long as redundancy takes, and then is a
/// hole in the beats. Nothing is resampled: whoever fetches the channel follows its clock.
///
/// Threads: one at a time.
/// Errors:  what does not follow its format, or speaks of another session, is counted.
class ChannelArrival {
public:
  static constexpr Micros kPatience{30'000};
  static constexpr std::size_t kMostWaiting = 64; ///< packets

  /// `carried`: the id under which it is published here.
  static Result<ChannelArrival> open(ChannelId carried, stream::Codec codec, audio::SampleRate rate,
                                     std::size_t channels);

  /// The session that we are in.
  void follow(NodeId session);
  void receive(const net::RtpPacket& packet, HostTime now);
  /// What is to be sent now to whoever listens. Some hundred times a second.
  [[nodiscard]] std::vector<AudioBuffer> drain(HostTime now);
  /// The last listener has gone.
  void clear();

  struct Counts {
    std::uint64_t packets = 0;
    std::uint64_t refused = 0; ///< packets or blocks that nobody can read
    std::uint64_t foreign = 0; ///< packets of another session
    std::uint64_t holes = 0;   ///< how often something did not come at all
  };
  [[nodiscard]] const Counts& counts() const { return counts_; }

private:
  struct Block {
    std::int64_t end = 0;
    time::Beats begin;
    time::Tempo tempo;
    std::vector<std::int16_t> samples;
    HostTime came{};
  };

  ChannelArrival(ChannelId carried, stream::Decoder decoder, audio::SampleRate rate, std::size_t channels);
  [[nodiscard]] std::int64_t placeOf(std::uint32_t timestamp) const;
  void take(std::uint8_t payloadType, std::int64_t first, std::span<const std::byte> data,
            const BeatStamp& stamp, double earlier, HostTime now);
  void emit(HostTime now);

  audio::SampleRate rate_;
  std::size_t channels_;
  stream::Decoder decoder_;
  Packetiser packetiser_;
  std::optional<NodeId> session_;
  std::vector<std::vector<float>> frames_;
  std::vector<std::span<float>> room_;
  std::map<std::int64_t, Block> waiting_;
  std::optional<std::int64_t> newest_; // of the packets' first frames
  std::optional<std::int64_t> next_;   // to be sent on
  Counts counts_;
};

} // namespace tutti::linkaudio
