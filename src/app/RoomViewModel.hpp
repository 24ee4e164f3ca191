#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "window/Asked.hpp"
#include "window/Clock.hpp"
#include "window/Wishes.hpp"

namespace tutti::app {

/// The room that we are in, or on the way to, or have lost; and how to get into one.
///
/// Threads: gui. Wishes leave as signals of `Wishes`; what is shown comes back with a snapshot.
class RoomViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the band hands it out")
  Q_PROPERTY(State state READ state NOTIFY changed)
  Q_PROPERTY(QString name READ name NOTIFY changed)
  Q_PROPERTY(QString invitation READ invitation NOTIFY changed)
  Q_PROPERTY(QString problem READ problem NOTIFY changed)
  Q_PROPERTY(bool isHostedHere READ isHostedHere NOTIFY changed)
  Q_PROPERTY(bool areWeHost READ areWeHost NOTIFY changed)
  Q_PROPERTY(Kind kind READ kind NOTIFY changed)
  Q_PROPERTY(Question question READ question NOTIFY changed)
  Q_PROPERTY(QString proposedPassword READ proposedPassword NOTIFY changed)
  Q_PROPERTY(bool isLocked READ isLocked NOTIFY isLockedChanged)

public:
  enum State { None, Joining, Joined, Lost }; // NOLINT(readability-identifier-naming): QML wants capitals
  Q_ENUM(State)
  /// What has to be answered before the room of this name and invitation can be joined.
  enum Question { NoQuestion, Password, OtherHost }; // NOLINT(readability-identifier-naming)
  Q_ENUM(Question)
  enum Kind { Sealed, Public, Alone }; // NOLINT(readability-identifier-naming)
  Q_ENUM(Kind)

  static constexpr int kShortestPassword = 12;

  RoomViewModel(Wishes& wishes, Clock clock);

  void show(const jam::RoomSnapshot& room, HostTime at);

  [[nodiscard]] State state() const { return shown_.state; }
  [[nodiscard]] QString name() const { return shown_.name; }
  [[nodiscard]] QString invitation() const { return shown_.invitation; }
  [[nodiscard]] QString problem() const { return shown_.problem; }
  [[nodiscard]] bool isHostedHere() const { return shown_.isHostedHere; }
  [[nodiscard]] bool areWeHost() const { return shown_.areWeHost; }
  [[nodiscard]] Kind kind() const { return shown_.kind; } ///< Who could listen: members, a server, nobody.
  [[nodiscard]] Question question() const { return shown_.question; }
  [[nodiscard]] QString proposedPassword() const { return shown_.proposedPassword; }
  [[nodiscard]] bool isLocked() const { return isLocked_.value(); }

  /// What is wrong with these, in a sentence; empty when nothing is. An empty password is none.
  Q_INVOKABLE static QString complaintAboutHosting(const QString& name, const QString& password);
  Q_INVOKABLE static QString complaintAboutInvitation(const QString& invitation);

  /// What an invitation says; empty where it says nothing.
  Q_INVOKABLE static QString roomOf(const QString& invitation);
  Q_INVOKABLE static QString hostOf(const QString& invitation);

  /// A link was opened outside: asks whether to join, and does not join by itself.
  void bring(const QString& invitation) { emit invited(invitation); }

  Q_INVOKABLE void host(const QString& name, const QString& password, bool isPublic);
  Q_INVOKABLE void proposeOther();
  Q_INVOKABLE void join(const QString& invitation, const QString& password);
  /// Yes, that other computer may host it.
  Q_INVOKABLE void joinAnyway();
  Q_INVOKABLE void forget(const QString& invitation);
  /// With an echo of ourselves.
  Q_INVOKABLE void playAlone();
  Q_INVOKABLE void leave();
  Q_INVOKABLE void toggleLock();
  /// Onto the clipboard.
  Q_INVOKABLE void copyInvitation() const;

signals:
  void changed();
  void isLockedChanged();
  void invited(const QString& link);

private:
  struct Shown {
    State state = None;
    QString name, invitation, problem, proposedPassword;
    bool isHostedHere = false;
    bool areWeHost = false;
    Kind kind = Sealed;
    Question question = NoQuestion;
    friend bool operator==(const Shown&, const Shown&) = default;
  };
  static Shown shownOf(const jam::RoomSnapshot& room);

  Wishes& wishes_;
  Clock clock_;
  Shown shown_;
  Asked<bool> isLocked_{false};
};

} // namespace tutti::app
