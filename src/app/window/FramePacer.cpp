#include "FramePacer.hpp"

#include <algorithm>

namespace tutti::app {

namespace {

constexpr qint64 kFrameMillis = 16;
constexpr qint64 kPacedMillis = 12;               // a display of up to 80 Hz paces by itself
constexpr std::int64_t kLongestLatency = 100'000; // µs; longer was a stall, not the way to the screen

} // namespace

FramePacer::FramePacer(std::function<void()> askForFrame, QObject* parent)
  : QObject{parent}
  , askForFrame_{std::move(askForFrame)}
{
  hold_.setSingleShot(true);
  hold_.setTimerType(Qt::PreciseTimer);
  hold_.callOnTimeout(this, [this] { askForFrame_(); });
}

void FramePacer::watch(QQuickWindow* window)
{
  if (window_) window_->disconnect(this);
  window_ = window;
  if (!window) return;
  connect(window, &QQuickWindow::frameSwapped, this, [this] { swapped(); }, Qt::DirectConnection);
  connect(window, &QQuickWindow::frameSwapped, this, [this] { scheduleNext(); }, Qt::QueuedConnection);
}

void FramePacer::run(bool isWanted)
{
  if (isWanted == isRunning_) return;
  isRunning_ = isWanted;
  hold_.stop();
  askForFrame_(); // the first one, or the one that shows the rest
}

void FramePacer::prepared()
{
  sinceAsked_.start();
  preparedAt_.store(microsOf(time::HostClock::now()), std::memory_order_relaxed);
}

void FramePacer::swapped()
{
  const auto from = preparedAt_.exchange(0, std::memory_order_relaxed);
  if (from == 0) return;
  const auto taken = microsOf(time::HostClock::now()) - from;
  if (taken < 0 || taken > kLongestLatency) return;
  const auto known = latency_.load(std::memory_order_relaxed);
  latency_.store(known + (taken - known) / 8, std::memory_order_relaxed);
}

void FramePacer::scheduleNext()
{
  if (!isRunning_ || hold_.isActive()) return;
  const auto elapsed = sinceAsked_.isValid() ? sinceAsked_.elapsed() : kFrameMillis;
  if (elapsed >= kPacedMillis)
    askForFrame_();
  else
    hold_.start(static_cast<int>(kFrameMillis - elapsed));
}

} // namespace tutti::app
