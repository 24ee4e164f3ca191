#pragma once

#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <vector>

#include <tutti/engine/LanSnapshot.hpp>

#include "ListViewModel.hpp"

namespace tutti::app {

/// Servers of audio streams in the LAN, which of them are used, and what we offer ourselves.
///
/// Threads: gui. Wishes leave as signals; what became of one is in a later snapshot, or in `refuse`.
class StreamsViewModel : public tutti::app::ListViewModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(QStringList offers READ offers NOTIFY changed)
  Q_PROPERTY(QString listeners READ listeners NOTIFY changed)
  Q_PROPERTY(QString problem READ problem NOTIFY changed)
  Q_PROPERTY(QString refusal READ refusal NOTIFY changed)

public:
  enum Role {
    nameRole = Qt::UserRole,
    aboutRole, ///< Its streams, or whether it is near.
    isWantedRole,
    isConnectedRole,
    problemRole
  };

  using ListViewModel::ListViewModel;

  void show(const engine::LanSnapshot& snapshot);
  /// Why the last stream is not offered.
  void refuse(const QString& why);

  [[nodiscard]] int count() const override { return static_cast<int>(rows_.size()); }
  [[nodiscard]] QStringList offers() const { return offers_; }
  [[nodiscard]] QString listeners() const { return listeners_; } ///< Who hears ours, in words.
  [[nodiscard]] QString problem() const { return problem_; }
  [[nodiscard]] QString refusal() const { return refusal_; }
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

  Q_INVOKABLE void use(const QString& server, bool isWanted) { emit useWanted(server, isWanted); }
  Q_INVOKABLE void offer(const QString& name);
  Q_INVOKABLE void withdraw(const QString& name) { emit withdrawWanted(name); }

signals:
  void useWanted(const QString& server, bool isWanted);
  void offerWanted(const QString& name);
  void withdrawWanted(const QString& name);

  void changed();

private:
  struct Row {
    QString name, about, problem;
    bool isWanted = false;
    bool isConnected = false;
    friend bool operator==(const Row&, const Row&) = default;
  };
  static Row rowOf(const engine::LanServerSnapshot& server);

  std::vector<Row> rows_;
  QStringList offers_;
  QString listeners_;
  QString problem_;
  QString refusal_;
};

} // namespace tutti::app
