#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "ProgramsViewModel.hpp"
#include "StreamsViewModel.hpp"

namespace tutti::app {

/// What comes to the patch from outside: programs, and audio streams of the LAN.
///
/// Threads: gui.
class Outside : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(tutti::app::ProgramsViewModel* programs READ programs CONSTANT)
  Q_PROPERTY(tutti::app::StreamsViewModel* streams READ streams CONSTANT)

public:
  using QObject::QObject;

  [[nodiscard]] ProgramsViewModel* programs() { return &programs_; }
  [[nodiscard]] StreamsViewModel* streams() { return &streams_; }

private:
  ProgramsViewModel programs_;
  StreamsViewModel streams_;
};

} // namespace tutti::app
