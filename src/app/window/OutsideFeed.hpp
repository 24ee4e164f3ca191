#pragma once

#include <QObject>

#include <tutti/engine/Jam.hpp>

#include "Outside.hpp"

namespace tutti::app {

/// Between the jam and what comes to its patch from outside: snapshots one way, wishes the other.
///
/// Threads: gui. Jam and view-models outlive it.
class OutsideFeed : public QObject {
  Q_OBJECT

public:
  OutsideFeed(engine::Jam& jam, Outside& outside, QObject* parent = nullptr);

  /// The jam has something new.
  void look();

signals:
  /// The musician has approved programs: to be remembered.
  void approved(const tutti::module::Approvals& approvals);
  /// Link Audio is used otherwise: to be remembered.
  void channelsChanged(const tutti::engine::ChannelsWish& channels);

private:
  void carryProgramWishes();
  void carryStreamWishes();
  void carryChannelWishes();
  void carryPublishingWishes();

  engine::Jam& jam_;
  Outside& outside_;
  engine::ChannelsWish channels_;
};

} // namespace tutti::app
