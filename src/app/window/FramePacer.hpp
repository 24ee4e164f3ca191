#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QQuickWindow>
#include <QTimer>

#include <atomic>
#include <functional>

#include <tutti/time/HostClock.hpp>

namespace tutti::app {

/// Asks for one frame after another, about sixty a second, as long as it runs.
///
/// With a display that paces us, the next frame is asked for as soon as one was shown; the software backend
/// would run free, so there a timer holds it back. A window that shows nothing swaps nothing, and so rests.
///
/// It also knows how long a frame takes from its preparation to the screen: what is drawn now will be seen
/// that much later.
///
/// Threads: gui; the swap is noticed on whichever thread renders.
class FramePacer : public QObject {
  Q_OBJECT

public:
  explicit FramePacer(std::function<void()> askForFrame, QObject* parent = nullptr);

  void watch(QQuickWindow* window);
  void run(bool isWanted);
  /// The frame is being prepared now.
  void prepared();
  [[nodiscard]] Micros latency() const { return Micros{latency_.load(std::memory_order_relaxed)}; }

private:
  void swapped();
  void scheduleNext();

  std::function<void()> askForFrame_;
  QPointer<QQuickWindow> window_;
  QTimer hold_;
  bool isRunning_ = false;
  QElapsedTimer sinceAsked_;                // gui
  std::atomic<std::int64_t> preparedAt_{0}; // both
  std::atomic<std::int64_t> latency_{0};    // both
};

} // namespace tutti::app
