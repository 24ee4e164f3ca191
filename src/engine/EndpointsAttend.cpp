#include <algorithm>
#include <chrono>
#include <utility>

#include "EndpointsImpl.hpp"

/// What the attendant does.
namespace tutti::engine {
namespace {

using namespace std::chrono_literals;
using Kind = EndpointEvent::Kind;
using What = endpoint::Outbox::Event::Kind;

constexpr auto kOften = 50ms;
constexpr std::size_t kMostEvents = 1000; // nobody asks: the older ones are forgotten

Kind kindOf(What what)
{
  switch (what) {
  case What::met:
    return Kind::met;
  case What::started:
    return Kind::started;
  case What::rested:
    return Kind::rested;
  case What::left:
    return Kind::left;
  case What::refused:
    break;
  }
  return Kind::refused;
}

} // namespace

void Endpoints::Impl::attend()
{
  std::unique_lock lock{overMutex_};
  while (!over_.wait_for(lock, kOften, [this] { return isOver_; })) {
    lock.unlock();
    lookAround(time::HostClock::now());
    lock.lock();
  }
}

void Endpoints::Impl::lookAround(HostTime now)
{
  attendDevice(now);
  attendRecording(now);
  attendStreams(now);
  patch_.tend();
  next_.port = server_ ? server_->port() : std::uint16_t{0};
  next_.isHopeless = calls_.isHopeless();
  const std::lock_guard lock{mutex_};
  shown_ = next_;
}

void Endpoints::Impl::attendStreams(HostTime now)
{
  const bool wasFull = std::exchange(isFull_, false);
  Streams streams;
  next_.peers.clear();
  if (client_) attendClient(now, streams);
  if (server_) attendServer(streams);
  patch_.keep(streams);
  if (isFull_ && !wasFull)
    complain(now,
             "There are more streams than can be mixed here: some are not heard until others have left.");
}

void Endpoints::Impl::attendDevice(HostTime now)
{
  const auto before = std::exchange(next_.device, device_->status());
  while (const auto event = device_->tryPopEvent())
    if (event->kind == audio::DeviceEvent::Kind::lost)
      complain(now, before.name + " is gone. The others hear silence; it is waited for.");
  if (before.deviceOut != next_.device.deviceOut) patch_.setDeviceOut(next_.device.deviceOut);
  if (before.rate == next_.device.rate) return;
  if (const auto begun = begin(); !begun) complain(now, begun.error().detail);
}

void Endpoints::Impl::attendRecording(HostTime now)
{
  if (!recording_) return;
  const auto problem = recording_->status().problem;
  if (std::exchange(recordingProblem_, problem) != problem && !problem.empty()) complain(now, problem);
}

void Endpoints::Impl::attendServer(Streams& streams)
{
  for (const auto& told : server_->takeEvents()) tellOfServer(told);
  const auto& offers = settings_.serving->toServer;
  for (std::size_t i = 0; i < settings_.serving->fromServer.size(); ++i)
    streams.insert(server_->door(i).get());
  for (const auto& client : server_->clients()) {
    EndpointPeerSnapshot peer{
      EndpointPeerSnapshot::Role::client, client.name, client.isRunning, {}, client.sent};
    for (std::size_t i = 0; i < client.toServer.size(); ++i)
      peer.heard.push_back(hear(client.toServer[i], client.heard[i], client.name, offers[i].name, streams));
    next_.peers.push_back(std::move(peer));
  }
}

void Endpoints::Impl::attendClient(HostTime now, Streams& streams)
{
  attendLan(now);
  for (const auto& call : calls_.due(next_.lan, now)) calls_.calling(call, client_->call(call.to));
  for (const auto& told : client_->takeEvents()) tellOfClient(told, now);
  for (const auto& server : client_->servers()) use(server, streams);
}

void Endpoints::Impl::attendLan(HostTime now)
{
  const auto before = std::exchange(next_.lan, client_->lan());
  const auto isIn = [](const std::vector<endpoint::LanServer>& list, const endpoint::LanServer& server) {
    return std::ranges::find(list, server.id, &endpoint::LanServer::id) != list.end();
  };
  for (const auto& server : next_.lan)
    if (!isIn(before, server)) tell({Kind::found, now, server.name, server.at.text()});
  for (const auto& server : before)
    if (!isIn(next_.lan, server)) tell({Kind::gone, now, server.name, server.at.text()});
}

/// All its streams, in both directions.
void Endpoints::Impl::use(const endpoint::EndpointClient::Server& server, Streams& streams)
{
  const auto& about = server.about;
  EndpointPeerSnapshot peer{EndpointPeerSnapshot::Role::server, about.name, about.isRunning, {}, about.sent};
  for (std::size_t i = 0; i < about.fromServer.size(); ++i)
    peer.heard.push_back(
      hear(about.fromServer[i], about.heard[i], about.name, about.offersFrom[i].name, streams));
  for (std::size_t i = 0; i < server.toServer.size(); ++i) {
    const auto& door = server.toServer[i];
    const auto& offer = about.offersTo[i];
    streams.insert(door.get());
    if (patch_.has(door.get())) continue;
    isFull_ = !patch_.feed(door, offer.format.channels, source_, about.name + ' ' + offer.name) || isFull_;
  }
  next_.peers.push_back(std::move(peer));
}

EndpointStreamSnapshot Endpoints::Impl::hear(const std::shared_ptr<endpoint::Reception>& reception,
                                             const endpoint::Reception::Statistics& heard,
                                             const std::string& peer, const std::string& stream,
                                             Streams& streams)
{
  streams.insert(reception.get());
  if (!patch_.has(reception.get())) isFull_ = !patch_.hear(reception, peer + ' ' + stream) || isFull_;
  return {stream, reception->format(), heard};
}

void Endpoints::Impl::tellOfServer(const endpoint::Told& told)
{
  tell({kindOf(told.what.kind), told.at, told.what.name, told.what.text});
}

/// A server that is called in vain, again and again, is told of once.
void Endpoints::Impl::tellOfClient(const endpoint::Told& told, HostTime now)
{
  const auto& what = told.what;
  const auto title = calls_.title(what.who).value_or(what.name);
  const bool isOver = what.kind == What::left || what.kind == What::refused;
  if (!isOver) {
    notReached_.erase(title);
    return tell({kindOf(what.kind), told.at, title, what.text});
  }
  using Hope = endpoint::CallList::Hope;
  calls_.over(what.who, what.kind == What::refused ? Hope::never : Hope::again, now);
  if (std::exchange(notReached_[title], what.text) != what.text)
    tell({kindOf(what.kind), told.at, title, what.text});
}

void Endpoints::Impl::tell(EndpointEvent event)
{
  const std::lock_guard lock{mutex_};
  events_.push_back(std::move(event));
  if (events_.size() > kMostEvents) events_.erase(events_.begin());
}

void Endpoints::Impl::complain(HostTime now, const std::string& sentence)
{
  tell({Kind::problem, now, {}, sentence});
}

} // namespace tutti::engine
