#include <tutti/audio/Metronome.hpp>

#include <algorithm>

#include <tutti/time/Rounding.hpp>

#include "ClickPlaces.hpp"

namespace tutti::audio {
namespace {

using time::Beats;

// While the session's clock is being agreed on, the grid moves a little. Within these bounds it is the same
// beat.
constexpr auto kStillOnTime = Beats::fromMicroBeats(125'000);
constexpr auto kFarAhead = Beats::fromMicroBeats(1'500'000);
constexpr double kTooSoonBeats = 0.2;
constexpr Micros kTooSoon{10'000}; // a quarter of a click's length: four voices are enough for any tempo
constexpr int kMostClicksInBlock = 16;

std::int64_t frameOf(HostTime at, HostTime blockBegins, SampleRate rate) noexcept TUTTI_NONBLOCKING
{
  const Micros distance{time::saturatingDifference(microsOf(at), microsOf(blockBegins))};
  return time::rounded(rate.toFrames(distance));
}

} // namespace

void Metronome::render(std::span<float> block, const time::BeatGrid& grid, HostTime audible,
                       SampleRate rate) noexcept TUTTI_NONBLOCKING
{
  std::fill(block.begin(), block.end(), 0.0F);
  for (auto& voice : voices_) voice.addTo(block);
  const bool isWanted = grid.isPlaying() || settings_.read().sounds == MetronomeSettings::Sounds::always;
  if (isWanted) {
    findPlace(grid, grid.beatAt(audible));
    beginClicks(block, grid, audible, rate);
  } else {
    hasPlace_ = false;
  }
  sinceClick_ = std::min(kNever, sinceClick_ + static_cast<std::int64_t>(block.size()));
}

/// Keeps its place as long as the grid moves steadily; after a leap it looks for the nearest one ahead.
void Metronome::findPlace(const time::BeatGrid& grid, Beats now) noexcept TUTTI_NONBLOCKING
{
  const auto ahead = next_ - now;
  const bool isSteady = hasPlace_ && ahead >= -kStillOnTime && ahead <= kFarAhead &&
                        firstClickFrom(next_, grid.quantum()) == next_;
  if (!isSteady) next_ = firstClickFrom(now, grid.quantum());
  hasPlace_ = true;
}

void Metronome::beginClicks(std::span<float> block, const time::BeatGrid& grid, HostTime audible,
                            SampleRate rate) noexcept TUTTI_NONBLOCKING
{
  for (int clicks = 0; clicks < kMostClicksInBlock; ++clicks) {
    const auto frame = frameOf(grid.timeAt(next_), audible, rate);
    if (frame >= static_cast<std::int64_t>(block.size())) return;
    const auto onset = static_cast<std::size_t>(std::max(frame, std::int64_t{0}));
    if (!isTooSoon(onset, grid, rate)) {
      click(block.subspan(onset), grid, rate);
      sinceClick_ = -static_cast<std::int64_t>(onset);
    }
    next_ = clickAfter(next_, grid.quantum());
  }
}

/// The same beat once more, after the grid was moved.
bool Metronome::isTooSoon(std::size_t frame, const time::BeatGrid& grid, SampleRate rate) const noexcept
  TUTTI_NONBLOCKING
{
  const double beat = rate.toFrames(Micros{grid.tempo().microsPerBeat()});
  const auto distance = static_cast<double>(sinceClick_ + static_cast<std::int64_t>(frame));
  return distance < std::max(kTooSoonBeats * beat, rate.toFrames(kTooSoon));
}

void Metronome::click(std::span<float> rest, const time::BeatGrid& grid, SampleRate rate) noexcept
  TUTTI_NONBLOCKING
{
  const auto& settings = settings_.read();
  if (next_ < Beats{} && settings.countIn == MetronomeSettings::CountIn::silent && grid.isPlaying()) return;
  const auto place = std::min(placeInBar(next_, grid.quantum()), settings.accents.size() - 1);
  auto& voice = *std::min_element(voices_.begin(), voices_.end(),
                                  [](const auto& a, const auto& b) { return a.remaining() < b.remaining(); });
  voice.start(settings.accents[place], settings.level, rate);
  voice.addTo(rest);
}

} // namespace tutti::audio
