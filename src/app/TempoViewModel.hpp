#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <tutti/engine/Engine.hpp>

#include "window/Asked.hpp"
#include "window/Clock.hpp"
#include "window/TapTempo.hpp"

namespace tutti::app {

/// The tempo and the five ways to set it: type, drag, scroll, tap, nudge.
///
/// Threads: gui. Wishes leave as signals; what is shown comes back with a snapshot.
class TempoViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(double bpm READ bpm NOTIFY bpmChanged)
  Q_PROPERTY(QString wholeText READ wholeText NOTIFY bpmChanged)
  Q_PROPERTY(QString fractionText READ fractionText NOTIFY bpmChanged)
  Q_PROPERTY(QString text READ text NOTIFY bpmChanged)
  Q_PROPERTY(double slowest READ slowest CONSTANT)
  Q_PROPERTY(double fastest READ fastest CONSTANT)
  Q_PROPERTY(QString complaint READ complaint NOTIFY complaintChanged)

public:
  explicit TempoViewModel(Clock clock);

  void show(const engine::Snapshot& snapshot);

  [[nodiscard]] double bpm() const { return tempo_.value().bpm(); }
  [[nodiscard]] QString wholeText() const;    ///< "128"
  [[nodiscard]] QString fractionText() const; ///< ".25"
  [[nodiscard]] QString text() const;         ///< "128.25"
  [[nodiscard]] double slowest() const { return time::Tempo::kSlowestBpm; }
  [[nodiscard]] double fastest() const { return time::Tempo::kFastestBpm; }
  /// What was wrong with what was typed; empty when all is well.
  [[nodiscard]] QString complaint() const { return complaint_; }

  Q_INVOKABLE void ask(double bpm);
  Q_INVOKABLE void nudge(double bpm);
  Q_INVOKABLE void tap();
  /// False, with a complaint, if the text is no tempo that Link programs play.
  Q_INVOKABLE bool type(const QString& text);
  Q_INVOKABLE void forgive();

signals:
  void bpmChanged();
  void complaintChanged();
  void tempoAsked(double bpm);

private:
  void complain(const QString& text);

  Clock clock_;
  TapTempo taps_;
  Asked<time::Tempo> tempo_;
  QString complaint_;
};

} // namespace tutti::app
