#include "EngineFeed.hpp"

#include <chrono>

namespace tutti::app {

using namespace std::chrono_literals;

EngineFeed::EngineFeed(engine::Engine& engine, Stage& stage, QObject* parent)
  : QObject{parent}
  , engine_{engine}
  , stage_{stage}
{
  stage_.transport()->readGridFrom([this] { return engine_.beatGrid(); });
  carryWishes();
  glance_.callOnTimeout(this, &EngineFeed::show);
  glance_.start(250ms);
  soon_.setSingleShot(true);
  soon_.setInterval(33ms);
  soon_.callOnTimeout(this, &EngineFeed::show);
  engine_.onChange([this] {
    if (!isNewsOnItsWay_.exchange(true))
      QMetaObject::invokeMethod(this, &EngineFeed::showSoon, Qt::QueuedConnection);
  });
}

EngineFeed::~EngineFeed()
{
  engine_.onChange({});
  stage_.transport()->readGridFrom({});
}

void EngineFeed::carryWishes()
{
  const auto wish = [this](auto* from, auto signal, auto action) {
    connect(from, signal, this, [this, action](auto... values) {
      action(engine_, values...);
      showSoon();
    });
  };
  using engine::Engine;
  auto* const transport = stage_.transport();
  wish(transport, &TransportViewModel::playAsked, [](Engine& engine) { engine.play(); });
  wish(transport, &TransportViewModel::stopAsked, [](Engine& engine) { engine.stop(); });
  wish(transport, &TransportViewModel::quantumAsked,
       [](Engine& engine, double beats) { engine.setQuantum(time::Beats::fromDouble(beats)); });
  wish(stage_.tempo(), &TempoViewModel::tempoAsked,
       [](Engine& engine, double bpm) { engine.setTempo(time::Tempo::fromBpm(bpm)); });
  wish(stage_.link(), &LinkViewModel::enableAsked,
       [](Engine& engine, bool isWanted) { isWanted ? engine.enableLink() : engine.disableLink(); });
  wish(stage_.link(), &LinkViewModel::startStopAsked,
       [](Engine& engine, bool isWanted) { isWanted ? engine.followStartStop() : engine.ignoreStartStop(); });
}

void EngineFeed::showSoon()
{
  if (!soon_.isActive()) soon_.start();
}

void EngineFeed::show()
{
  isNewsOnItsWay_ = false;
  const auto snapshot = engine_.snapshot();
  stage_.show(snapshot);
  emit shown(snapshot);
}

} // namespace tutti::app
