#include "StripViewModel.hpp"

#include <tuple>

namespace tutti::app {

StripViewModel::StripViewModel(const jam::StripId& id, Wishes& wishes, const Clock& clock)
  : id_{id}
  , wishes_{wishes}
  , clock_{clock}
  , first_{id, 0, wishes, clock}
  , second_{id, 1, wishes, clock}
{}

void StripViewModel::show(const jam::StripSnapshot& strip, HostTime at)
{
  if (isLinked_.tell(strip.isLinked, at)) emit isLinkedChanged();
  first_.show(strip.channels[0], at);
  second_.show(strip.channels[1], at);
}

void StripViewModel::showOwner(const QString& name, const QString& instrument, int colour)
{
  if (std::tie(name, instrument, colour) == std::tie(name_, instrument_, colour_)) return;
  name_ = name;
  instrument_ = instrument;
  colour_ = colour;
  emit ownerChanged();
}

void StripViewModel::toggleLink()
{
  isLinked_.ask(!isLinked(), clock_());
  emit isLinkedChanged();
  emit wishes_.linkWanted(id_, isLinked());
}

} // namespace tutti::app
