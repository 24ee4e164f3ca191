#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "ChannelsViewModel.hpp"
#include "ProgramsViewModel.hpp"
#include "StreamsViewModel.hpp"

namespace tutti::app {

/// What comes to the patch from outside: programs, audio streams of the LAN, channels of the Link session.
///
/// Threads: gui.
class Outside : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(tutti::app::ProgramsViewModel* programs READ programs CONSTANT)
  Q_PROPERTY(tutti::app::StreamsViewModel* streams READ streams CONSTANT)
  Q_PROPERTY(tutti::app::ChannelsViewModel* channels READ channels CONSTANT)

public:
  using QObject::QObject;

  [[nodiscard]] ProgramsViewModel* programs() { return &programs_; }
  [[nodiscard]] StreamsViewModel* streams() { return &streams_; }
  [[nodiscard]] ChannelsViewModel* channels() { return &channels_; }

private:
  ProgramsViewModel programs_;
  StreamsViewModel streams_;
  ChannelsViewModel channels_;
};

} // namespace tutti::app
