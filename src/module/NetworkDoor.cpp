#include "NetworkDoor.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include <tutti/module/NetworkPassage.hpp>
#include <tutti/net/ReceiveRound.hpp>

namespace tutti::module {

Result<std::unique_ptr<NetworkDoor>> NetworkDoor::open(Setup setup, GuestCount& count)
{
  for (const auto& token : setup.tokens)
    if (token.size() < NetworkAddress::kShortestToken)
      return failure(ErrorKind::refused, "A token for modules from a network needs 16 characters or more.");
  auto socket = net::BatchSocket::open(setup.at);
  if (!socket) return tl::unexpected{socket.error()};
  return std::unique_ptr<NetworkDoor>{new NetworkDoor{std::move(setup), std::move(*socket), count}};
}

NetworkDoor::NetworkDoor(Setup setup, net::BatchSocket socket, GuestCount& count)
  : setup_{std::move(setup)}
  , socket_{std::move(socket)}
  , count_{count}
  , calls_{kCalls, time::HostClock::now()}
{}

NetworkDoor::~NetworkDoor() = default;

void NetworkDoor::addTo(std::vector<net::Watch>& all) const
{
  all.push_back({socket_.descriptor()});
}

void NetworkDoor::tend(GuestDesk& desk, HostTime now, GuestOutbox& out)
{
  net::receiveRound(socket_, [&](std::span<net::Incoming> batch) {
    for (const auto& datagram : batch) hear(datagram, desk, now, out);
  });
  std::erase_if(lines_, [&](const auto& entry) {
    return !entry.second->isKnown && now - entry.second->heardAt >= kSilence;
  });
}

void NetworkDoor::hear(const net::Incoming& datagram, GuestDesk& desk, HostTime now, GuestOutbox& out)
{
  if (isCall(datagram.bytes)) return hearCall(datagram, now);
  const auto found = lines_.find(datagram.from);
  if (found == lines_.end()) return;
  auto& line = *found->second;
  const auto opened = line.opener.open(datagram.bytes, now);
  if (!opened) return;
  line.heardAt = now;
  if (!std::exchange(line.isKnown, true))
    desk.called(line.id,
                {.allowance = setup_.allowance,
                 .isVouchedFor = true,
                 .description = fmt::format("network, {}", datagram.from.text())},
                now, out);
  if (opened->kind == PacketKind::words) return desk.receive(line.id, opened->payload, now, out);
  if (line.ferry) line.ferry->answer(opened->payload);
}

/// The same call gets the same answer. One from an address that speaks already must know the token, and
/// begins anew: the program was started again.
void NetworkDoor::hearCall(const net::Incoming& datagram, HostTime now)
{
  if (!calls_.tryTake(now)) return;
  for (const auto& token : setup_.tokens) {
    const auto caller = readCall(datagram.bytes, token);
    if (!caller) continue;
    auto found = lines_.find(datagram.from);
    if (found == lines_.end() && lines_.size() >= kMostLines) return;
    if (found != lines_.end() && found->second->isKnown) return; // its lease ends first
    if (found == lines_.end() || found->second->caller != *caller) {
      const auto host = drawNonce();
      auto line = std::make_unique<Line>(count_.next(), *caller, host, keysOf(token, *caller, host));
      found = lines_.insert_or_assign(datagram.from, std::move(line)).first;
    }
    found->second->heardAt = now;
    const auto answer = encodeAnswer(token, *caller, found->second->host);
    const net::Outgoing out{answer, datagram.from};
    const std::lock_guard lock{sending_};
    socket_.send({&out, 1});
    return;
  }
}

void NetworkDoor::send(Line& line, const Endpoint& to, PacketKind kind, std::uint32_t timestamp,
                       std::span<const std::byte> payload)
{
  const std::lock_guard lock{sending_};
  if (const auto packet = line.sealer.seal(kind, timestamp, payload)) {
    const net::Outgoing out{*packet, to};
    socket_.send({&out, 1});
  }
}

bool NetworkDoor::say(GuestOutbox::Saying& saying)
{
  const auto found =
    std::ranges::find_if(lines_, [&](const auto& entry) { return entry.second->id == saying.to; });
  if (found == lines_.end()) return false;
  auto& [to, line] = *found;
  if (saying.shape) board(*line, to, saying);
  send(*line, to, PacketKind::words, 0, saying.message);
  return true;
}

/// From now on what the audio thread puts down goes there.
void NetworkDoor::board(Line& line, const Endpoint& to, GuestOutbox::Saying& saying)
{
  const auto& shape = *saying.shape;
  line.ferry.reset();
  auto memory = LaneMemory::map(std::move(saying.memory), shape.words());
  const bool fits = fitsPieces(std::size_t{std::max(shape.inputs, shape.outputs)} * shape.block);
  if (!memory || !fits) return; // the program is told by its own end that it does not fit
  line.ferry = std::make_unique<Ferry>(
    std::move(*memory), shape, [this, &line, to](const Moment& moment, std::span<const float> inputs) {
      const auto timestamp = static_cast<std::uint32_t>(moment.first.frames & 0xffff'ffff);
      line.cutter.cut(moment, inputs, [&](std::span<const std::byte> piece) {
        send(line, to, PacketKind::sound, timestamp, piece);
      });
    });
}

void NetworkDoor::hangUp(GuestId id)
{
  std::erase_if(lines_, [id](const auto& entry) { return entry.second->id == id; });
}

} // namespace tutti::module
