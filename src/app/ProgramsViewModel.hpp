#pragma once

#include <QtQml/qqmlregistration.h>

#include <vector>

#include <tutti/engine/ProgramsSnapshot.hpp>

#include "ListViewModel.hpp"

namespace tutti::app {

/// The programs that the patch names: what each is doing, and which the musician has not approved.
///
/// Threads: gui. Wishes leave as signals; what became of one is in a later snapshot, or in `refuse`.
class ProgramsViewModel : public tutti::app::ListViewModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(int unapproved READ unapproved NOTIFY changed)
  Q_PROPERTY(QString problem READ problem NOTIFY changed)
  Q_PROPERTY(QString refusal READ refusal NOTIFY changed)

public:
  enum Role {
    nameRole = Qt::UserRole,
    commandRole,   ///< With its arguments.
    stateRole,     ///< "Runs", or why not.
    lastWordsRole, ///< What it printed last; may be empty.
    isRunningRole,
    canStartRole ///< It ended for good, and may be started again by hand.
  };

  using ListViewModel::ListViewModel;

  void show(const engine::ProgramsSnapshot& snapshot);
  /// Why the last program was not added.
  void refuse(const QString& why);

  [[nodiscard]] int count() const override { return static_cast<int>(rows_.size()); }
  [[nodiscard]] int unapproved() const { return unapproved_; } ///< So many wait for a word.
  [[nodiscard]] QString problem() const { return problem_; }
  [[nodiscard]] QString refusal() const { return refusal_; }
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

  Q_INVOKABLE void add(const QString& name, const QString& command);
  Q_INVOKABLE void remove(const QString& name) { emit removeWanted(name); }
  Q_INVOKABLE void again(const QString& name) { emit againWanted(name); }
  Q_INVOKABLE void approve() { emit approveWanted(); }

signals:
  void addWanted(const QString& name, const QString& command);
  void removeWanted(const QString& name);
  void againWanted(const QString& name);
  void approveWanted();

  void changed();

private:
  struct Row {
    QString name, command, state, lastWords;
    bool isRunning = false;
    bool canStart = false;
    friend bool operator==(const Row&, const Row&) = default;
  };
  static Row rowOf(const module::ProcessPicture& program);

  std::vector<Row> rows_;
  int unapproved_ = 0;
  QString problem_;
  QString refusal_;
};

} // namespace tutti::app
