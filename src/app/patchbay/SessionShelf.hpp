#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

#include <tutti/engine/PatchLibrary.hpp>
#include <tutti/engine/PatchTalk.hpp>
#include <tutti/jam/Desk.hpp>

namespace tutti::app {

/// A session as the window lists it.
struct SessionEntry {
  QString name;
  QString about;      ///< How much is in it, and where it was played.
  QString problem;    ///< Why it cannot be opened; empty: it can.
  QString picture;    ///< SVG.
  qint64 savedAt = 0; ///< ms since 1970
  friend bool operator==(const SessionEntry&, const SessionEntry&) = default;
};

/// The desk's patch has the name of a session from now on; that is no edit.
void callSession(jam::Desk& desk, const std::string& name);

/// Does what is wished of the sessions on disk: lists, opens, saves. Nothing that a file names is started.
///
/// Threads: one at a time; best one of its own, since it waits for the disk. What became of it is a signal.
class SessionShelf : public QObject {
  Q_OBJECT

public:
  /// What is played now. Called on the thread of the shelf.
  struct Playing {
    std::function<engine::PatchAnswer(const std::string& yaml)> load;
    std::function<patch::Snapshot()> save;
    std::function<void(const std::string& name)> call; ///< It has this name from now on.
  };

  SessionShelf(engine::PatchLibrary library, Playing playing);

public slots:
  void list();
  void open(const QString& name);
  void save(const QString& name, bool replaces);
  void rename(const QString& name, const QString& now);
  void remove(const QString& name);
  /// Whether what is played differs from what was opened or saved last.
  void compare();

signals:
  void listed(const QList<tutti::app::SessionEntry>& entries);
  void opened(const QString& name, const QStringList& remarks);
  void saved(const QString& name);
  void renamed(const QString& name, const QString& now);
  void exists(const QString& name); ///< It is not saved: one of this name is there.
  void refused(const QString& why);
  void compared(bool isUnsaved);

private:
  void settle();

  engine::PatchLibrary library_;
  Playing playing_;
  std::optional<patch::Snapshot> kept_;
};

} // namespace tutti::app
