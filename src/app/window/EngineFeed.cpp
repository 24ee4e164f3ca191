#include "EngineFeed.hpp"

#include <chrono>

namespace tutti::app {

using namespace std::chrono_literals;

namespace {

constexpr auto kGlance = 33ms;
constexpr Micros kWholePicture = 250ms;

bool differs(const time::BeatGrid& a, const time::BeatGrid& b)
{
  return a.tempo() != b.tempo() || a.quantum() != b.quantum() || a.isPlaying() != b.isPlaying();
}

} // namespace

EngineFeed::EngineFeed(engine::Engine& engine, Stage& stage, QObject* parent)
  : QObject{parent}
  , engine_{engine}
  , stage_{stage}
{
  stage_.transport()->readGridFrom([this] { return engine_.beatGrid(); });
  carryWishes();
  ticker_.callOnTimeout(this, &EngineFeed::tick);
  ticker_.start(kGlance);
  show();
}

void EngineFeed::carryWishes()
{
  const auto wish = [this](auto* from, auto signal, auto action) {
    connect(from, signal, this, [this, action](auto... values) {
      action(engine_, values...);
      next_ = HostTime{};
    });
  };
  using engine::Engine;
  const auto transport = stage_.transport();
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

void EngineFeed::tick()
{
  if (time::HostClock::now() >= next_ || differs(engine_.beatGrid(), grid_)) show();
}

void EngineFeed::show()
{
  const auto snapshot = engine_.snapshot();
  grid_ = snapshot.grid;
  next_ = snapshot.at + kWholePicture;
  stage_.show(snapshot);
  emit shown(snapshot);
}

} // namespace tutti::app
