#include <algorithm>
#include <utility>

#include "JamImpl.hpp"

namespace tutti::engine {
namespace {

constexpr std::size_t kMostNear = 4; // addresses at which the LAN says that a room is

} // namespace

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
  options.letsInAtOnce = false;
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

/// A room of this LAN at its address here: few routers let in from inside what goes to their outside. Anybody
/// can announce one; where the invitation's own address is among those, no other one is tried.
std::vector<room::Invitation> Jam::Impl::nearWays(const room::Invitation& invitation) const
{
  std::vector<room::Invitation> ways;
  if (!lanRooms_ || !invitation.fingerprint) return ways;
  for (const auto& heard : lanRooms_->rooms()) {
    const auto here = heard.invitation();
    if (here.fingerprint != invitation.fingerprint || here.room != invitation.room) continue;
    if (here.host == invitation.host && here.port == invitation.port) return {};
    auto way = invitation;
    way.host = here.host;
    way.port = here.port;
    const bool isNew = std::ranges::find(ways, way) == ways.end();
    if (isNew && ways.size() < kMostNear) ways.push_back(std::move(way));
  }
  return ways;
}

/// By the near ways first; then as the invitation says, as whoever told those may have lied.
Result<std::unique_ptr<room::Session>> Jam::Impl::enter(room::Session::Options options, const Entry& entry)
{
  auto ways = entry.near;
  ways.push_back(entry.invitation);
  Error problem;
  for (auto& way : ways) {
    options.invitation = std::move(way);
    auto session = room::Session::join(options, *this);
    const bool isOver = session || session.error().kind == ErrorKind::unauthorized || plan_.stop_requested();
    if (isOver) return session;
    // From inside, the address for others may lead nowhere: what a server says tells more.
    const bool tellsMore = session.error().kind != ErrorKind::unavailable;
    if (tellsMore || problem.kind == ErrorKind::unavailable) problem = session.error();
  }
  return tl::unexpected{problem};
}

} // namespace tutti::engine
