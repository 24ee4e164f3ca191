#include <tutti/net/TurnClient.hpp>

#include "TurnMachinery.hpp"

namespace tutti::net {
namespace {

/// Gathers what one call brings about.
template <class Work> TurnClient::Actions gathered(Work work)
{
  TurnClient::Actions out;
  work(out);
  return out;
}

} // namespace

TurnClient::TurnClient(const Endpoint& server, TurnCredentials credentials, Options options)
  : machinery_{std::make_unique<Machinery>(server, std::move(credentials), std::move(options))}
{}

TurnClient::TurnClient(const Endpoint& server, TurnCredentials credentials)
  : TurnClient{server, std::move(credentials), Options{}}
{}

TurnClient::~TurnClient() = default;
TurnClient::TurnClient(TurnClient&&) noexcept = default;
TurnClient& TurnClient::operator=(TurnClient&&) noexcept = default;

TurnClient::Actions TurnClient::start(HostTime now)
{
  return gathered([&](Actions& out) { machinery_->start(now, out); });
}

TurnClient::Actions TurnClient::disconnected(HostTime now)
{
  return gathered([&](Actions& out) { machinery_->disconnected(now, out); });
}

TurnClient::Actions TurnClient::receive(std::span<const std::byte> message, const Endpoint& from, HostTime at)
{
  return gathered([&](Actions& out) { machinery_->receive(message, from, at, out); });
}

TurnClient::Actions TurnClient::advance(HostTime now)
{
  return gathered([&](Actions& out) { machinery_->advance(now, out); });
}

std::optional<HostTime> TurnClient::nextDeadline() const
{
  return machinery_->nextDeadline();
}

TurnClient::Actions TurnClient::permit(const Endpoint& peer, HostTime now)
{
  return gathered([&](Actions& out) { machinery_->want(peer, false, now, out); });
}

TurnClient::Actions TurnClient::bindChannel(const Endpoint& peer, HostTime now)
{
  return gathered([&](Actions& out) { machinery_->want(peer, true, now, out); });
}

TurnClient::Actions TurnClient::forget(const Endpoint& peer, HostTime now)
{
  return gathered([&](Actions& out) { machinery_->forget(peer, now, out); });
}

TurnClient::Actions TurnClient::renew(TurnCredentials credentials, HostTime now)
{
  return gathered([&](Actions& out) { machinery_->renew(std::move(credentials), now, out); });
}

TurnClient::Actions TurnClient::suspect(HostTime now)
{
  return gathered([&](Actions& out) { machinery_->suspect(now, out); });
}

TurnClient::Actions TurnClient::release(HostTime now)
{
  return gathered([&](Actions& out) { machinery_->release(now, out); });
}

Endpoint TurnClient::server() const
{
  return machinery_->server().at;
}

const TurnRoutes& TurnClient::routes() const
{
  return machinery_->routes();
}

} // namespace tutti::net
