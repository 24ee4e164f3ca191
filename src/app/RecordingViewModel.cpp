#include "RecordingViewModel.hpp"

#include "window/Wording.hpp"

namespace tutti::app {

RecordingViewModel::RecordingViewModel(Wishes& wishes, Clock clock)
  : wishes_{wishes}
  , clock_{std::move(clock)}
{}

void RecordingViewModel::show(const jam::JamSnapshot& snapshot)
{
  if (isOn_.tell(snapshot.recordingTo.has_value(), snapshot.at)) emit isOnChanged();
  const auto time = wording::elapsed(snapshot.recorded);
  if (time != time_) {
    time_ = time;
    emit timeChanged();
  }
  const auto folder = QString::fromStdString(snapshot.recordingTo.value_or(std::string{}));
  if (folder == folder_) return;
  folder_ = folder;
  emit folderChanged();
}

void RecordingViewModel::toggle()
{
  isOn_.ask(!isOn(), clock_());
  emit isOnChanged();
  emit wishes_.recordWanted(isOn());
}

} // namespace tutti::app
