#include "ChannelsViewModel.hpp"
#include "PreparedOutside.hpp"
#include "ProgramsViewModel.hpp"
#include "StreamsViewModel.hpp"

#include <QSignalSpy>

#include <Catch.hpp>

using namespace tutti;
using app::ChannelsViewModel;
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

SCENARIO("Channels say by program how they fare, when they are heard, and why they are silent")
{
  ChannelsViewModel channels;
  channels.show(prepared::channels());
  REQUIRE(channels.count() == 4);
  CHECK(channels.isOn());
  CHECK(told(channels, 0, ChannelsViewModel::peerRole) == "Live");
  CHECK(told(channels, 1, ChannelsViewModel::peerRole) == ""); // once a program
  CHECK(told(channels, 0, ChannelsViewModel::beatsRole) == 0);
  CHECK(told(channels, 0, ChannelsViewModel::levelRole) == -8.0);
  CHECK(told(channels, 0, ChannelsViewModel::aboutRole).toString().endsWith("nothing lost"));
  CHECK(told(channels, 1, ChannelsViewModel::beatsRole) == 1);
  CHECK(told(channels, 1, ChannelsViewModel::aboutRole) ==
        "44.1 kHz, heard after 455 ms, 1.0 beats; lost: 12");
  CHECK_FALSE(told(channels, 2, ChannelsViewModel::isInPatchRole).toBool());
  CHECK(told(channels, 3, ChannelsViewModel::problemRole) == "Move is not in the Link session");
}

SCENARIO("Channels of this network may travel to other sites, and those of other sites are under their names")
{
  ChannelsViewModel channels;
  channels.show(prepared::channels());
  QSignalSpy carries{&channels, &ChannelsViewModel::carryWanted};
  CHECK_FALSE(told(channels, 0, ChannelsViewModel::canTravelRole).toBool());
  channels.carry(0, true); // there is no bridge
  CHECK(carries.isEmpty());
  channels.show(prepared::channelsOfTwoSites());
  REQUIRE(channels.count() == 5);
  CHECK(told(channels, 0, ChannelsViewModel::canTravelRole).toBool());
  CHECK(told(channels, 0, ChannelsViewModel::travelsRole).toBool());
  CHECK(told(channels, 0, ChannelsViewModel::aboutRole).toString().endsWith("Heard at 1 other site(s)"));
  CHECK_FALSE(told(channels, 2, ChannelsViewModel::travelsRole).toBool());
  CHECK(told(channels, 3, ChannelsViewModel::peerRole) == "From Lisbon");
  CHECK(told(channels, 3, ChannelsViewModel::nameRole) == "Percussion");
  CHECK(told(channels, 4, ChannelsViewModel::spokenRole) == "Violin from Lisbon");
  CHECK_FALSE(told(channels, 4, ChannelsViewModel::canTravelRole).toBool());
  channels.carry(2, true);
  channels.carry(4, true);
  REQUIRE(carries.size() == 1);
  CHECK(carries[0][0].value<linkaudio::ChannelPattern>() == linkaudio::ChannelPattern{"Live", "Main"});
}

SCENARIO("What is not published yet can be")
{
  ChannelsViewModel channels;
  channels.show(prepared::channels());
  REQUIRE(channels.ours().size() == 2);
  CHECK(channels.ours()[0].toMap()["about"] == "Somebody listens");
  CHECK(channels.ours()[1].toMap()["about"] == "Nobody listens yet");
  REQUIRE(channels.choices().size() == 1);
  CHECK(channels.choices()[0].toMap()["player"] == "Carla");
  channels.show(prepared::noChannels());
  CHECK(channels.choices().size() == 2);
  CHECK(channels.choices()[0].toMap()["title"] == "Mix"); // as it is called when it is published
}

SCENARIO("Switched off while the patch knows channels, it says so")
{
  ChannelsViewModel channels;
  channels.show(prepared::channelsOff());
  CHECK(channels.problem() == "Your patch has channels of other programs, but Link Audio is off here.");
  CHECK(told(channels, 0, ChannelsViewModel::problemRole) == "Link Audio is off here");
}

SCENARIO("Figures change without the list, and nothing is told of what is as it was")
{
  ChannelsViewModel channels;
  auto snapshot = prepared::channels();
  channels.show(snapshot);
  QSignalSpy changed{&channels, &ChannelsViewModel::changed};
  QSignalSpy reset{&channels, &ChannelsViewModel::modelReset};
  QSignalSpy figures{&channels, &ChannelsViewModel::dataChanged};
  channels.show(snapshot);
  CHECK(figures.isEmpty());
  snapshot.channels[0].sound.peak = 0.9F;
  channels.show(snapshot);
  CHECK(figures.size() == 1);
  CHECK(changed.isEmpty());
  CHECK(reset.isEmpty());
}

SCENARIO("What is wished of a channel names it")
{
  ChannelsViewModel channels;
  channels.show(prepared::channels());
  QSignalSpy listens{&channels, &ChannelsViewModel::listenWanted};
  QSignalSpy stops{&channels, &ChannelsViewModel::stopWanted};
  QSignalSpy places{&channels, &ChannelsViewModel::placeWanted};
  QSignalSpy publishes{&channels, &ChannelsViewModel::publishWanted};
  channels.listen(2);
  channels.listen(3); // it is not there
  channels.listen(4);
  CHECK(listens.size() == 1);
  channels.stop(3);
  REQUIRE(stops.size() == 1);
  CHECK(stops[0][0] == "Move / Track 1");
  channels.place(0, 4);
  channels.place(0, 17);
  REQUIRE(places.size() == 1);
  CHECK(places[0][0] == "Live / Bass");
  channels.publish({});
  channels.publish("Carla");
  CHECK(publishes.size() == 2);
}
