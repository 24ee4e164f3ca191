#include "PreparedOutside.hpp"

namespace tutti::prepared {
namespace {

endpoint::StreamOffer stream(const std::string& name)
{
  endpoint::StreamOffer offer;
  offer.name = name;
  return offer;
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
  snapshot.servers = {{.name = "Control room", .isNear = true},
                      {.name = "Drum booth", .isWanted = true, .problem = "no sign of life from Drum booth"},
                      {.name = "Stage",
                       .isNear = true,
                       .isWanted = true,
                       .isConnected = true,
                       .fromServer = {stream("Stage left"), stream("Stage right")},
                       .toServer = {stream("Monitors")}}};
  snapshot.offers = {{"Monitor mix"}};
  snapshot.listeners = {"Ben"};
  return snapshot;
}

} // namespace tutti::prepared
