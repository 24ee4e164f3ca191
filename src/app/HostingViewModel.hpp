#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <optional>

#include <tutti/room/Knock.hpp>
#include <tutti/serve/Reach.hpp>

#include "window/Wishes.hpp"

namespace tutti::app {

/// Whether friends elsewhere get into a room that is hosted here, what to do where they do not, and the
/// server that tries it.
///
/// Threads: gui. Wishes leave as signals of `Wishes`; what is shown comes back with a snapshot.
class HostingViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the band hands it out")
  Q_PROPERTY(State state READ state NOTIFY reachChanged)
  Q_PROPERTY(QString text READ text NOTIFY reachChanged)
  Q_PROPERTY(QString cure READ cure NOTIFY reachChanged)
  Q_PROPERTY(QString knownServer READ knownServer NOTIFY knownServerChanged)

public:
  enum State { Elsewhere, Asking, Open, Closed }; // NOLINT(readability-identifier-naming): QML wants capitals
  Q_ENUM(State)

  explicit HostingViewModel(Wishes& wishes)
    : wishes_{wishes}
  {}

  /// Nothing: the room is not hosted here.
  void show(const std::optional<serve::Reach>& reach);
  void showServer(const std::optional<room::ServerAddress>& server);

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] QString text() const { return text_; } ///< Empty where there is nothing to say.
  [[nodiscard]] QString cure() const { return cure_; } ///< What to do, where it is closed.
  [[nodiscard]] QString knownServer() const { return knownServer_; }

  /// What is wrong with it, in a sentence; empty when nothing is. An empty one is none.
  Q_INVOKABLE static QString complaintAboutServer(const QString& address);
  Q_INVOKABLE void useServer(const QString& address);

signals:
  void reachChanged();
  void knownServerChanged();

private:
  Wishes& wishes_;
  std::optional<serve::Reach> reach_;
  State state_ = Elsewhere;
  QString text_, cure_, knownServer_;
};

} // namespace tutti::app
