#include "window/EngineFeed.hpp"

#include <QTest>

#include <Catch.hpp>

using namespace tutti;
using app::EngineFeed;
using app::Stage;

namespace {

/// An engine that touches no network, and a stage fed by it.
class Show {
public:
  engine::Engine engine{quiet()};
  Stage stage{&time::HostClock::now};
  EngineFeed feed{engine, stage};

  /// Waits until the engine says so, too: what the stage shows may be only a wish.
  template <class Claim> bool comesTrue(Claim claim)
  {
    return QTest::qWaitFor([&] { return claim(engine.snapshot()); });
  }

private:
  static engine::Settings quiet()
  {
    engine::Settings settings;
    settings.isLinkEnabled = false;
    return settings;
  }
};

} // namespace

SCENARIO("The musician's wishes reach the engine")
{
  Show show;
  show.stage.tempo()->ask(97.5);
  CHECK(show.comesTrue([](const auto& snapshot) { return snapshot.grid.tempo().bpm() == Approx(97.5); }));

  show.stage.transport()->stepQuantum(1);
  CHECK(show.comesTrue([](const auto& snapshot) { return snapshot.grid.quantum().toDouble() == 5; }));

  show.stage.transport()->togglePlaying();
  CHECK(show.comesTrue([](const auto& snapshot) { return snapshot.isPlaying; }));
  // What is toggled is what is seen, and a busy machine may show it when the wish has lapsed
  show.stage.show(show.engine.snapshot());
  CHECK(show.stage.transport()->isPlaying());
  show.stage.transport()->togglePlaying();
  CHECK(show.comesTrue([](const auto& snapshot) { return !snapshot.isPlaying; }));

  const bool followed = show.stage.link()->followsStartStop();
  show.stage.link()->toggleStartStop();
  CHECK(show.comesTrue([&](const auto& snapshot) { return snapshot.link.followsStartStop != followed; }));
}

SCENARIO("What the engine decides reaches the stage without being asked")
{
  Show show;
  show.engine.setTempo(time::Tempo::fromBpm(141));
  CHECK(QTest::qWaitFor([&] { return show.stage.tempo()->text() == QStringLiteral("141.00"); }));
  show.engine.play();
  CHECK(QTest::qWaitFor([&] { return show.stage.transport()->isPlaying(); }));
}

SCENARIO("The wheel asks the engine, not the last snapshot")
{
  Show show;
  show.engine.setQuantum(time::Beats::fromMicroBeats(7'000'000));
  CHECK(show.stage.transport()->grid().quantum().toDouble() == 7);
}

SCENARIO("An engine that goes on after the window is gone calls nobody")
{
  engine::Settings settings;
  settings.isLinkEnabled = false;
  engine::Engine engine{settings};
  Stage stage{&time::HostClock::now};
  {
    const EngineFeed feed{engine, stage};
  }
  engine.setTempo(time::Tempo::fromBpm(99));
  QTest::qWait(0);
  CHECK(stage.tempo()->text() == QStringLiteral("120.00"));
}
