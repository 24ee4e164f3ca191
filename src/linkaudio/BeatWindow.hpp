#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <tutti/core/NodeId.hpp>
#include <tutti/rt/Nonblocking.hpp>

#include "BeatMath.hpp"

namespace tutti::linkaudio {

/// The last seconds of a channel: frames, and which beat of which session each of them belongs to.
///
/// Sorted by the sender's numbers. Of two that claim one beat the newer is right: from where it begins, all
/// that is older is void.
///
/// Threads: one at a time, also *audio*. Constructed outside.
class BeatWindow {
public:
  /// A short run of frames of one chunk.
  struct Piece {
    static constexpr std::size_t kFrames = 64;

    std::uint64_t sequence = 0;
    std::int64_t first = 0;
    time::Beats begin;
    double microsPerBeat = 500'000;
    NodeId session;
    std::uint32_t frames = 0;
    std::array<std::int16_t, kFrames * 2> samples{};
  };

  /// Frames without a hole that one beat and one tempo say all about.
  struct Run {
    std::uint64_t sequence = 0; // of the newest piece in it
    std::int64_t first = 0;
    std::int64_t end = 0;
    time::Beats begin;
    double microsPerBeat = 500'000;
    NodeId session;
  };

  /// A place in it, between two frames.
  struct Place {
    std::size_t run = 0;
    double frame = 0;
  };

  BeatWindow(std::size_t channels, audio::SampleRate rate);

  void put(const Piece& piece) noexcept TUTTI_NONBLOCKING;

  [[nodiscard]] std::size_t size() const noexcept TUTTI_NONBLOCKING { return count_; }
  [[nodiscard]] const Run& run(std::size_t index) const noexcept TUTTI_NONBLOCKING
  {
    return runs_[(begin_ + index) & (runs_.size() - 1)];
  }

  /// Where a beat is, if it is there. What ends at `spent` or before does not count.
  [[nodiscard]] std::optional<Place> find(const NodeId& session, time::Beats beat,
                                          std::int64_t spent) const noexcept TUTTI_NONBLOCKING;
  /// The first beat from `beat` on at which there is something again.
  [[nodiscard]] std::optional<time::Beats> nextBegin(const NodeId& session, time::Beats beat,
                                                     std::int64_t spent) const noexcept TUTTI_NONBLOCKING;
  /// Which run a frame is in; none if it is not there any more.
  [[nodiscard]] std::optional<std::size_t> runOf(double frame) const noexcept TUTTI_NONBLOCKING;

  [[nodiscard]] double microBeatsEach(const Run& run) const noexcept TUTTI_NONBLOCKING
  {
    return microBeatsPerFrame(rate_, run.microsPerBeat);
  }
  [[nodiscard]] time::Beats endOf(const Run& run) const noexcept TUTTI_NONBLOCKING
  {
    return later(run.begin, static_cast<double>(run.end - run.first) * microBeatsEach(run));
  }
  [[nodiscard]] time::Beats beatOf(const Place& place) const noexcept TUTTI_NONBLOCKING
  {
    const auto& in = run(place.run);
    return later(in.begin, (place.frame - static_cast<double>(in.first)) * microBeatsEach(in));
  }

  /// How far the next run's beginning is from the end of this one, in seconds: 0 where the sound goes on.
  [[nodiscard]] double stepAfter(std::size_t index) const noexcept TUTTI_NONBLOCKING;
  /// Whether the next run goes on where this one ends, in frames and in beats.
  [[nodiscard]] bool goesOn(std::size_t index) const noexcept TUTTI_NONBLOCKING;

  /// Frames from `from` on as they sound around this run; silence beyond what hangs together with it.
  void copy(std::size_t index, std::int64_t from, std::size_t channel, std::span<float> to) const noexcept
    TUTTI_NONBLOCKING;

  static constexpr double kWander = 1e-3; // s; how far stamps may be from what was counted on

private:
  [[nodiscard]] Run& at(std::size_t index) noexcept TUTTI_NONBLOCKING
  {
    return runs_[(begin_ + index) & (runs_.size() - 1)];
  }
  [[nodiscard]] bool continues(const Run& run, const Piece& piece) const noexcept TUTTI_NONBLOCKING;
  void insert(std::size_t index, const Piece& piece) noexcept TUTTI_NONBLOCKING;
  void keep(const Piece& piece) noexcept TUTTI_NONBLOCKING;

  audio::SampleRate rate_;
  std::size_t channels_;
  std::size_t mask_;
  std::vector<std::int16_t> samples_; // frame by frame
  std::vector<Run> runs_;             // a ring
  std::size_t begin_ = 0;
  std::size_t count_ = 0;
  std::int64_t newest_ = 0; // the end of what was kept
};

} // namespace tutti::linkaudio
