#include "RoomViewModel.hpp"

#include <QClipboard>
#include <QGuiApplication>

#include <tutti/room/Invitation.hpp>

namespace tutti::app {

RoomViewModel::RoomViewModel(Wishes& wishes, Clock clock)
  : wishes_{wishes}
  , clock_{std::move(clock)}
{}

void RoomViewModel::show(const jam::RoomSnapshot& room, HostTime at)
{
  if (isLocked_.tell(room.isLocked, at)) emit isLockedChanged();
  auto now = shownOf(room);
  if (now == shown_) return;
  shown_ = std::move(now);
  emit changed();
}

RoomViewModel::Shown RoomViewModel::shownOf(const jam::RoomSnapshot& room)
{
  const auto stateOf = [](jam::RoomState state) {
    switch (state) {
    case jam::RoomState::none:
      return None;
    case jam::RoomState::joining:
      return Joining;
    case jam::RoomState::joined:
      return Joined;
    case jam::RoomState::lost:
      return Lost;
    }
    return None;
  };
  return {.state = stateOf(room.state),
          .name = room.isAlone ? tr("You and Echo") : QString::fromStdString(room.name),
          .invitation = QString::fromStdString(room.invitation),
          .problem = QString::fromStdString(room.problem),
          .proposedPassword = QString::fromStdString(room.proposedPassword),
          .isHostedHere = room.isHostedHere,
          .areWeHost = room.areWeHost,
          .kind = room.isAlone    ? Alone
                  : room.isPublic ? Public
                                  : Sealed,
          .question = room.asksPassword   ? Password
                      : room.hasOtherHost ? OtherHost
                                          : NoQuestion};
}

QString RoomViewModel::complaintAboutHosting(const QString& name, const QString& password)
{
  if (name.trimmed().isEmpty()) return tr("The room needs a name");
  if (!password.isEmpty() && password.size() < kShortestPassword)
    return tr("A password has at least %n characters", nullptr, kShortestPassword);
  return {};
}

QString RoomViewModel::complaintAboutInvitation(const QString& invitation)
{
  const auto text = invitation.trimmed();
  if (text.isEmpty()) return tr("Paste the invitation that the host sent you");
  if (!text.startsWith(QStringLiteral("tutti://"), Qt::CaseInsensitive))
    return tr("An invitation begins with tutti://");
  return {};
}

QString RoomViewModel::roomOf(const QString& invitation)
{
  const auto parsed = room::Invitation::parse(invitation.toStdString());
  return parsed ? QString::fromStdString(parsed->room) : QString{};
}

QString RoomViewModel::hostOf(const QString& invitation)
{
  const auto parsed = room::Invitation::parse(invitation.toStdString());
  return parsed ? QString::fromStdString(parsed->host) : QString{};
}

void RoomViewModel::host(const QString& name, const QString& password, bool isPublic)
{
  if (complaintAboutHosting(name, password).isEmpty())
    emit wishes_.hostWanted(name.trimmed(), password, isPublic);
}

void RoomViewModel::proposeOther()
{
  emit wishes_.otherPasswordWanted();
}

void RoomViewModel::join(const QString& invitation, const QString& password)
{
  if (complaintAboutInvitation(invitation).isEmpty()) emit wishes_.joinWanted(invitation.trimmed(), password);
}

void RoomViewModel::joinAnyway()
{
  emit wishes_.joinAnywayWanted(invitation());
}

void RoomViewModel::forget(const QString& invitation)
{
  emit wishes_.forgetRoomWanted(invitation);
}

void RoomViewModel::playAlone()
{
  emit wishes_.aloneWanted();
}

void RoomViewModel::leave()
{
  emit wishes_.leaveWanted();
}

void RoomViewModel::toggleLock()
{
  isLocked_.ask(!isLocked(), clock_());
  emit isLockedChanged();
  emit wishes_.lockWanted(isLocked());
}

void RoomViewModel::copyInvitation() const
{
  QGuiApplication::clipboard()->setText(invitation());
}

} // namespace tutti::app
