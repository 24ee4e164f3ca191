#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <tutti/engine/Engine.hpp>

namespace tutti::app {

/// The line that explains what just changed and who did it, and notices about Tutti itself.
///
/// A peer who turns a knob sends dozens of tempi: they are told as one change, from the first to the last.
///
/// Threads: gui.
class NewsViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(QString line READ line NOTIFY lineChanged)
  Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged)

public:
  using QObject::QObject;

  void show(const engine::Snapshot& snapshot);
  /// Something that just changed elsewhere than in the Link session itself, in a sentence.
  void tell(const QString& line);
  /// Something about Tutti itself that stays until it is dismissed.
  void setNotice(const QString& notice);

  [[nodiscard]] QString line() const { return line_; }
  [[nodiscard]] QString notice() const { return notice_; }

  Q_INVOKABLE void dismissNotice() { setNotice({}); }

signals:
  void lineChanged();
  void noticeChanged();

private:
  std::uint64_t lastNumber_ = 0;
  QString line_;
  QString notice_;
};

} // namespace tutti::app
