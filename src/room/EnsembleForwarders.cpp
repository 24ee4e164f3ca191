// Which forwarder carries our room, where several servers share their rooms and have one each; and how far
// the others are. What is said to it: EnsembleServer.cpp.
#include <tutti/room/Ensemble.hpp>

#include <algorithm>

#include <tutti/room/Candidates.hpp>

#include "Checking.hpp"

namespace tutti::room {
namespace {

using net::stun::Attribute;
namespace stun = net::stun;

Path forwarderPath(const Endpoint& forwarder)
{
  return {PathKind::forwarder, forwarder};
}

} // namespace

/// Where a forwarder may be asked: at the directory's own address always, elsewhere as a member's candidates
/// . Wherever a directory sends us, nobody gets more than our checks who does not know their password.
std::vector<Endpoint> Ensemble::placesOf(const wire::RoomForwarder& forwarder) const
{
  std::vector<Endpoint> places;
  for (const auto& address : forwarder.addresses) {
    const Endpoint place{address, forwarder.port};
    const bool isDirectorys = std::ranges::find(servers_, address) != servers_.end();
    if (isDirectorys || !reachable({place}, local_).empty()) places.push_back(place);
  }
  return places;
}

/// The first one that we were told of is ours. What stays the same goes on as it is.
void Ensemble::settleForwarders(HostTime now)
{
  std::vector<Endpoint> places;
  if (!offered_.empty())
    places = placesOf(offered_.front());
  else
    for (const auto& server : servers_) places.push_back({server, serverPort_});
  if (places != forwarderPlaces_) {
    forwarderPlaces_ = std::move(places);
    useForwarder(now);
  }
  std::vector<Scout> scouts;
  for (std::size_t i = 1; i < offered_.size(); ++i) {
    const auto there = placesOf(offered_[i]);
    if (there.empty()) continue;
    const auto known = std::ranges::find_if(scouts_, [&](const Scout& scout) {
      return scout.id == offered_[i].id && scout.check.path().to == there.front();
    });
    scouts.push_back(
      known != scouts_.end() ? *known : Scout{offered_[i].id, PathCheck{forwarderPath(there.front()), now}});
  }
  scouts_ = std::move(scouts);
}

void Ensemble::useForwarder(HostTime now)
{
  cookie_.clear();
  cookieSent_.clear();
  isProved_ = false;
  forwarder_.reset();
  mirror_.reset();
  if (!forwarderPlaces_.empty()) forwarder_ = PathCheck{forwarderPath(forwarderPlaces_[0]), now};
  if (forwarderPlaces_.size() > 1) mirror_ = PathCheck{forwarderPath(forwarderPlaces_[1]), now};
}

/// Without a cookie: they send nothing to us.
void Ensemble::checkScouts(HostTime now, Actions& out)
{
  for (auto& scout : scouts_) {
    scout.check.advance(now);
    if (!scout.check.isDue(now) || !checks_.tryTake(now)) continue;
    const auto id = drawTransaction();
    stun::Writer question{stun::Class::request, stun::Method::binding, id};
    question.add(Attribute::username, std::string_view{stunUser_});
    askServer(scout.check, question, id, now, out);
  }
}

std::vector<wire::RoundTrip> Ensemble::roundTrips() const
{
  std::vector<wire::RoundTrip> all;
  const auto add = [&all](std::uint64_t id, const PathCheck& check) {
    const auto roundTrip = check.carries() ? check.roundTrip() : std::nullopt;
    if (roundTrip) all.push_back({id, static_cast<std::uint32_t>(roundTrip->count())});
  };
  if (!offered_.empty() && forwarder_) add(offered_.front().id, *forwarder_);
  for (const auto& scout : scouts_) add(scout.id, scout.check);
  return all;
}

} // namespace tutti::room
