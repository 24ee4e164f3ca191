#pragma once

#include <QLocalServer>
#include <QObject>
#include <QString>

namespace tutti::app {

/// Where a second `tutti tutti://…` hands its invitation to the window that is already open: a musician who
/// clicks a link means the session that runs.
///
/// Only programs of the same user get in, with one line of text each, which is shown and never obeyed.
///
/// Threads: gui.
class InvitationDoor : public QObject {
  Q_OBJECT

public:
  /// `path`: of the socket; another one in tests.
  explicit InvitationDoor(QString path = usualPath(), QObject* parent = nullptr);

  static QString usualPath();
  /// True when an open window has taken it.
  static bool handOver(const QString& invitation, const QString& path = usualPath());

  /// Takes invitations from now on. False where another window does already.
  bool open();

signals:
  void invited(const QString& invitation);

private:
  void welcome();
  void read(QLocalSocket& visitor);

  QString path_;
  QLocalServer server_;
};

} // namespace tutti::app
