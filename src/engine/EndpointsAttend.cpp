#include <algorithm>
#include <chrono>
#include <utility>

#include "EndpointsImpl.hpp"

/// What the attendant does.
namespace tutti::engine {
namespace {

using namespace std::chrono_literals;
using Kind = EndpointEvent::Kind;

constexpr auto kOften = 50ms;
constexpr std::size_t kMostEvents = 1000; // nobody asks: the older ones are forgotten

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
  if (calls_.isOpen()) attendClient(now, streams);
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
  for (const auto& [at, what] : server_->takeEvents()) tell({kindOf(what.kind), at, what.name, what.text});
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
  for (auto& event : calls_.attend(now)) tell(std::move(event));
  next_.lan = calls_.lan();
  for (const auto& server : calls_.servers()) use(server, streams);
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
