#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tutti/rt/Nonblocking.hpp>
#include <tutti/stream/Chunk.hpp>

namespace tutti::stream {

/// Frames that have come, each at its place, around the place that is being played.
///
/// What lies further than `reach()` behind or ahead is forgotten or refused.
///
/// Threads: one at a time, also *audio*. Constructed outside.
class Shelf {
public:
  /// Room for at least `frames` in all.
  Shelf(std::size_t channels, std::size_t frames);

  /// Returns how many of the chunk's frames were new here.
  std::size_t put(const Chunk& chunk) noexcept TUTTI_NONBLOCKING;

  /// Play goes on from where `other` plays, with what lies there for the next `frames`.
  void takeOver(const Shelf& other, std::int64_t frames) noexcept TUTTI_NONBLOCKING;

  /// Play goes on from here.
  void moveTo(std::int64_t place) noexcept TUTTI_NONBLOCKING;

  [[nodiscard]] std::int64_t place() const noexcept TUTTI_NONBLOCKING { return place_; }
  [[nodiscard]] std::int64_t reach() const noexcept TUTTI_NONBLOCKING;

  /// How many of the `most` frames from `from` on are there without a hole.
  [[nodiscard]] std::size_t presentRun(std::int64_t from, std::size_t most) const noexcept TUTTI_NONBLOCKING;
  /// How many of the `most` frames from `from` on are missing in one piece.
  [[nodiscard]] std::size_t missingRun(std::int64_t from, std::size_t most) const noexcept TUTTI_NONBLOCKING;
  /// How many of the `most` frames from `from` on are there and below `level`.
  [[nodiscard]] std::size_t quietRun(std::int64_t from, std::size_t most, float level) const noexcept
    TUTTI_NONBLOCKING;

  [[nodiscard]] float at(std::size_t channel, std::int64_t frame) const noexcept TUTTI_NONBLOCKING
  {
    return samples_[channel][slotOf(frame)];
  }
  void copy(std::size_t channel, std::int64_t from, std::span<float> to) const noexcept TUTTI_NONBLOCKING;

private:
  [[nodiscard]] std::size_t slotOf(std::int64_t frame) const noexcept TUTTI_NONBLOCKING
  {
    return static_cast<std::size_t>(frame) & mask_;
  }
  void clear(std::int64_t from, std::int64_t to) noexcept TUTTI_NONBLOCKING;

  std::size_t mask_;
  std::vector<std::vector<float>> samples_;
  std::vector<std::uint8_t> isThere_;
  std::int64_t place_ = 0;
};

} // namespace tutti::stream
