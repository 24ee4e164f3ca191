#pragma once

#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <tutti/engine/Jam.hpp>

#include "SitesViewModel.hpp"
#include "window/Asked.hpp"
#include "window/Clock.hpp"
#include "window/PhaseSeries.hpp"
#include "window/Wishes.hpp"

namespace tutti::app {

/// The switch "Bridge Link", how tightly the sites are on one beat, and what to do when it is poor. The
/// points are the phase errors of the last two minutes.
///
/// Threads: gui. Wishes leave as signals of `Wishes`; what is shown comes back with a snapshot.
class BridgeViewModel : public tutti::app::PhaseSeries { // its full name: QML types are registered by it
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the band hands it out")
  Q_PROPERTY(State state READ state NOTIFY changed)
  Q_PROPERTY(bool isOn READ isOn NOTIFY isOnChanged)
  Q_PROPERTY(bool mayChangeTempo READ mayChangeTempo NOTIFY rightsChanged)
  Q_PROPERTY(bool mayStartAndStop READ mayStartAndStop NOTIFY rightsChanged)
  Q_PROPERTY(QString peersText READ peersText NOTIFY changed)
  Q_PROPERTY(QString verdict READ verdict NOTIFY changed)
  Q_PROPERTY(bool isPoor READ isPoor NOTIFY changed)
  Q_PROPERTY(QString detail READ detail NOTIFY changed)
  Q_PROPERTY(QString advice READ advice NOTIFY changed)
  Q_PROPERTY(QStringList lately READ lately NOTIFY changed)
  Q_PROPERTY(tutti::app::SitesViewModel* sites READ sites CONSTANT)

public:
  enum State { NoRoom, Echo, Off, OneSite, Bridged }; // NOLINT(readability-identifier-naming)
  Q_ENUM(State)

  BridgeViewModel(Wishes& wishes, Clock clock);

  void show(const jam::RoomSnapshot& room);
  void show(const engine::BridgeStatus& bridge, HostTime at);
  /// Whether our own Link peer is on: without it the programs here are left out.
  void showLink(bool isOn);

  [[nodiscard]] State state() const { return words_.state; }
  [[nodiscard]] bool isOn() const { return isOn_.value(); }
  /// What the Link programs here may do for everybody; what they may not is put back.
  [[nodiscard]] bool mayChangeTempo() const { return rights_.value().mayChangeTempo; }
  [[nodiscard]] bool mayStartAndStop() const { return rights_.value().mayStartAndStop; }
  [[nodiscard]] QString peersText() const { return words_.peers; }
  [[nodiscard]] QString verdict() const { return words_.verdict; } ///< "Tight: within 120 µs"
  [[nodiscard]] bool isPoor() const { return words_.isPoor; }      ///< The verdict is nothing to play with.
  [[nodiscard]] QString detail() const { return words_.detail; }   ///< Where that figure comes from.
  /// What to do when it is poor; empty while nothing is to be done.
  [[nodiscard]] QString advice() const { return words_.advice; }
  /// What happened, the newest first: a few sentences.
  [[nodiscard]] QStringList lately() const { return words_.lately; }
  [[nodiscard]] SitesViewModel* sites() { return &sites_; }

  Q_INVOKABLE void toggle();
  Q_INVOKABLE void toggleTempo();
  Q_INVOKABLE void toggleStartAndStop();

signals:
  void isOnChanged();
  void rightsChanged();
  void happened(const QString& sentence);

private:
  struct Words {
    State state = NoRoom;
    bool isPoor = false;
    QString peers, verdict, detail, advice;
    QStringList lately;
    friend bool operator==(const Words&, const Words&) = default;
  };
  [[nodiscard]] State stateNow() const;
  [[nodiscard]] Words wordsNow() const;
  [[nodiscard]] QString verdictNow() const;
  void askRights(const bridge::Rights& wanted);
  void tell(bool hasMoved);
  void tellNews();

  Wishes& wishes_;
  Clock clock_;
  Asked<bool> isOn_{false};
  Asked<bridge::Rights> rights_;
  bool isInRoom_ = false;
  bool isEcho_ = false;
  bool isLinkOn_ = true;
  bridge::Snapshot shown_; // empty while nothing bridges
  Words words_;
  std::uint64_t newsTold_ = 0;
  SitesViewModel sites_;
};

} // namespace tutti::app
