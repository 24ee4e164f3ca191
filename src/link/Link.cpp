#include <tutti/link/Link.hpp>

#include "Service.hpp"

namespace tutti::link {

Link::Link(time::Tempo tempo)
  : Link{tempo, Options{}}
{}
Link::Link(time::Tempo tempo, Options options)
  : service_{std::make_unique<Service>(tempo, std::move(options), nullptr)}
{}
Link::Link(time::Tempo tempo, Options options, asio::io_context& control)
  : service_{std::make_unique<Service>(tempo, std::move(options), &control)}
{}
Link::~Link() = default;

void Link::enable()
{
  service_->enable();
}
void Link::disable()
{
  service_->disable();
}
bool Link::isEnabled() const
{
  return service_->shared().isEnabled;
}

void Link::followStartStop()
{
  service_->setFollowsStartStop(true);
}
void Link::ignoreStartStop()
{
  service_->setFollowsStartStop(false);
}
bool Link::followsStartStop() const
{
  return service_->shared().followsStartStop;
}

std::size_t Link::peerCount() const
{
  return service_->shared().peerCount;
}

void Link::onPeerCount(std::function<void(std::size_t)> callback)
{
  service_->setCallbacks([&](auto& callbacks) { callbacks.peerCount = std::move(callback); });
}

void Link::onTempo(std::function<void(time::Tempo)> callback)
{
  service_->setCallbacks([&](auto& callbacks) { callbacks.tempo = std::move(callback); });
}

void Link::onStartStop(std::function<void(bool)> callback)
{
  service_->setCallbacks([&](auto& callbacks) { callbacks.startStop = std::move(callback); });
}

void Link::onLan(std::function<void(const LanView&)> callback)
{
  service_->onLan(std::move(callback));
}

void Link::carry(const BridgeOrder& order)
{
  service_->carry(order);
}

void Link::onAudio(std::function<void(const AudioView&)> callback)
{
  service_->onAudio(std::move(callback));
}

void Link::offerAudio(AudioSockets sockets)
{
  service_->offerAudio(std::move(sockets));
}

SessionState Link::captureApp() const
{
  return service_->captureApp();
}
void Link::commitApp(const SessionState& state)
{
  service_->commitApp(state);
}

SessionState Link::captureAudio() noexcept TUTTI_NONBLOCKING
{
  return service_->audio().capture(time::HostClock::now());
}

void Link::commitAudio(const SessionState& state) noexcept TUTTI_NONBLOCKING
{
  service_->audio().commit(state, time::HostClock::now());
}

Status Link::status() const
{
  return *service_->status();
}

} // namespace tutti::link
