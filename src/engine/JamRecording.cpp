#include <utility>

#include "JamImpl.hpp"

namespace tutti::engine {

Result<void> Jam::Impl::record(const jam::RecordingWish& wish)
{
  stopRecording();
  const std::lock_guard lock{mutex_};
  auto begun = beginRecording(wish);
  recordingProblem_ = begun ? std::string{} : begun.error().detail;
  return begun;
}

Result<void> Jam::Impl::beginRecording(const jam::RecordingWish& wish)
{
  if (!device_)
    return failure(ErrorKind::refused, "There is nothing to record before a sound device is chosen.");
  auto recording = jam::Recording::begin(wish, deviceStatus_.rate);
  if (!recording) return tl::unexpected{recording.error()};
  recording_ = std::move(*recording);
  recordingTo_ = wish.folder ? *wish.folder : *wish.mix;
  desk_.tapMaster(recording_->mix());
  desk_.tapInstrument(recording_->own());
  for (auto& [slot, guest] : guests_) giveTrack(guest);
  return {};
}

void Jam::Impl::giveTrack(Guest& guest)
{
  if (!recording_) return;
  guest.track = recording_->player(guest.name);
  if (guest.track) desk_.tapPlayer(guest.id, guest.track);
}

/// One that has ended by itself is let go; what was wrong with it stays to be read. Whether that is news. Who
/// came among many new ones, and had to wait for a track, is given one.
bool Jam::Impl::attendRecording()
{
  if (!recording_) return false;
  const auto status = recording_->status();
  const bool isNews = std::exchange(recordingProblem_, status.problem) != status.problem;
  if (status.isOver) endRecording();
  for (auto& [slot, guest] : guests_)
    if (!guest.track) giveTrack(guest);
  return isNews;
}

void Jam::Impl::endRecording()
{
  desk_.tapMaster(nullptr);
  desk_.tapInstrument(nullptr);
  for (auto& [slot, guest] : guests_) {
    if (guest.track) desk_.tapPlayer(guest.id, nullptr);
    guest.track.reset();
  }
  recordingTo_.clear();
  // The disk may take its time with the rest
  errands_.doSoon([ended = std::exchange(recording_, nullptr)]() mutable { ended.reset(); });
}

void Jam::Impl::stopRecording()
{
  const std::lock_guard lock{mutex_};
  if (recording_) endRecording();
}

} // namespace tutti::engine
