#include "Band.hpp"

namespace tutti::app {

Band::Band(const Clock& clock)
  : clock_{clock}
  , own_{wishes_, clock}
  , players_{wishes_, clock}
  , master_{jam::StripId::master(), wishes_, clock}
  , metronome_{wishes_, clock}
  , room_{wishes_, clock}
  , hosting_{wishes_}
  , bridge_{wishes_, clock}
  , chat_{wishes_}
  , device_{wishes_}
  , recording_{wishes_, clock}
{
  master_.showOwner(tr("Master"), {}, -1);
}

void Band::show(const jam::JamSnapshot& snapshot)
{
  own_.show(snapshot.own, snapshot.at);
  players_.show(snapshot.players, snapshot.at);
  master_.show(snapshot.master, snapshot.at);
  if (isSoloActive_.tell(snapshot.isSoloActive, snapshot.at)) emit isSoloActiveChanged();
  metronome_.show(snapshot.metronome, snapshot.at);
  room_.show(snapshot.room, snapshot.at);
  bridge_.show(snapshot.room);
  offers_.show(snapshot.offers);
  chat_.show(snapshot.room.chat);
  device_.show(snapshot.device);
  recording_.show(snapshot);
}

StripViewModel* Band::strip(const jam::StripId& id)
{
  using Kind = jam::StripId::Kind;
  switch (id.kind) {
  case Kind::own:
    return own_.strip();
  case Kind::metronome:
    return metronome_.strip();
  case Kind::master:
    return &master_;
  case Kind::player:
    break;
  }
  auto* const player = players_.find(id.player);
  return player ? player->strip() : nullptr;
}

void Band::endSolo()
{
  if (!isSoloActive()) return;
  isSoloActive_.ask(false, clock_());
  emit isSoloActiveChanged();
  emit wishes_.soloEnded();
}

void Band::show(const engine::BridgeStatus& bridge, HostTime at)
{
  bridge_.show(bridge, at);
}

} // namespace tutti::app
