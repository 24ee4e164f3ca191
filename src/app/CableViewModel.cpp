#include "CableViewModel.hpp"

#include <chrono>

#include "window/Wording.hpp"

namespace tutti::app {

CableViewModel::CableViewModel(Wishes& wishes)
  : wishes_{wishes}
{}

void CableViewModel::show(const jam::CableSnapshot& cable)
{
  using State = jam::CableSnapshot::State;
  Shown now{.isMeasuring = cable.state == State::measuring,
            .result = resultOf(cable),
            .problem = QString::fromStdString(cable.state == State::failed ? cable.problem : std::string{})};
  if (now == shown_) return;
  shown_ = std::move(now);
  emit changed();
}

QString CableViewModel::resultOf(const jam::CableSnapshot& cable)
{
  using State = jam::CableSnapshot::State;
  const auto surplus = cable.trim.surplus;
  const auto difference = wording::duration(std::chrono::abs(surplus));
  if (cable.state == State::unknown && surplus != Micros{0})
    return tr("A cable was measured before: its %1 are counted, half in, half out.")
      .arg(wording::offset(surplus));
  if (cable.state != State::measured) return {};
  const auto& reading = cable.reading;
  const auto trip = wording::duration(reading.rate.toMicros(reading.roundTrip));
  const auto text =
    surplus > Micros{0}
      ? tr("Out and in again takes %1, %2 more than the device says: counted from now on, half in, half out.")
          .arg(trip, difference)
    : surplus < Micros{0}
      ? tr("Out and in again takes %1, %2 less than the device says: counted from now on, half in, half out.")
          .arg(trip, difference)
      : tr("Out and in again takes %1, as the device says.").arg(trip);
  return reading.isInverted ? tr("%1 The polarity is turned on the way.").arg(text) : text;
}

void CableViewModel::measure()
{
  emit wishes_.cableWanted();
}

} // namespace tutti::app
