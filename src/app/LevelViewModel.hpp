#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <tutti/audio/Meter.hpp>

namespace tutti::app {

/// One meter: what sounds now, and the highest there was since somebody clicked it.
///
/// Threads: gui.
class LevelViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the strip hands it out")
  Q_PROPERTY(double peak READ peak NOTIFY levelChanged)
  Q_PROPERTY(double rms READ rms NOTIFY levelChanged)
  Q_PROPERTY(bool hasClipped READ hasClipped NOTIFY highestChanged)
  Q_PROPERTY(double highest READ highest NOTIFY highestChanged)
  Q_PROPERTY(QString highestText READ highestText NOTIFY highestChanged)

public:
  using QObject::QObject;

  void show(const audio::Level& level);

  [[nodiscard]] double peak() const { return peak_; } ///< dBFS
  [[nodiscard]] double rms() const { return rms_; }   ///< dBFS
  [[nodiscard]] bool hasClipped() const { return hasClipped_; }
  [[nodiscard]] double highest() const { return highest_; } ///< dBFS
  [[nodiscard]] QString highestText() const;                ///< "−6.2", or "Clip"

  Q_INVOKABLE void clear();

signals:
  void levelChanged();
  void highestChanged();
  void cleared();

private:
  double peak_ = audio::Decibels::silence().value();
  double rms_ = audio::Decibels::silence().value();
  double highest_ = audio::Decibels::silence().value();
  bool hasClipped_ = false;
};

} // namespace tutti::app
