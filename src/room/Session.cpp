#include <tutti/room/Session.hpp>

#include <utility>

#include <fmt/format.h>

#include <tutti/room/Candidates.hpp>

#include "JoinStop.hpp"
#include "Resolve.hpp"
#include "SessionMachinery.hpp"

namespace tutti::room {
namespace {

/// The room's secret: from the invitation, the password, or, only where the musician has neither, from the
/// directory. A directory that could give another one would listen.
Result<Secret> secretOf(const Session::Options& options, const wire::RoomRecord& room)
{
  if (options.invitation.secret) return *options.invitation.secret;
  if (options.password && room.kind != wire::RoomKind::password)
    return failure(
      ErrorKind::refused,
      fmt::format("The room '{}' asks for no password: it is not the one that you mean.", room.name));
  if (options.password) return Secret::ofPassword(*options.password, room.id);
  if (room.kind == wire::RoomKind::password)
    return failure(ErrorKind::unauthorized, fmt::format("The room '{}' asks for a password.", room.name));
  if (room.kind == wire::RoomKind::open && room.secret) return *room.secret;
  return failure(ErrorKind::refused, "This invitation has no key in it. Ask for a whole one.");
}

Result<wire::RoomRecord> askForRoom(DirectoryClient& client)
{
  const auto answer = client.askForRoom();
  if (!answer) return tl::unexpected{answer.error()};
  if (!answer->isGood()) return failure(ErrorKind::refused, answer->refusal().sentence);
  auto room = wire::RoomRecord::parse(answer->body);
  if (!room) return failure(ErrorKind::malformed, "The server gave an answer that cannot be read.");
  return room;
}

Result<net::BatchSocket> openMediaSocket()
{
  auto both = net::BatchSocket::open({IpAddress::v6({}), 0});
  return both ? std::move(both) : net::BatchSocket::open({IpAddress::v4({}), 0});
}

} // namespace

Session::Session(std::unique_ptr<Machinery> machinery)
  : machinery_{std::move(machinery)}
{}

Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::join(const Options& options, Sink& sink)
{
  DirectoryClient client{options.invitation};
  const JoinStop stop{options.stop, client};
  const auto room = askForRoom(client);
  if (!room) return tl::unexpected{room.error()};
  const auto secret = secretOf(options, *room);
  if (!secret) return tl::unexpected{secret.error()};
  auto socket = openMediaSocket();
  if (!socket) return tl::unexpected{socket.error()};
  auto keys = MemberKeys::draw();
  const Card card{keys.id(),
                  keys.signPublic(),
                  keys.boxPublic(),
                  1,
                  options.name,
                  options.instrument,
                  ownCandidates(localAddresses(options.interfaces), socket->local().port)};
  wire::JoinRequest request{
    wire::kVersion, secret->joinToken(), keys.id(), card.encode(*secret, keys), 0, {}};
  request.prove(keys);
  if (!Card::parse(request.card, *secret))
    return failure(ErrorKind::refused, "A name has 1 to 64 letters, on one line.");
  if (options.stop.stop_requested()) return failure(ErrorKind::refused, "Joining was given up.");
  auto joined = Membership::join(client, request);
  if (!joined) return tl::unexpected{joined.error()};
  if (joined->room.host && !joined->room.provedHost(*secret))
    return failure(ErrorKind::refused,
                   "The server names somebody as the host whom the room does not know. Do not trust it.");
  return std::unique_ptr<Session>{new Session{
    std::make_unique<Machinery>(options,
                                Machinery::Entry{*secret, std::move(keys), card, request, std::move(*joined),
                                                 addressesOf(options.invitation.host), std::move(*socket)},
                                sink)}};
}

std::uint16_t Session::slot() const
{
  return machinery_->slot();
}

bool Session::send(std::span<std::byte> buffer, std::size_t size)
{
  return machinery_->media().sendMedia(buffer, size);
}

Session::Status Session::status() const
{
  return machinery_->status();
}

Result<void> Session::say(const std::string& text)
{
  return machinery_->say(text);
}

Result<void> Session::order(Order::What what, const MemberId& target)
{
  return machinery_->order(what, target);
}

void Session::sayToBridges(std::span<const std::byte> word)
{
  machinery_->sayToBridges(word);
}

void Session::onBridgeWord(Ensemble::BridgeWord::About about,
                           std::function<void(Ensemble::BridgeWord)> listener)
{
  machinery_->onBridgeWord(about, std::move(listener));
}

const MemberKeys& Session::keys() const
{
  return machinery_->keys();
}

} // namespace tutti::room
