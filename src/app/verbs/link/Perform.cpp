#include "Controls.hpp"

namespace tutti::app {
namespace {

struct Performer {
  engine::Engine& engine;

  void operator()(time::Tempo tempo) const { engine.setTempo(tempo); }
  void operator()(time::Beats quantum) const { engine.setQuantum(quantum); }
  void operator()(Switch what) const
  {
    switch (what) {
    case Switch::enableLink:
      return engine.enableLink();
    case Switch::disableLink:
      return engine.disableLink();
    case Switch::play:
      return engine.play();
    case Switch::stop:
      return engine.stop();
    case Switch::followStartStop:
      return engine.followStartStop();
    case Switch::ignoreStartStop:
      return engine.ignoreStartStop();
    }
  }
};

} // namespace

void perform(const Command& command, engine::Engine& engine)
{
  std::visit(Performer{engine}, command);
}

} // namespace tutti::app
