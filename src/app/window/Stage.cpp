#include "Stage.hpp"

namespace tutti::app {

Stage::Stage(const Clock& clock)
  : transport_{clock}
  , tempo_{clock}
  , link_{clock}
  , band_{clock}
  , patch_{clock, [this](const jam::StripId& id) { return band_.strip(id); }}
{
  connect(band_.bridge(), &BridgeViewModel::happened, &news_, &NewsViewModel::tell);
}

void Stage::show(const engine::Snapshot& snapshot)
{
  transport_.show(snapshot);
  tempo_.show(snapshot);
  link_.show(snapshot);
  peers_.show(snapshot);
  sync_.show(snapshot);
  news_.show(snapshot);
  band_.bridge()->showLink(snapshot.link.isEnabled);
}

} // namespace tutti::app
