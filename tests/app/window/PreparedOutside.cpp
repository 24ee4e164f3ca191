#include "PreparedOutside.hpp"

namespace tutti::prepared {
namespace {

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

} // namespace

engine::ProgramsSnapshot programs()
{
  using State = module::ProcessPicture::State;
  engine::ProgramsSnapshot snapshot;
  snapshot.programs = {{"Organ", "/usr/bin/organ --stop 8", State::running, "", {}},
                       {"Shimmer",
                        "/home/anna/bin/shimmer",
                        State::givenUp,
                        "It crashed 8 times within a minute and is not started any more.",
                        {"loading the impulse response", "cannot open hall.wav"}},
                       {"Meters",
                        "/opt/meters/meters --all",
                        State::notApproved,
                        "You have not said that it may be started.",
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

} // namespace tutti::prepared
