#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include <tutti/rt/Latest.hpp>
#include <tutti/rt/SpscRing.hpp>

#include "BeatWindow.hpp"
#include "Varispeed.hpp"
#include "Voice.hpp"

namespace tutti::linkaudio {

/// Each frame exactly so many beats after the one it is dated with.
///
/// A head reads through the window of what has come, at the speed that the tempo there and the tempo here
/// make of the two rates: a change of either moves it at once. What is left over, as stamps wander and
/// devices drift, a slow loop takes back. A head that is far off is let go, and another one takes over where
/// it should have been.
///
/// Threads: as `Voice`.
class Source::BeatVoice final : public Voice {
public:
  BeatVoice(const Kind& kind, int beats);

  void receive(std::span<const PlacedChunk> chunks, HostTime arrived, HostTime now) override;
  void setBeats(int beats) override { beats_.store(beats, std::memory_order_relaxed); }
  [[nodiscard]] Report report(std::int64_t newest) override;

  void render(std::span<const std::span<float>> output, const Moment& moment) noexcept
    TUTTI_NONBLOCKING override;
  [[nodiscard]] bool isSounding() const noexcept TUTTI_NONBLOCKING override { return isSounding_; }

private:
  /// What reads: it rises, sounds, and is let go.
  struct Head {
    double place = 0; // in the sender's frames
    double speed = 1; // of one that was let go
    double gain = 0;
    double rise = 0; // of the gain, in a frame of ours; below zero once it was let go
  };
  /// How the beats lie in the block that is being rendered.
  struct Block {
    NodeId session;
    time::Beats begin; // to be heard at its first frame
    double each = 1;   // µ-beats of a frame of ours
    std::size_t frames = 0;
    double seconds = 0;
    std::span<const std::span<float>> output;
  };
  /// What the head reads until something else is the case.
  struct Course {
    std::size_t run = 0;
    double speed = 1;
    double end = 0;    // frame
    double silent = 0; // frame from which there is nothing
    enum class Then : std::uint8_t { goOn, takeOver, pause } then = Then::pause;
  };

  [[nodiscard]] bool haveBeatsMoved(const Moment& moment) const noexcept TUTTI_NONBLOCKING;
  void takeIn() noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] Block blockOf(std::span<const std::span<float>> output, const Moment& moment) const noexcept
    TUTTI_NONBLOCKING;
  void steer(const Block& block, bool hasMoved) noexcept TUTTI_NONBLOCKING;
  void correct(double late, const Block& block) noexcept TUTTI_NONBLOCKING;
  void play(const Block& block) noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] std::size_t waitForSound(const Block& block, std::size_t done) noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] Course courseOf(std::size_t run, const Block& block) const noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] double silenceFrom(const Head& head, const Course& course, const Block& block) const noexcept
    TUTTI_NONBLOCKING;
  void turn(const Course& course, const Block& block, std::size_t done) noexcept TUTTI_NONBLOCKING;
  void begin(double place, double fade) noexcept TUTTI_NONBLOCKING;
  void letGo(double fade, const Block& block, std::size_t done) noexcept TUTTI_NONBLOCKING;
  void sound(Head& head, const Course& course, const Block& block, std::size_t done,
             std::size_t frames) noexcept TUTTI_NONBLOCKING;
  void soundLeaving(Head& head, const Block& block, std::size_t done) noexcept TUTTI_NONBLOCKING;
  void mix(Head& head, const Course& course, const Block& block, std::size_t done,
           std::size_t frames) noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] double speedIn(std::size_t run, const Block& block) const noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] double gainStep(double seconds) const noexcept TUTTI_NONBLOCKING;
  void tell(const Block& block) noexcept TUTTI_NONBLOCKING;

  /// What the audio thread tells back.
  struct Heard {
    std::uint64_t played = 0;
    std::uint64_t late = 0;
    std::uint64_t concealed = 0;
    std::uint64_t gaps = 0;
    std::uint64_t leaps = 0;
    double lag = 0; // µ-beats
    bool isSounding = false;
  };

  static constexpr double kEdge = 2e-3;       // s; fades beside a gap
  static constexpr std::size_t kPieces = 512; // 0.7 s at 48 kHz, 0.17 s at 192 kHz between two blocks
  static constexpr std::size_t kMostFrames = 4096;
  static constexpr std::size_t kMostLeaving = 4;

  rt::SpscRing<BeatWindow::Piece> pieces_{kPieces}; // net to audio
  rt::Latest<Heard> heard_;                         // audio to net
  std::atomic<int> beats_;                          // both
  BeatWindow::Piece piece_;                         // net

  BeatWindow window_; // audio, and all below
  Varispeed varispeed_;
  SessionGrid grid_; // of the last block
  int heardBeats_ = 0;
  time::Beats last_; // what the last block ended with
  Head head_;
  bool isSounding_ = false;
  bool hasSounded_ = false;
  double silence_ = 0;             // s since it sounded
  double stranded_ = 0;            // s that the head has read what is not due
  double bend_ = 0;                // of the speed, by the loop
  double drift_ = 0;               // … of it what lasts
  std::int64_t spent_ = INT64_MIN; // frames before it have had their time
  std::array<Head, kMostLeaving> leaving_{};
  std::size_t leavingCount_ = 0;
  std::array<std::array<float, kMostFrames>, 2> frames_{};
  Heard told_;
};

} // namespace tutti::linkaudio
