#include "Takes.hpp"

#include <utility>

namespace tutti::engine {

Result<void> Takes::begin(const jam::RecordingWish& wish, audio::SampleRate rate)
{
  auto recording = jam::Recording::begin(wish, rate);
  problem_ = recording ? std::string{} : recording.error().detail;
  if (!recording) return tl::unexpected{recording.error()};
  recording_ = std::move(*recording);
  to_ = wish.folder ? *wish.folder : *wish.mix;
  desk_.tapMaster(recording_->mix());
  desk_.tapInstrument(recording_->own());
  company_.record(recording_);
  return {};
}

std::shared_ptr<jam::Recording> Takes::end()
{
  if (!recording_) return nullptr;
  desk_.tapMaster(nullptr);
  desk_.tapInstrument(nullptr);
  company_.record(nullptr);
  to_.clear();
  return std::exchange(recording_, nullptr);
}

bool Takes::attend()
{
  if (!recording_) return false;
  company_.attendTracks();
  const auto status = recording_->status();
  return std::exchange(problem_, status.problem) != status.problem;
}

bool Takes::isOver() const
{
  return recording_ && recording_->status().isOver;
}

void Takes::show(jam::JamSnapshot& shown) const
{
  shown.recordingProblem = problem_;
  if (!recording_) return;
  shown.recordingTo = to_.string();
  shown.recorded = recording_->status().length;
}

} // namespace tutti::engine
