#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <array>
#include <memory>

namespace tutti::app {

/// Turns SIGINT, SIGTERM and SIGHUP into a proper quit, so that peers hear a goodbye and settings are kept.
/// Who started us with a signal ignored (nohup) keeps it so.
///
/// Threads: gui; one at a time.
class QuitSignals : public QObject {
  Q_OBJECT

public:
  explicit QuitSignals(QObject* parent = nullptr);
  ~QuitSignals() override;

signals:
  void asked();

private:
  std::array<int, 2> pipe_{-1, -1};
  std::unique_ptr<QSocketNotifier> notifier_;
};

} // namespace tutti::app
