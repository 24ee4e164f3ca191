// How long a frame of the patch takes, with 64 modules and 256 cables that all sound:
//   QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software patch_frames [FRAMES]
// A frame is all work of the gui thread from a hand's movement, with the levels of a thirtieth of a second
// every other time, until it is on the screen.
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <vector>

#include "PreparedDesks.hpp"
#include "PreparedJams.hpp"
#include "PreparedSnapshots.hpp"
#include "patchbay/PatchCanvas.hpp"
#include "patchbay/PatchHands.hpp"
#include "window/StageModule.hpp"

namespace {

using namespace tutti;

double milliseconds(clockid_t clock)
{
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

struct Frames {
  std::vector<double> worked; // by this thread
  std::vector<double> passed; // on the wall's clock, but for the wait for the next frame

  void print(const char* what)
  {
    const auto at = [](std::vector<double>& times, double share) {
      std::ranges::sort(times);
      return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
    };
    std::printf("%-22s p50 %5.1f  p99 %5.1f  worst %5.1f ms worked;  p50 %5.1f  p99 %5.1f ms passed\n", what,
                at(worked, 0.5), at(worked, 0.99), at(worked, 1), at(passed, 0.5), at(passed, 0.99));
    std::fflush(stdout);
  }
};

/// The patch page in a window, real but for the sound.
class Bench {
public:
  explicit Bench(int frames)
    : frames_{frames}
    , stage_{[] { return time::HostClock::now(); }}
    , hands_{*stage_.patch(), [this](const auto& act) { act(desk_); }}
  {
    prepared::prepare(desk_, "large");
    stage_.show(prepared::named("alone", time::HostClock::now()));
    stage_.band()->show(prepared::jamNamed("mixer-4", time::HostClock::now()));
    show();
    QObject::connect(&hands_, &app::PatchHands::done, &hands_, [this] { show(); });
    window_ = app::openStage(qml_, stage_);
    window_->findChild<QObject*>("view")->setProperty("isPatching", true);
    window_->resize(1280, 800);
    window_->show();
    static_cast<void>(QTest::qWaitForWindowExposed(window_));
    canvas_ = window_->findChild<app::PatchCanvas*>("canvas");
    QObject::connect(window_, &QQuickWindow::frameSwapped, &hands_, [this] { isSwapped_ = true; });
    canvas_->showFull();
    for (int settled = 0; settled < 60; ++settled, ++moment_) {
      show();
      QTest::qWait(16);
    }
  }

  void run(const char* what, const std::function<void(int)>& act)
  {
    Frames frames;
    for (int frame = 0; frame < frames_; ++frame) {
      isSwapped_ = false;
      const auto worked = milliseconds(CLOCK_THREAD_CPUTIME_ID);
      const auto passed = milliseconds(CLOCK_MONOTONIC);
      act(frame);
      if (frame % 2 == 0) ++moment_, show();
      double waited = 0;
      while (!isSwapped_ && waited < 100) {
        QCoreApplication::processEvents();
        if (isSwapped_) break;
        const auto from = milliseconds(CLOCK_MONOTONIC);
        QTest::qSleep(1);
        waited += milliseconds(CLOCK_MONOTONIC) - from;
      }
      frames.worked.push_back(milliseconds(CLOCK_THREAD_CPUTIME_ID) - worked);
      frames.passed.push_back(milliseconds(CLOCK_MONOTONIC) - passed - waited);
    }
    frames.print(what);
  }

  void pan()
  {
    mouse(QEvent::MouseButtonPress, ground_);
    run("pan", [this](int frame) {
      const auto around = 0.05 * frame;
      mouse(QEvent::MouseMove, ground_ + QPointF{260 * std::sin(around), 200 * std::sin(around * 0.7)});
    });
    mouse(QEvent::MouseButtonRelease, ground_);
  }

  void zoom()
  {
    run("zoom", [this](int frame) { canvas_->zoomAbout(frame / 20 % 2 == 0 ? 1.03 : 1 / 1.03, {640, 360}); });
    run("zoom, then rest", [this](int frame) {
      if (frame % 15 == 0) canvas_->zoomBy(frame / 15 % 2 == 0 ? 1.2 : 1 / 1.2);
      QTest::qSleep(16);
    });
    canvas_->showFull();
    QTest::qWait(400);
  }

  void drag()
  {
    const auto& cards = stage_.patch()->scene().cards;
    const auto seen = std::ranges::find_if(cards, [this](const auto& card) {
      return QRectF{300, 200, 600, 300}.contains(canvas_->toView(card.box.center()));
    });
    const auto at = canvas_->toView(seen->box.topLeft() + QPointF{60, 12});
    mouse(QEvent::MouseButtonPress, at);
    run("drag a card", [&](int frame) {
      const auto around = 0.08 * frame;
      mouse(QEvent::MouseMove, at + QPointF{180 * std::sin(around), 140 * std::sin(around * 0.7)});
    });
    mouse(QEvent::MouseButtonRelease, at);
    run("let it go", [&](int frame) {
      const auto to = at + QPointF{frame % 2 == 0 ? 40.0 : -40.0, 0};
      mouse(QEvent::MouseButtonPress, at + QPointF{frame % 2 == 0 ? 0.0 : 40.0, 0});
      mouse(QEvent::MouseMove, to);
      mouse(QEvent::MouseButtonRelease, frame % 2 == 0 ? to : at);
    });
  }

  void listen()
  {
    run("at rest, sounding", [](int) { QTest::qSleep(16); });
  }

private:
  void show()
  {
    stage_.patch()->show(prepared::sounding(desk_.showPatch(), moment_), time::HostClock::now());
  }

  void mouse(QEvent::Type type, QPointF at)
  {
    const auto inWindow = canvas_->mapToScene(at);
    const auto button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
    const auto buttons = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
    QMouseEvent event{type, inWindow, window_->mapToGlobal(inWindow), button, buttons, Qt::NoModifier};
    event.setTimestamp(timestamp_ += 1000);
    QCoreApplication::sendEvent(window_, &event);
  }

  int frames_;
  jam::Desk desk_;
  app::Stage stage_;
  app::PatchHands hands_;
  QQmlApplicationEngine qml_;
  QQuickWindow* window_ = nullptr;
  app::PatchCanvas* canvas_ = nullptr;
  QPointF ground_{262, 300};
  int moment_ = 0;
  bool isSwapped_ = false;
  std::uint64_t timestamp_ = 1000;
};

} // namespace

int main(int argc, char** argv)
{
  QGuiApplication application{argc, argv};
  QLocale::setDefault(QLocale::c());
  const auto arguments = QCoreApplication::arguments();
  Bench bench{arguments.size() > 1 ? arguments[1].toInt() : 300};
  bench.pan();
  bench.zoom();
  bench.drag();
  bench.listen();
  return 0;
}
