#pragma once

#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <vector>

#include "ListViewModel.hpp"
#include "patchbay/SessionShelf.hpp"

namespace tutti::app {

/// The sessions that a musician keeps: patches by name, which one is open, and whether it is saved.
///
/// Threads: gui. Wishes leave as signals; connect them to a `SessionShelf`, and its signals to the slots.
class SessionsViewModel : public tutti::app::ListViewModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(QString openName READ openName NOTIFY stateChanged)
  Q_PROPERTY(bool isUnsaved READ isUnsaved NOTIFY stateChanged)
  Q_PROPERTY(QString stateText READ stateText NOTIFY stateChanged)
  Q_PROPERTY(QString problem READ problem NOTIFY toldChanged)
  Q_PROPERTY(QStringList remarks READ remarks NOTIFY toldChanged)
  /// A name that is taken: to be replaced, or not.
  Q_PROPERTY(QString takenName READ takenName NOTIFY toldChanged)

public:
  enum Role { nameRole = Qt::UserRole, aboutRole, whenRole, problemRole, pictureRole, isOpenRole };

  using ListViewModel::ListViewModel;

  /// Both ways; the shelf may be on another thread.
  void follow(SessionShelf& shelf);
  /// As the jam calls what it plays.
  void showName(const QString& name);

  [[nodiscard]] int count() const override { return static_cast<int>(entries_.size()); }
  [[nodiscard]] QString openName() const { return openName_; } ///< Empty: none.
  [[nodiscard]] bool isUnsaved() const { return isUnsaved_; }
  [[nodiscard]] QString stateText() const;
  [[nodiscard]] QString problem() const { return problem_; }
  [[nodiscard]] QStringList remarks() const { return remarks_; }
  [[nodiscard]] QString takenName() const { return takenName_; }
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

  Q_INVOKABLE void refresh() { emit listWanted(); }
  Q_INVOKABLE void open(const QString& name);
  Q_INVOKABLE void save();
  Q_INVOKABLE void saveAs(const QString& name);
  Q_INVOKABLE void replace(); ///< What has the taken name.
  Q_INVOKABLE void reopen();  ///< As it was saved last.
  Q_INVOKABLE void rename(const QString& name, const QString& now);
  Q_INVOKABLE void remove(const QString& name);
  Q_INVOKABLE void dismiss(); ///< Problem, remarks and question.

  void showEntries(const QList<tutti::app::SessionEntry>& entries);
  void showOpened(const QString& name, const QStringList& remarks);
  void showSaved(const QString& name);
  void showRenamed(const QString& name, const QString& now);
  void showTaken(const QString& name);
  void showRefused(const QString& why);
  void showUnsaved(bool isUnsaved);

signals:
  void listWanted();
  void openWanted(const QString& name);
  void saveWanted(const QString& name, bool replaces);
  void renameWanted(const QString& name, const QString& now);
  void removeWanted(const QString& name);

  void stateChanged();
  void toldChanged();

private:
  void tell(const QString& problem, const QStringList& remarks, const QString& taken);
  void setOpen(const QString& name, bool isUnsaved);

  std::vector<SessionEntry> entries_;
  QString openName_;
  bool isUnsaved_ = false;
  QString problem_;
  QStringList remarks_;
  QString takenName_;
};

} // namespace tutti::app
