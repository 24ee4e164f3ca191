#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <tutti/engine/Engine.hpp>

#include "window/Asked.hpp"
#include "window/Clock.hpp"

namespace tutti::app {

/// Play, stop and the length of the bar.
///
/// Threads: gui. Wishes leave as signals; what is shown comes back with a snapshot.
class TransportViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(bool isPlaying READ isPlaying NOTIFY isPlayingChanged)
  Q_PROPERTY(double quantum READ quantum NOTIFY quantumChanged)
  Q_PROPERTY(QString quantumText READ quantumText NOTIFY quantumChanged)
  Q_PROPERTY(QString quantumPhrase READ quantumPhrase NOTIFY quantumChanged)
  Q_PROPERTY(double shortestQuantum READ shortestQuantum CONSTANT)
  Q_PROPERTY(double longestQuantum READ longestQuantum CONSTANT)

public:
  explicit TransportViewModel(Clock clock);

  void show(const engine::Snapshot& snapshot);
  /// Where the wheel asks for a fresher grid than that of the last snapshot.
  void readGridFrom(std::function<time::BeatGrid()> source) { source_ = std::move(source); }

  [[nodiscard]] bool isPlaying() const { return isPlaying_.value(); }
  [[nodiscard]] double quantum() const { return quantum_.value().toDouble(); }
  [[nodiscard]] QString quantumText() const;   ///< "4"
  [[nodiscard]] QString quantumPhrase() const; ///< "4 beats"
  [[nodiscard]] double shortestQuantum() const { return 1; }
  [[nodiscard]] double longestQuantum() const { return 64; }
  [[nodiscard]] time::Beats bar() const { return quantum_.value(); }
  [[nodiscard]] time::BeatGrid grid() const { return source_ ? source_() : grid_; }
  [[nodiscard]] HostTime now() const { return clock_(); }

  Q_INVOKABLE void togglePlaying();
  /// To the next whole number of beats in that direction.
  Q_INVOKABLE void stepQuantum(int direction);

signals:
  void isPlayingChanged();
  void quantumChanged();

  void playAsked();
  void stopAsked();
  void quantumAsked(double beats);

private:
  Clock clock_;
  std::function<time::BeatGrid()> source_;
  time::BeatGrid grid_;
  Asked<bool> isPlaying_{false};
  Asked<time::Beats> quantum_{time::Beats::fromMicroBeats(4'000'000)};
};

} // namespace tutti::app
