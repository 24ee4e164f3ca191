#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <tutti/linkaudio/AudioBuffer.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::linkaudio {

/// Where each chunk of a channel lies on one count of its sender's frames, through losses, repetitions and
/// chunks that overtook each other.
///
/// A chunk that follows another in number follows it in frames, whatever the beats say: the session may have
/// jumped, the sound has not. Where numbers are missing, the beats say how much sound is; if they say
/// nonsense, as much as such chunks usually have. A stream whose numbers are far away counts as another one
/// once it has spoken eight times in a row: one stray datagram changes nothing.
///
/// Threads: one at a time.
class Continuity {
public:
  struct Place {
    std::int64_t first = 0;  ///< Of the sender's frames, from 0.
    std::uint64_t order = 0; ///< Its number, counted on where a stream is numbered anew.
    bool isJump = false;     ///< The next in number, but not the next in beats.
  };

  /// Nothing if it has come before, or is nowhere near.
  std::optional<Place> place(const Chunk& chunk, audio::SampleRate rate, HostTime arrived);

  [[nodiscard]] std::uint64_t repeated() const { return repeated_; }
  [[nodiscard]] std::uint64_t strays() const { return strays_; }
  /// Numbers that were sent and have not come.
  [[nodiscard]] std::uint64_t lost() const { return lost_; }

private:
  struct Known {
    std::uint64_t sequence = 0;
    std::int64_t first = 0;
    std::int64_t frames = 0;
    time::Beats begin;
    double microsPerBeat = 0;
    bool isThere = false;
  };
  static constexpr std::uint64_t kWindow = 64; // link-audio 6.5: seen within the last 64
  static constexpr std::uint64_t kAhead = 1U << 16U;
  static constexpr int kBelieved = 8;

  [[nodiscard]] const Known* find(std::uint64_t sequence) const;
  [[nodiscard]] bool isNear(std::uint64_t sequence) const;
  Place remember(const Chunk& chunk, std::int64_t first);
  Place follow(const Chunk& chunk, audio::SampleRate rate, HostTime arrived);
  Place skip(const Chunk& chunk, audio::SampleRate rate);
  Place fillIn(const Chunk& chunk, audio::SampleRate rate);
  std::optional<Place> doubt(const Chunk& chunk, audio::SampleRate rate);

  std::array<Known, kWindow> known_{}; // by the lower bits of their numbers
  Known newest_;
  std::uint64_t renumbered_ = 0; // what is added to numbers, modulo 2^64
  HostTime arrived_{};
  int doubted_ = 0;
  std::uint64_t repeated_ = 0;
  std::uint64_t strays_ = 0;
  std::uint64_t lost_ = 0;
};

} // namespace tutti::linkaudio
