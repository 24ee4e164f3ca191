#include "OwnViewModel.hpp"

namespace tutti::app {

OwnViewModel::OwnViewModel(Wishes& wishes, Clock clock)
  : wishes_{wishes}
  , clock_{std::move(clock)}
  , strip_{jam::StripId::own(), wishes, clock_}
{}

void OwnViewModel::show(const jam::OwnSnapshot& own, HostTime at)
{
  const auto name = QString::fromStdString(own.name);
  strip_.showOwner(name.isEmpty() ? tr("You") : name, QString::fromStdString(own.instrument),
                   static_cast<int>(own.colour));
  strip_.show(own.strip, at);
  if (isMonitoring_.tell(own.isMonitoring, at)) emit isMonitoringChanged();
  if (isMutedToRoom_.tell(own.isMutedToRoom, at)) emit isMutedToRoomChanged();
  if (isTalking_.tell(own.isTalking, at)) emit isTalkingChanged();
  if (isUnknown_ == name.isEmpty()) return;
  isUnknown_ = name.isEmpty();
  emit isUnknownChanged();
}

void OwnViewModel::toggleMonitor()
{
  isMonitoring_.ask(!isMonitoring(), clock_());
  emit isMonitoringChanged();
  emit wishes_.monitorWanted(isMonitoring());
}

void OwnViewModel::toggleMutedToRoom()
{
  isMutedToRoom_.ask(!isMutedToRoom(), clock_());
  emit isMutedToRoomChanged();
  emit wishes_.muteToRoomWanted(isMutedToRoom());
}

void OwnViewModel::talk(bool isWanted)
{
  if (!isTalking_.ask(isWanted, clock_())) return;
  emit isTalkingChanged();
  emit wishes_.talkWanted(isWanted);
}

void OwnViewModel::introduce(const QString& name, const QString& instrument)
{
  if (name.trimmed().isEmpty()) return;
  emit wishes_.introduced(name.trimmed(), instrument.trimmed());
}

} // namespace tutti::app
