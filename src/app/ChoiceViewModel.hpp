#pragma once

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace tutti::app {

/// One of several, such as a sample rate of those that a device has.
///
/// Threads: gui. Whoever hands it out listens to `chosen`; what is shown comes back with a snapshot.
class ChoiceViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("a view-model hands it out")
  Q_PROPERTY(QStringList texts READ texts NOTIFY textsChanged)
  Q_PROPERTY(int index READ index NOTIFY indexChanged)

public:
  using QObject::QObject;

  /// -1: none of them.
  void show(QStringList texts, int index);

  [[nodiscard]] QStringList texts() const { return texts_; }
  [[nodiscard]] int index() const { return index_; }

  Q_INVOKABLE void choose(int index);

signals:
  void textsChanged();
  void indexChanged();
  void chosen(int index);

private:
  QStringList texts_;
  int index_ = -1;
};

} // namespace tutti::app
