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
  showFolder(QString::fromStdString(snapshot.recordingTo.value_or(std::string{})));
  showProblem(QString::fromStdString(snapshot.recordingProblem));
}

void RecordingViewModel::showFolder(const QString& folder)
{
  if (folder == folder_) return;
  if (folder.isEmpty()) setNotice(tr("The recording is in %1").arg(folder_));
  folder_ = folder;
  emit folderChanged();
}

void RecordingViewModel::showProblem(const QString& problem)
{
  if (problem == problem_) return;
  problem_ = problem;
  if (!problem.isEmpty()) setNotice(problem);
}

void RecordingViewModel::setNotice(const QString& notice)
{
  if (notice == notice_) return;
  notice_ = notice;
  emit noticeChanged();
}

void RecordingViewModel::toggle()
{
  problem_.clear(); // if it is still so, it is said again
  setNotice({});
  isOn_.ask(!isOn(), clock_());
  emit isOnChanged();
  emit wishes_.recordWanted(isOn());
}

} // namespace tutti::app
