#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <tutti/audio/Resampler.hpp>
#include <tutti/stream/HoldUps.hpp>

#include "ClockFilter.hpp"
#include "Crossing.hpp"
#include "Reading.hpp"
#include "Shelf.hpp"

namespace tutti::stream {

/// The audio thread's side of playout: knows its own clock, and steers what is read to when it is due.
///
/// Threads: *audio*. Constructed outside.
class Playout::Rendering {
public:
  Rendering(Crossing& crossing, Clocks clocks, std::size_t channels);

  void render(std::span<const std::span<float>> output, SampleTime first, HostTime asked,
              HostTime now) noexcept TUTTI_NONBLOCKING;

private:
  enum class Loudness { any, quiet };

  void growShelf() noexcept TUTTI_NONBLOCKING;
  void takeIn() noexcept TUTTI_NONBLOCKING;
  void followDevice(std::int64_t first, double asked, double now, std::size_t frames) noexcept
    TUTTI_NONBLOCKING;
  [[nodiscard]] double duePlace(std::int64_t first) noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] double duePlaceInBeats(std::int64_t first) noexcept TUTTI_NONBLOCKING;
  void begin(double due) noexcept TUTTI_NONBLOCKING;
  void approach(double due) noexcept TUTTI_NONBLOCKING;
  void approachInBeats(double error) noexcept TUTTI_NONBLOCKING;
  void bendTowards(double error) noexcept TUTTI_NONBLOCKING;
  void splice(double frames, double alikeWithin, Micros fade) noexcept TUTTI_NONBLOCKING;
  void hopForward(double ahead) noexcept TUTTI_NONBLOCKING;
  void leap(std::int64_t frames, Micros fade) noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] double senderPeriod() const noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] double ratioTowards(double due, std::size_t frames) noexcept TUTTI_NONBLOCKING;
  void resample(std::span<const std::span<float>> output, double ratio) noexcept TUTTI_NONBLOCKING;
  void report(std::int64_t first) noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] double micros(double frames) const noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] double senderFrames(double micros) const noexcept TUTTI_NONBLOCKING;

  Crossing& crossing_;
  Clocks clocks_;
  std::size_t channels_;
  audio::Resampler resampler_;
  Shelf shortShelf_;
  Shelf* shelf_ = &shortShelf_; // or the long one, once there is one
  Reading reading_;
  ClockFilter own_;
  Guidance guidance_;
  std::uint32_t leapsSeen_ = 0;
  bool hasShelved_ = false;
  bool isPlaying_ = false;
  bool isBroken_ = false;   // the device lost frames: nothing that we do will be heard as a break of ours
  double sinceBreak_ = 1e9; // s
  double playing_ = 0;      // s since it began
  double calmRatio_ = 1;    // without what is steered
  double pace_ = 1;         // that the tempo's changes want of what is under way
  double place_ = 0;        // of the next output frame in the stream, the resampler's latency apart
  std::int64_t expected_ = 0;
  std::int64_t longestBlock_ = 0;
  int shorterBlocks_ = 0;
  double earliness_ = 0; // µs that callbacks may run ahead of their time
  HoldUps holdUps_;      // of callbacks
  Rendered rendered_;
};

} // namespace tutti::stream
