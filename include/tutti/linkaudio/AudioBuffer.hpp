#pragma once

#include <cstdint>
#include <vector>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/core/NodeId.hpp>
#include <tutti/time/Beats.hpp>
#include <tutti/time/Tempo.hpp>

namespace tutti::linkaudio {

/// Eight random bytes that name a channel for as long as it is published.
struct ChannelId {
  NodeId bytes;

  friend auto operator<=>(const ChannelId&, const ChannelId&) = default;
};

/// A run of frames with one begin and one tempo.
struct Chunk {
  std::uint64_t sequence = 0; ///< The first of a channel is 1, then one more each.
  std::uint16_t frames = 0;
  time::Beats begin; ///< Session beat at which the first frame is meant to sound.
  time::Tempo tempo;

  friend bool operator==(const Chunk&, const Chunk&) = default;
};

/// Sound of one channel, as one datagram carries it.
///
/// Spec: link-audio 6.
struct AudioBuffer {
  ChannelId channel;
  NodeId session; ///< Whose timeline the beats are of.
  std::vector<Chunk> chunks;
  audio::SampleRate rate;
  std::uint8_t channels = 1;
  std::vector<std::int16_t> samples; ///< Interleaved by frame, the chunks one after the other.

  friend bool operator==(const AudioBuffer&, const AudioBuffer&) = default;
};

} // namespace tutti::linkaudio
