#include "PreparedOutside.hpp"
#include "ProgramsViewModel.hpp"
#include "StreamsViewModel.hpp"

#include <QSignalSpy>

#include <Catch.hpp>

using namespace tutti;
using app::ProgramsViewModel;
using app::StreamsViewModel;

namespace {

QVariant told(const QAbstractListModel& model, int row, int role)
{
  return model.data(model.index(row), role);
}

} // namespace

SCENARIO("Each program says what it does, and which wait for a word is counted")
{
  ProgramsViewModel programs;
  programs.show(prepared::programs());
  REQUIRE(programs.count() == 3);
  CHECK(programs.unapproved() == 1);
  CHECK(told(programs, 0, ProgramsViewModel::stateRole) == "Runs");
  CHECK(told(programs, 0, ProgramsViewModel::isRunningRole).toBool());
  CHECK_FALSE(told(programs, 0, ProgramsViewModel::canStartRole).toBool());
  CHECK(told(programs, 1, ProgramsViewModel::canStartRole).toBool());
  CHECK(told(programs, 1, ProgramsViewModel::lastWordsRole).toString().endsWith("cannot open hall.wav"));
  CHECK_FALSE(told(programs, 2, ProgramsViewModel::canStartRole).toBool()); // it waits for the musician
}

SCENARIO("Nothing is told of programs that are as they were")
{
  ProgramsViewModel programs;
  programs.show(prepared::programs());
  QSignalSpy changed{&programs, &ProgramsViewModel::changed};
  QSignalSpy reset{&programs, &ProgramsViewModel::modelReset};
  programs.show(prepared::programs());
  CHECK(changed.isEmpty());
  auto other = prepared::programs();
  other.programs[0].state = module::ProcessPicture::State::waiting;
  programs.show(other);
  CHECK(changed.size() == 1);
  CHECK(reset.isEmpty()); // the same programs: whoever reads one keeps the place
}

SCENARIO("A refused program is complained of until the next is tried")
{
  ProgramsViewModel programs;
  QSignalSpy wanted{&programs, &ProgramsViewModel::addWanted};
  programs.refuse("no such thing");
  CHECK(programs.refusal() == "no such thing");
  programs.add("  Organ ", " /usr/bin/organ ");
  CHECK(programs.refusal().isEmpty());
  REQUIRE(wanted.size() == 1);
  CHECK(wanted[0][0] == "Organ");
  CHECK(wanted[0][1] == "/usr/bin/organ");
}

SCENARIO("Servers of streams say what they have, and why they are not here")
{
  StreamsViewModel streams;
  streams.show(prepared::streams());
  REQUIRE(streams.count() == 3);
  CHECK(told(streams, 0, StreamsViewModel::aboutRole) == "In this network");
  CHECK(told(streams, 1, StreamsViewModel::problemRole) == "no sign of life from Drum booth");
  CHECK(told(streams, 1, StreamsViewModel::isWantedRole).toBool());
  CHECK(told(streams, 2, StreamsViewModel::aboutRole) ==
        "You can hear: Stage left, Stage right\nPlays for you: Monitors");
  CHECK(streams.offers() == QStringList{"Monitor mix"});
  CHECK(streams.listeners() == "Heard by Ben");
}

SCENARIO("A stream without a name is not offered")
{
  StreamsViewModel streams;
  QSignalSpy wanted{&streams, &StreamsViewModel::offerWanted};
  streams.offer("  ");
  CHECK(wanted.isEmpty());
  streams.offer(" Mix ");
  REQUIRE(wanted.size() == 1);
  CHECK(wanted[0][0] == "Mix");
}
