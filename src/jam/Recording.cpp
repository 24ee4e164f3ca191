#include <tutti/jam/Recording.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <tutti/core/Assert.hpp>

#include "FileNames.hpp"
#include "Track.hpp"

namespace tutti::jam {
namespace {

using namespace std::chrono_literals;

constexpr auto kOften = 50ms; // the rings hold many times that
constexpr std::size_t kMostTracks = 128;
constexpr std::uintmax_t kBytesOfFrame = 2 * 3; // stereo, 24 bit
constexpr std::uintmax_t kFull = 1'000'000;
constexpr Micros kOverture = 10s; // who comes so early has not missed much
constexpr time::TokenBucket::Limits kLateNames{.atOnce = 8, .perSecond = 4.0 / 60};

constexpr auto kNearlyFull = "The disk is nearly full: the tracks have ended, the mix goes on.";
constexpr auto kDiskFull = "The disk is full: the recording has ended. What was recorded is kept.";
constexpr auto kOtherRate =
  "The sound device has another rate now: the recording has ended. What was recorded is kept.";
constexpr auto kTooSlow = "The disk is too slow: parts of the recording are silent.";

} // namespace

std::uintmax_t Recording::freeBytesAt(const std::filesystem::path& file)
{
  std::error_code error;
  const auto folder = std::filesystem::absolute(file, error).parent_path();
  const auto space = std::filesystem::space(folder, error);
  return error ? UINTMAX_MAX : space.available; // then writing will tell
}

Result<std::shared_ptr<Recording>> Recording::begin(const RecordingWish& wish, audio::SampleRate rate,
                                                    FreeBytes freeBytes)
{
  TUTTI_ASSERT(wish.folder || wish.mix);
  if (wish.folder) {
    std::error_code error;
    std::filesystem::create_directories(*wish.folder, error);
    if (error)
      return failure(ErrorKind::unavailable, fmt::format("The folder '{}' cannot be made: {}",
                                                         wish.folder->string(), error.message()));
    for (const auto* const file : {"mix.wav", "own.wav"})
      if (std::filesystem::exists(*wish.folder / file, error))
        return failure(
          ErrorKind::refused,
          fmt::format("There is a recording in '{}' already. Take a new folder.", wish.folder->string()));
  }
  std::shared_ptr<Recording> recording{new Recording{wish, rate, std::move(freeBytes)}};
  if (const auto opened = recording->mix_->open(); !opened) return tl::unexpected{opened.error()};
  recording->thread_ = std::thread{[self = recording.get()] { self->run(); }};
  return recording;
}

Recording::Recording(const RecordingWish& wish, audio::SampleRate rate, FreeBytes freeBytes)
  : rate_{rate}
  , freeBytes_{std::move(freeBytes)}
  , folder_{wish.folder}
  , reel_{std::make_shared<Reel>(rate)}
  , mix_{std::make_shared<Track>("mix", wish.mix.value_or(folder_.value_or(".") / "mix.wav"), reel_)}
  , lateNames_{kLateNames, HostTime{}}
{}

Recording::~Recording()
{
  {
    const std::lock_guard lock{mutex_};
    isOver_ = true;
  }
  over_.notify_one();
  if (thread_.joinable()) thread_.join();
}

std::uintmax_t Recording::reserve() const
{
  return 15 * 60 * kBytesOfFrame * static_cast<std::uintmax_t>(rate_.hertz());
}

std::shared_ptr<patch::Module> Recording::mix() const
{
  return mix_;
}

std::shared_ptr<patch::Module> Recording::own()
{
  const std::lock_guard lock{mutex_};
  return add("own");
}

std::shared_ptr<patch::Module> Recording::player(std::string_view name)
{
  const std::lock_guard lock{mutex_};
  for (const auto& track : tracks_) {
    if (track->isInUse() || track->name() != name) continue;
    track->setInUse(true);
    return track;
  }
  return mayBegin() ? add(name) : nullptr;
}

/// A late track has silence from the beginning, and who comes under ever new names must not fill the disk
/// with it. The time is that of the recording.
bool Recording::mayBegin()
{
  const auto passed = rate_.toMicros(audio::FrameCount{reel_->length()});
  return passed < kOverture || lateNames_.tryTake(HostTime{} + passed);
}

std::shared_ptr<patch::Module> Recording::add(std::string_view name)
{
  if (!folder_ || haveTracksEnded_ || tracks_.size() >= kMostTracks) return nullptr;
  const auto isTaken = [&](const std::string& file) {
    const auto folded = foldedName(file);
    return folded == "mix" || std::ranges::any_of(tracks_, [&](const auto& track) {
             return foldedName(track->file().stem().string()) == folded;
           });
  };
  const auto plain = fileNameOf(name);
  auto file = plain;
  for (int number = 2; isTaken(file); ++number) file = fmt::format("{} {}", plain, number);
  tracks_.push_back(std::make_shared<Track>(std::string{name}, *folder_ / (file + ".wav"), reel_));
  return tracks_.back();
}

void Recording::end(const std::shared_ptr<patch::Module>& player)
{
  const std::lock_guard lock{mutex_};
  for (const auto& track : tracks_)
    if (track == player) track->setInUse(false);
}

Recording::Status Recording::status() const
{
  const std::lock_guard lock{mutex_};
  return {rate_.toMicros(audio::FrameCount{reel_->length()}), isMixOver_, problem_};
}

void Recording::run()
{
  bool isBehind = false;
  for (bool isLast = false; !isLast || isBehind;) {
    {
      std::unique_lock lock{mutex_};
      isLast = over_.wait_for(lock, isBehind ? 0ms : kOften, [this] { return isOver_; });
    }
    watchDisk();
    isBehind = write();
  }
  mix_->close();
  for (const auto& track : tracks()) track->close();
}

std::vector<std::shared_ptr<Track>> Recording::tracks() const
{
  const std::lock_guard lock{mutex_};
  return tracks_;
}

/// What has come by now, of the mix before all others. True: there is more to write already.
bool Recording::write()
{
  const auto mixed = mix_->write(Track::kSilenceAtOnce);
  if (!mixed) {
    endTracks(freeBytes_(mix_->file()) < kFull ? kDiskFull : mixed.error().detail);
    const std::lock_guard lock{mutex_};
    isMixOver_ = true;
  }
  const auto all = tracks();
  const auto done = Track::writeRound(all);
  if (!done) endTracks(freeBytes_(all.front()->file()) < kFull ? kNearlyFull : done.error().detail);
  const auto hasLost = [](const auto& track) { return track->hasLost(); };
  if ((hasLost(mix_) || std::ranges::any_of(all, hasLost)) && status().problem.empty()) complain(kTooSlow);
  const auto isBehind = [](const auto& one) { return one && *one == Track::Progress::behind; };
  return isBehind(mixed) || isBehind(done);
}

void Recording::watchDisk()
{
  bool haveTracks = false;
  {
    const std::lock_guard lock{mutex_};
    haveTracks = folder_ && !haveTracksEnded_;
    if (reel_->hasOtherRate() && !isMixOver_) {
      problem_ = kOtherRate;
      isMixOver_ = true;
    }
  }
  if (haveTracks && freeBytes_(mix_->file()) < reserve()) endTracks(kNearlyFull);
}

void Recording::endTracks(const std::string& why)
{
  complain(why);
  {
    const std::lock_guard lock{mutex_};
    haveTracksEnded_ = true;
  }
  for (const auto& track : tracks()) track->close();
}

void Recording::complain(const std::string& sentence)
{
  const std::lock_guard lock{mutex_};
  problem_ = sentence;
}

} // namespace tutti::jam
