#include "InvitationDoor.hpp"

#include <QLocalSocket>
#include <QStandardPaths>
#include <QTimer>
#include <utility>

namespace tutti::app {
namespace {

using namespace std::chrono_literals;

constexpr qint64 kLongestLine = 4096; // no invitation is as long
constexpr int kMostVisitors = 4;      // at once
constexpr auto kPatience = 2s;
const QByteArray kTaken = QByteArrayLiteral("taken\n");

} // namespace

InvitationDoor::InvitationDoor(QString path, QObject* parent)
  : QObject{parent}
  , path_{std::move(path)}
{
  server_.setSocketOptions(QLocalServer::UserAccessOption);
  server_.setMaxPendingConnections(kMostVisitors);
  connect(&server_, &QLocalServer::newConnection, this, &InvitationDoor::welcome);
}

QString InvitationDoor::usualPath()
{
  return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + QStringLiteral("/tutti-window");
}

bool InvitationDoor::handOver(const QString& invitation, const QString& path)
{
  const auto patience = static_cast<int>(std::chrono::milliseconds{kPatience}.count());
  QLocalSocket window;
  window.connectToServer(path);
  if (!window.waitForConnected(patience)) return false;
  window.write(invitation.toUtf8() + '\n');
  while (!window.canReadLine())
    if (!window.waitForReadyRead(patience)) return false;
  return window.readLine() == kTaken;
}

bool InvitationDoor::open()
{
  QLocalSocket window; // who listens at a path takes it from whoever does already
  window.connectToServer(path_);
  return !window.waitForConnected() && server_.listen(path_);
}

void InvitationDoor::welcome()
{
  while (auto* const visitor = server_.nextPendingConnection()) {
    visitor->setParent(this);
    visitor->setReadBufferSize(kLongestLine);
    connect(visitor, &QLocalSocket::readyRead, this, [this, visitor] { read(*visitor); });
    connect(visitor, &QLocalSocket::disconnected, visitor, &QObject::deleteLater);
    QTimer::singleShot(kPatience, visitor, [visitor] { visitor->abort(); });
  }
}

void InvitationDoor::read(QLocalSocket& visitor)
{
  if (!visitor.canReadLine()) {
    if (visitor.bytesAvailable() >= kLongestLine) visitor.abort();
    return;
  }
  const auto invitation = QString::fromUtf8(visitor.readLine(kLongestLine)).trimmed();
  visitor.write(kTaken);
  visitor.disconnectFromServer();
  emit invited(invitation);
}

} // namespace tutti::app
