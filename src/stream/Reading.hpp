#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/rt/Nonblocking.hpp>

#include "Prediction.hpp"
#include "Shelf.hpp"

namespace tutti::stream {

/// Reads a stream off the shelf without a click, whatever is missing.
///
/// A hole is filled by prediction that fades to silence within 20 ms. Back into what is there, and from one
/// place to another, leads a cross-fade from the prediction.
///
/// Threads: one at a time, also *audio*. Constructed outside.
class Reading {
public:
  static constexpr std::size_t kPast = Prediction::kPast;

  Reading(std::size_t channels, audio::SampleRate rate, std::size_t longest);

  /// The next `frames` from the shelf's place, which moves on by as many.
  void read(Shelf& shelf, std::size_t frames) noexcept TUTTI_NONBLOCKING;

  /// What was read last. Valid until the next call.
  [[nodiscard]] std::span<const float> channel(std::size_t channel) const noexcept TUTTI_NONBLOCKING
  {
    return std::span{played_[channel]}.subspan(kPast, frames_);
  }

  /// The last that was played, as many as prediction listens to.
  [[nodiscard]] std::span<const float> past(std::size_t channel) const noexcept TUTTI_NONBLOCKING
  {
    return std::span{played_[channel]}.subspan(frames_, kPast);
  }
  [[nodiscard]] std::size_t channels() const noexcept TUTTI_NONBLOCKING { return played_.size(); }

  /// The shelf's place was moved: what was played goes on, and fades into what lies there.
  void crossFade(Micros duration) noexcept TUTTI_NONBLOCKING;

  /// Whether all that was played in the last 10 ms (at 48 kHz) is below `level`.
  [[nodiscard]] bool isQuiet(float level) const noexcept TUTTI_NONBLOCKING;

  /// Frames made up so far, for want of the true ones.
  [[nodiscard]] std::uint64_t concealed() const noexcept TUTTI_NONBLOCKING { return concealed_; }
  [[nodiscard]] std::uint64_t gaps() const noexcept TUTTI_NONBLOCKING { return gaps_; }

private:
  enum class State { playing, concealing, fading };

  void conceal(std::size_t count) noexcept TUTTI_NONBLOCKING;
  void take(const Shelf& shelf, std::int64_t from, std::size_t count) noexcept TUTTI_NONBLOCKING;
  void predictFromHere() noexcept TUTTI_NONBLOCKING;
  void keepPast() noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] float envelopeAt(std::size_t age) const noexcept TUTTI_NONBLOCKING;

  audio::SampleRate rate_;
  std::vector<std::vector<float>> played_; // of each channel: the past, then what is being read
  std::vector<Prediction> predictions_;
  std::vector<float> envelope_; // of a prediction, by its age
  State state_ = State::concealing;
  std::size_t frames_ = 0;
  std::size_t age_ = 0; // of the prediction, frames
  std::size_t fade_;    // frames
  std::size_t faded_ = 0;
  std::uint64_t concealed_ = 0;
  std::uint64_t gaps_ = 0;
};

} // namespace tutti::stream
