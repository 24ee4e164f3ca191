#include <tutti/endpoint/ServerDesk.hpp>

#include <algorithm>
#include <utility>

#include <tutti/core/Assert.hpp>

#include "Delivery.hpp"

namespace tutti::endpoint {
namespace {

using Kind = Outbox::Event::Kind;

} // namespace

ServerDesk::ServerDesk(Setup setup, DrawToken drawToken)
  : setup_{std::move(setup)}
  , drawToken_{std::move(drawToken)}
{
  TUTTI_ASSERT(setup_.fromServer.size() <= kMostStreams && setup_.toServer.size() <= kMostStreams);
}

bool ServerDesk::isFull(const IpAddress& caller) const
{
  const auto ofOne =
    std::ranges::count(entries_, caller, [](const auto& entry) { return entry.second.caller; });
  return entries_.size() >= kMostClients || ofOne >= kMostOfOne;
}

void ServerDesk::called(ConnectionId id, const IpAddress& caller, HostTime now, Outbox& out)
{
  if (isFull(caller)) {
    deliver(id, Say{Bye{"The server has as many clients as it can serve; try again when one has left."}},
            out);
    out.hangUps.push_back(id);
    return;
  }
  const Offer offer{setup_.name, drawToken_(), setup_.mediaPort, setup_.fromServer, setup_.toServer};
  entries_.insert_or_assign(id, Entry{ServerSession{offer, caller, now}, caller, {}, {}});
}

void ServerDesk::receive(ConnectionId id, std::span<const std::byte> bytes, HostTime now, Outbox& out)
{
  const auto found = entries_.find(id);
  if (found == entries_.end()) return;
  auto& [session, caller, deframer, streams] = found->second;
  deframer.push(bytes);
  while (const auto message = deframer.next()) {
    const bool wasMet = session.clientRate() > 0;
    const auto why = !message->has_value() && !message->error().detail.empty()
                       ? message->error().detail
                       : std::string{"What it said makes no sense."};
    perform(id, *message ? session.receive(**message, now) : session.leave(why), out);
    if (!wasMet && session.clientRate() > 0) out.events.push_back({Kind::met, id, session.clientName(), {}});
  }
  tidy();
}

void ServerDesk::hungUp(ConnectionId id, Outbox& out)
{
  const auto found = entries_.find(id);
  if (found == entries_.end()) return;
  perform(id, found->second.session.broke("The connection broke."), out);
  tidy();
}

void ServerDesk::receiveMedia(std::span<const std::byte> datagram, const Endpoint& from, HostTime arrived,
                              HostTime now)
{
  const auto packet = parseMedia(datagram);
  const auto found = !packet ? entries_.end() : std::ranges::find_if(entries_, [&](const auto& entry) {
    return entry.second.session.offer().session == packet->session;
  });
  if (found == entries_.end()) {
    ++strays_;
    return;
  }
  auto& entry = found->second;
  if (!packet->type)
    entry.session.heardSign(from, now);
  else if (entry.streams && entry.session.media() == from)
    entry.streams->receive(*packet, arrived, now);
}

void ServerDesk::send(std::size_t number, SampleTime first, std::span<const std::span<const float>> channels,
                      Outbox& out)
{
  for (auto& [id, entry] : entries_)
    if (entry.streams && entry.session.media())
      entry.streams->send(number, first, channels, *entry.session.media(), out);
}

void ServerDesk::advance(HostTime now, Outbox& out)
{
  for (auto& [id, entry] : entries_) perform(id, entry.session.advance(now), out);
  tidy();
}

std::optional<HostTime> ServerDesk::nextDeadline() const
{
  std::optional<HostTime> next;
  for (const auto& [id, entry] : entries_)
    if (const auto due = entry.session.nextDeadline()) next = next ? std::min(*next, *due) : *due;
  return next;
}

void ServerDesk::leave(const std::string& reason, Outbox& out)
{
  for (auto& [id, entry] : entries_) perform(id, entry.session.leave(reason), out);
  tidy();
}

/// Entries stay where they are meanwhile.
void ServerDesk::perform(ConnectionId id, const SessionActions& actions, Outbox& out)
{
  auto& entry = entries_.at(id);
  for (const auto& action : actions) {
    if (const auto* say = std::get_if<Say>(&action)) {
      deliver(id, *say, out);
    } else if (const auto* sign = std::get_if<GiveSign>(&action)) {
      deliver(*sign, entry.session.offer().session, out);
    } else if (const auto* wanted = std::get_if<StartWanted>(&action)) {
      start(id, wanted->run, out);
    } else if (std::holds_alternative<StopWanted>(action)) {
      stop(id, out);
    } else if (const auto* closed = std::get_if<Closed>(&action)) {
      entry.streams.reset();
      deliver(id, *closed, entry.session.clientName(), out);
    }
  }
}

void ServerDesk::start(ConnectionId id, std::uint16_t run, Outbox& out)
{
  auto& entry = entries_.at(id);
  const auto rate = entry.session.clientRate();
  if (!setup_.toServer.empty())
    if (const auto fits = checkRates(rate, setup_.device); !fits)
      return perform(id, entry.session.answer(Verdict::refused, fits.error().detail), out);
  entry.streams.emplace(entry.session.offer().session, run,
                        StreamSet::Side{Direction::fromServer, setup_.device}, formatsOf(setup_.fromServer),
                        formatsOf(setup_.toServer, rate));
  perform(id, entry.session.answer(Verdict::ok), out);
  out.events.push_back({Kind::started, id, entry.session.clientName(), {}});
}

void ServerDesk::stop(ConnectionId id, Outbox& out)
{
  auto& entry = entries_.at(id);
  entry.streams.reset();
  perform(id, entry.session.answer(Verdict::ok), out);
  out.events.push_back({Kind::rested, id, entry.session.clientName(), {}});
}

void ServerDesk::tidy()
{
  std::erase_if(entries_,
                [](const auto& entry) { return entry.second.session.state() == ServerSession::State::over; });
}

std::vector<ServerDesk::Client> ServerDesk::clients() const
{
  std::vector<Client> clients;
  for (const auto& [id, entry] : entries_) {
    if (!(entry.session.clientRate() > 0)) continue; // has not said who it is, or what it thinks
    Client client{id, entry.session.clientName(), entry.streams.has_value(), {}, {}, 0};
    if (entry.streams) {
      client.toServer = entry.streams->receptions();
      for (const auto& reception : client.toServer) client.heard.push_back(reception->statistics());
      client.sent = entry.streams->sent();
    }
    clients.push_back(std::move(client));
  }
  return clients;
}

} // namespace tutti::endpoint
