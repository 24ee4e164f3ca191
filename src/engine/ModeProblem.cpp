#include "ModeProblem.hpp"

#include <cmath>
#include <fmt/format.h>

#include <tutti/stream/DelayMode.hpp>
#include <tutti/time/Tempo.hpp>

namespace tutti::engine {
namespace {

using stream::DelayMode;

constexpr const char* kMeanwhile = "Until then you hear them as soon as is safe.";

std::string counted(int beats)
{
  return fmt::format("{} beat{}", beats, beats == 1 ? "" : "s");
}

double seconds(Micros duration)
{
  return static_cast<double>(duration.count()) * 1e-6;
}

/// More beats where they are kept in memory, or a slower tempo.
std::string cureForTooFar(int beats, double beat, double needed)
{
  const auto enough = static_cast<int>(std::ceil(needed / beat));
  const bool hasMore = enough <= DelayMode::kMostBeats && enough * beat <= seconds(DelayMode::kLongest);
  const auto slower = std::floor(60 * beats / needed);
  const bool hasSlower = slower >= time::Tempo::kSlowestBpm;
  if (hasMore && hasSlower)
    return fmt::format("choose {}, or a tempo of {:.0f} BPM or less", counted(enough), slower);
  if (hasMore) return fmt::format("choose {}", counted(enough));
  return hasSlower ? fmt::format("play at {:.0f} BPM or less", slower)
                   : std::string{"that is further than beats reach: choose another mode"};
}

std::string tooFar(const std::string& player, int beats, double beat, double needed)
{
  return fmt::format("{} needs {:.2f} s to be heard here, longer than {} at {:.0f} BPM ({:.2f} s): {}. {}",
                     player, needed, counted(beats), 60 / beat, beats * beat,
                     cureForTooFar(beats, beat, needed), kMeanwhile);
}

std::string tooLong(const std::string& player, int beats, double beat)
{
  const double longest = seconds(DelayMode::kLongest);
  const auto most = static_cast<int>(std::floor(longest / beat));
  return fmt::format(
    "{} at {:.0f} BPM are {:.1f} s, but no more than {:.0f} s are kept of {}: choose {}{}, or a "
    "tempo of {:.0f} BPM or more. {}",
    counted(beats), 60 / beat, beats * beat, longest, player, counted(most), most == 1 ? "" : " or fewer",
    std::ceil(60 * beats / longest), kMeanwhile);
}

} // namespace

std::string modeProblem(const std::string& player, int beats, const stream::PlayoutStatistics& playout)
{
  using stream::InBeats;
  const double beat = beats > 0 ? seconds(playout.beats) / beats : 0;
  if (playout.inBeats == InBeats::unknown)
    return fmt::format("How the clock of {} stands to yours is still being measured. {}", player, kMeanwhile);
  if (playout.inBeats == InBeats::tooFar && beat > 0)
    return tooFar(player, beats, beat, seconds(playout.needed) + 0.005);
  if (playout.inBeats == InBeats::tooLong && beat > 0) return tooLong(player, beats, beat);
  return {};
}

} // namespace tutti::engine
