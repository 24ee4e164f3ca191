#include "PreparedOutside.hpp"

namespace tutti::prepared {
namespace {

constexpr Micros kBeat{60'000'000 / 132};

endpoint::StreamOffer stream(const std::string& name)
{
  endpoint::StreamOffer offer;
  offer.name = name;
  return offer;
}

engine::LanServerSnapshot near(const std::string& name)
{
  engine::LanServerSnapshot server;
  server.name = name;
  server.isNear = true;
  return server;
}

engine::LanServerSnapshot wanted(engine::LanServerSnapshot server)
{
  server.isWanted = true;
  return server;
}

engine::LanServerSnapshot lost(const std::string& name)
{
  auto server = wanted(near(name));
  server.isNear = false;
  server.problem = "no sign of life from " + name;
  return server;
}

engine::ChannelSnapshot channel(const std::string& peer, const std::string& name, std::uint8_t number)
{
  engine::ChannelSnapshot one;
  one.peer = peer;
  one.name = name;
  one.id = linkaudio::ChannelId{NodeId{{number}}};
  return one;
}

engine::ChannelSnapshot heard(engine::ChannelSnapshot one, linkaudio::Placement placement)
{
  one.guest = one.peer + " / " + one.name;
  one.isHeard = true;
  one.placement = placement;
  one.sound.hasSignal = one.sound.isSounding = true;
  one.sound.channels = 2;
  one.sound.rate = audio::SampleRate::fromHertz(44'100);
  one.sound.peak = 0.4F;
  const bool isLive = placement.kind == linkaudio::Placement::Kind::live;
  one.sound.lag = isLive ? 0.02 : placement.beats;
  one.sound.delay = isLive ? Micros{7'400} : kBeat * placement.beats;
  return one;
}

engine::ChannelSnapshot missing(const std::string& peer, const std::string& name, const std::string& why)
{
  engine::ChannelSnapshot one;
  one.peer = peer;
  one.name = name;
  one.guest = peer + " / " + name;
  one.problem = why;
  return one;
}

} // namespace

engine::ProgramsSnapshot programs()
{
  using State = module::ProcessPicture::State;
  engine::ProgramsSnapshot snapshot;
  snapshot.programs = {{"Organ", "/usr/bin/organ --stop 8", State::running, "", {}},
                       {"Shimmer",
                        "/home/anna/bin/shimmer",
                        State::givenUp,
                        "It has crashed 8 times within a minute and is not started any more. The last time: "
                        "It has ended with the error 1.",
                        {"loading the impulse response", "cannot open hall.wav"}},
                       {"Meters",
                        "/opt/meters/meters --all",
                        State::notApproved,
                        "Tutti starts this program only when you allow it.",
                        {}}};
  return snapshot;
}

engine::LanSnapshot streams()
{
  engine::LanSnapshot snapshot;
  snapshot.servers = {near("Control room"), lost("Drum booth"), wanted(near("Stage"))};
  snapshot.servers[2].isConnected = true;
  snapshot.servers[2].fromServer = {stream("Stage left"), stream("Stage right")};
  snapshot.servers[2].toServer = {stream("Monitors")};
  snapshot.offers = {{"Monitor mix"}};
  snapshot.listeners = {"Ben"};
  return snapshot;
}

engine::ChannelsSnapshot channels()
{
  using Hears = engine::ChannelOffer::Hears;
  engine::ChannelsSnapshot snapshot;
  snapshot.isOn = true;
  snapshot.channels = {heard(channel("Live", "Bass", 1), linkaudio::Placement::live()),
                       heard(channel("Live", "Drums", 2), linkaudio::Placement::inBeats(1)),
                       channel("Live", "Main", 3),
                       missing("Move", "Track 1", "Move is not in the Link session")};
  snapshot.channels[1].sound.lost = 12;
  snapshot.ours = {{{"Mix", Hears::mix, {}}, true, true, {}},
                   {{"Ben", Hears::player, "Ben"}, true, false, {}}};
  snapshot.players = {"Ben", "Carla"};
  return snapshot;
}

engine::ChannelsSnapshot channelsOfTwoSites()
{
  auto snapshot = channels();
  snapshot.isBridged = true;
  snapshot.channels[0].isCarried = true;
  snapshot.channels[0].sites = 1;
  auto far = heard(channel("Anna", "Violin (Lisbon)", 4), linkaudio::Placement::inBeats(2));
  auto farther = channel("Anna", "Percussion (Lisbon)", 5);
  far.site = farther.site = "Lisbon";
  snapshot.channels.pop_back();
  snapshot.channels.push_back(farther);
  snapshot.channels.push_back(far);
  return snapshot;
}

engine::ChannelsSnapshot noChannels()
{
  engine::ChannelsSnapshot snapshot;
  snapshot.isOn = true;
  snapshot.players = {"Ben"};
  return snapshot;
}

engine::ChannelsSnapshot channelsOff()
{
  engine::ChannelsSnapshot snapshot;
  snapshot.channels = {missing("Live", "Drums", "Link Audio is off here")};
  return snapshot;
}

} // namespace tutti::prepared
