#include "JamImpl.hpp"

namespace tutti::engine {

void Jam::Impl::setKnownServer(const std::optional<room::ServerAddress>& server)
{
  const std::lock_guard lock{mutex_};
  settings_.knownServer = server;
}

std::optional<serve::Reach> Jam::Impl::reach()
{
  const std::lock_guard lock{mutex_};
  return host_ && !echo_ ? host_->reach() : std::nullopt;
}

/// At home on the usual ports if they are free: whoever opens them by hand does it once.
Result<std::unique_ptr<serve::Host>> Jam::Impl::openHost()
{
  serve::Host::Options options;
  {
    const std::lock_guard lock{mutex_};
    options.stateFolder = settings_.stateFolder;
    if (settings_.isAtHome)
      options.home = serve::AtHome{settings_.knownServer, [this](const serve::Reach&) { changed(); }};
  }
  if (!options.home) return serve::Host::open(options);
  auto usual = options;
  usual.httpPort = usual.udpPort = room::kDefaultPort;
  auto opened = serve::Host::open(usual);
  const bool isTaken = !opened && opened.error().kind == ErrorKind::refused;
  return isTaken ? serve::Host::open(options) : std::move(opened);
}

/// Who is elsewhere comes in by the router.
std::string Jam::Impl::invitationForOthers() const
{
  const auto reach = host_ ? host_->reach() : std::nullopt;
  return (reach ? serve::forElsewhere(invitation_, *reach) : invitation_).link();
}

/// A room of this LAN at its address here: few routers let in from inside what goes to their outside.
room::Invitation Jam::Impl::byNearestWay(room::Invitation invitation) const
{
  if (!lanRooms_ || !invitation.fingerprint) return invitation;
  for (const auto& near : lanRooms_->rooms()) {
    const auto here = near.invitation();
    if (here.fingerprint != invitation.fingerprint || here.room != invitation.room) continue;
    invitation.host = here.host;
    invitation.port = here.port;
    break;
  }
  return invitation;
}

} // namespace tutti::engine
