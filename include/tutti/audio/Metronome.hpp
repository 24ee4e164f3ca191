#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <tutti/audio/ClickVoice.hpp>
#include <tutti/rt/Latest.hpp>
#include <tutti/rt/Nonblocking.hpp>
#include <tutti/time/BeatGrid.hpp>

namespace tutti::audio {

/// What a musician wants to hear of the beat.
struct MetronomeSettings {
  enum class Sounds : std::uint8_t { whilePlaying, always };
  enum class CountIn : std::uint8_t { audible, silent };

  static constexpr std::size_t kMostBeats = 64; // the longest quantum

  /// The downbeat strong, all others normal.
  static constexpr std::array<Stress, kMostBeats> plainAccents()
  {
    std::array<Stress, kMostBeats> accents{};
    accents.fill(Stress::normal);
    accents.front() = Stress::strong;
    return accents;
  }

  Gain level = Gain::ofFactor(0.5F);
  Sounds sounds = Sounds::whilePlaying;
  CountIn countIn = CountIn::audible; ///< Beats before beat zero while playing.
  /// For each beat of the bar, so 7/8 as 2+2+3 is strong, normal, soft, normal, soft, normal, normal, or as
  /// you like it. How long the bar is says the beat grid's quantum.
  std::array<Stress, kMostBeats> accents = plainAccents();
};

/// Clicks on the shared timeline: on the sample that is heard nearest to the beat.
///
/// It asks the beat grid anew for each block, so it follows every tempo change from where it is: no beat is
/// doubled or left out when the tempo, the block size or the estimate of the block's time changes. A click
/// that has begun is played to its end, also after a stop.
///
/// Threads: `render` *audio*; `set` from one thread at a time, *any*.
class Metronome {
public:
  void set(const MetronomeSettings& settings) noexcept { settings_.write(settings); }

  /// Fills `block`, whose first frame is heard at `audible`.
  void render(std::span<float> block, const time::BeatGrid& grid, HostTime audible, SampleRate rate) noexcept
    TUTTI_NONBLOCKING;

private:
  void findPlace(const time::BeatGrid& grid, time::Beats now) noexcept TUTTI_NONBLOCKING;
  void beginClicks(std::span<float> block, const time::BeatGrid& grid, HostTime audible,
                   SampleRate rate) noexcept TUTTI_NONBLOCKING;
  void click(std::span<float> rest, const time::BeatGrid& grid, SampleRate rate) noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] bool isTooSoon(std::size_t frame, const time::BeatGrid& grid, SampleRate rate) const noexcept
    TUTTI_NONBLOCKING;

  rt::Latest<MetronomeSettings> settings_; // both
  std::array<ClickVoice, 4> voices_;       // audio: at 999 bpm a click may ring while three more begin
  bool hasPlace_ = false;                  // audio
  time::Beats next_;                       // audio: the next beat to click on
  std::int64_t sinceClick_ = kNever;       // audio: frames from the last onset to this block
  static constexpr std::int64_t kNever = std::int64_t{1} << 40U;
};

} // namespace tutti::audio
