#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "ChannelViewModel.hpp"

namespace tutti::app {

/// Two channels of the mixer, moved as one or apart, and whose they are.
///
/// Threads: gui. Wishes leave as signals of `Wishes`; what is shown comes back with a snapshot.
class StripViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the band hands it out")
  Q_PROPERTY(QString name READ name NOTIFY ownerChanged)
  Q_PROPERTY(QString instrument READ instrument NOTIFY ownerChanged)
  Q_PROPERTY(int colour READ colour NOTIFY ownerChanged)
  Q_PROPERTY(bool isLinked READ isLinked NOTIFY isLinkedChanged)
  Q_PROPERTY(tutti::app::ChannelViewModel* first READ first CONSTANT)
  Q_PROPERTY(tutti::app::ChannelViewModel* second READ second CONSTANT)

public:
  StripViewModel(const jam::StripId& id, Wishes& wishes, const Clock& clock);

  void show(const jam::StripSnapshot& strip, HostTime at);
  void showOwner(const QString& name, const QString& instrument, int colour);

  [[nodiscard]] QString name() const { return name_; }
  [[nodiscard]] QString instrument() const { return instrument_; }
  [[nodiscard]] int colour() const { return colour_; } ///< Which of the theme's players; -1: nobody's.
  [[nodiscard]] bool isLinked() const { return isLinked_.value(); }
  [[nodiscard]] ChannelViewModel* first() { return &first_; }
  [[nodiscard]] ChannelViewModel* second() { return &second_; }

  Q_INVOKABLE void toggleLink();

signals:
  void ownerChanged();
  void isLinkedChanged();

private:
  jam::StripId id_;
  Wishes& wishes_;
  Clock clock_;
  QString name_;
  QString instrument_;
  int colour_ = -1;
  Asked<bool> isLinked_{true};
  ChannelViewModel first_;
  ChannelViewModel second_;
};

} // namespace tutti::app
