#include "MetronomeViewModel.hpp"

namespace tutti::app {

MetronomeViewModel::MetronomeViewModel(Wishes& wishes, Clock clock)
  : wishes_{wishes}
  , clock_{std::move(clock)}
  , strip_{jam::StripId::metronome(), wishes, clock_}
{
  strip_.showOwner(tr("Metronome"), {}, -1);
}

void MetronomeViewModel::show(const jam::MetronomeSnapshot& metronome, HostTime at)
{
  jam::StripSnapshot strip;
  for (auto& channel : strip.channels) {
    channel.gain = metronome.gain;
    channel.level = metronome.level;
    channel.isSilenced = metronome.isSilenced;
  }
  strip_.show(strip, at);
  if (isOn_.tell(metronome.isOn, at)) emit isOnChanged();
}

void MetronomeViewModel::toggle()
{
  isOn_.ask(!isOn(), clock_());
  emit isOnChanged();
  emit wishes_.metronomeWanted(isOn());
}

} // namespace tutti::app
