#include "CableViewModel.hpp"

#include <Catch.hpp>

using namespace tutti;
using State = jam::CableSnapshot::State;

namespace {

jam::CableSnapshot measured(Micros surplus, bool isInverted = false)
{
  jam::CableSnapshot cable;
  cable.state = State::measured;
  cable.reading.roundTrip = {480};
  cable.reading.isInverted = isInverted;
  cable.trim.surplus = surplus;
  return cable;
}

QString resultOf(const jam::CableSnapshot& cable)
{
  app::Wishes wishes;
  app::CableViewModel shown{wishes};
  shown.show(cable);
  return shown.result();
}

} // namespace

SCENARIO("A round trip is told beside what the device says")
{
  CHECK(resultOf(measured(Micros{0})) == "Out and in again takes 10\u00a0ms, as the device says.");
  CHECK(resultOf(measured(Micros{1200})).contains("1.2\u00a0ms more than the device says"));
  CHECK(resultOf(measured(Micros{-1200})).contains("1.2\u00a0ms less than the device says"));
  CHECK(resultOf(measured(Micros{0}, true)).endsWith("The polarity is turned on the way."));
}

SCENARIO("What was measured another day is told as such")
{
  jam::CableSnapshot before;
  CHECK(resultOf(before).isEmpty());
  before.trim.surplus = Micros{1200};
  CHECK(resultOf(before).contains("+1.2\u00a0ms"));
}

SCENARIO("A measurement is asked for, waited for, and told when it fails")
{
  app::Wishes wishes;
  app::CableViewModel shown{wishes};
  int asked = 0;
  QObject::connect(&wishes, &app::Wishes::cableWanted, [&] { ++asked; });
  shown.measure();
  CHECK(asked == 1);
  jam::CableSnapshot cable;
  cable.state = State::measuring;
  cable.problem = "of the last time";
  shown.show(cable);
  CHECK(shown.isMeasuring());
  CHECK(shown.problem().isEmpty());
  cable.state = State::failed;
  cable.problem = "It clips";
  shown.show(cable);
  CHECK_FALSE(shown.isMeasuring());
  CHECK(shown.problem() == "It clips");
}
