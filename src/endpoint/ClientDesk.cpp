#include <tutti/endpoint/ClientDesk.hpp>

#include <algorithm>
#include <utility>

#include "Delivery.hpp"

namespace tutti::endpoint {
namespace {

using Kind = Outbox::Event::Kind;

std::string nameOf(const ClientSession& session)
{
  return session.offer() ? session.offer()->name : std::string{};
}

} // namespace

ClientDesk::ClientDesk(std::string name, audio::SampleRate device)
  : name_{std::move(name)}
  , device_{device}
{}

OfferAnswer ClientDesk::judge(const Offer& offer) const
{
  OfferAnswer answer;
  answer.rate = device_.hertz();
  for (const auto* const streams : {&offer.fromServer, &offer.toServer})
    for (const auto& stream : *streams)
      if (const auto fits = checkRates(stream.format.rate, device_); !fits) {
        answer.verdict = Verdict::refused;
        answer.reason = fits.error().detail;
      }
  return answer;
}

void ClientDesk::reached(ConnectionId id, const IpAddress& server, HostTime now, Outbox& out)
{
  ClientSession session{name_, server, [this](const Offer& offer) { return judge(offer); }, now};
  session.want(ClientSession::Wish::run, now);
  entries_.insert_or_assign(id, Entry{std::move(session), {}, {}});
  perform(id, entries_.at(id).session.advance(now), out);
}

void ClientDesk::receive(ConnectionId id, std::span<const std::byte> bytes, HostTime now, Outbox& out)
{
  const auto found = entries_.find(id);
  if (found == entries_.end()) return;
  auto& [session, deframer, streams] = found->second;
  deframer.push(bytes);
  while (const auto message = deframer.next())
    perform(id, *message ? session.receive(**message, now) : session.leave("What it said makes no sense."),
            out);
  tidy();
}

void ClientDesk::hungUp(ConnectionId id, Outbox& out)
{
  const auto found = entries_.find(id);
  if (found == entries_.end()) return;
  perform(id, found->second.session.broke("The connection broke."), out);
  tidy();
}

void ClientDesk::receiveMedia(std::span<const std::byte> datagram, const Endpoint& from, HostTime arrived,
                              HostTime now)
{
  const auto packet = parseMedia(datagram);
  const auto found = !packet ? entries_.end() : std::ranges::find_if(entries_, [&](const auto& entry) {
    const auto& session = entry.second.session;
    return session.isServer(from) && session.offer()->session == packet->session;
  });
  if (found == entries_.end()) {
    ++strays_;
    return;
  }
  auto& entry = found->second;
  if (!packet->type)
    entry.session.heardSign(now);
  else if (entry.streams)
    entry.streams->receive(*packet, arrived, now);
}

void ClientDesk::send(ConnectionId id, std::size_t number, SampleTime first,
                      std::span<const std::span<const float>> channels, Outbox& out)
{
  const auto found = entries_.find(id);
  if (found == entries_.end() || !found->second.streams) return;
  auto& entry = found->second;
  if (entry.session.state() != ClientSession::State::active) return;
  entry.streams->send(number, first, channels, *entry.session.media(), out);
}

void ClientDesk::want(ConnectionId id, ClientSession::Wish wish, HostTime now, Outbox& out)
{
  if (const auto found = entries_.find(id); found != entries_.end())
    perform(id, found->second.session.want(wish, now), out);
}

void ClientDesk::leave(ConnectionId id, const std::string& reason, Outbox& out)
{
  const auto found = entries_.find(id);
  if (found == entries_.end()) return;
  perform(id, found->second.session.leave(reason), out);
  tidy();
}

void ClientDesk::leave(const std::string& reason, Outbox& out)
{
  for (auto& [id, entry] : entries_) perform(id, entry.session.leave(reason), out);
  tidy();
}

void ClientDesk::advance(HostTime now, Outbox& out)
{
  for (auto& [id, entry] : entries_) perform(id, entry.session.advance(now), out);
  tidy();
}

std::optional<HostTime> ClientDesk::nextDeadline() const
{
  std::optional<HostTime> next;
  for (const auto& [id, entry] : entries_)
    if (const auto due = entry.session.nextDeadline()) next = next ? std::min(*next, *due) : *due;
  return next;
}

void ClientDesk::perform(ConnectionId id, const SessionActions& actions, Outbox& out)
{
  auto& entry = entries_.at(id);
  const auto tell = [&](Kind kind, const std::string& text) {
    out.events.push_back({kind, id, nameOf(entry.session), text});
  };
  for (const auto& action : actions) {
    if (const auto* say = std::get_if<Say>(&action)) {
      deliver(id, *say, out);
    } else if (const auto* sign = std::get_if<GiveSign>(&action)) {
      deliver(*sign, entry.session.offer()->session, out);
    } else if (std::holds_alternative<Accepted>(action)) {
      tell(Kind::met, {});
    } else if (const auto* begun = std::get_if<StartBegun>(&action)) {
      begin(entry, begun->run);
    } else if (std::holds_alternative<Started>(action)) {
      tell(Kind::started, {});
    } else if (const auto* rested = std::get_if<Rested>(&action)) {
      entry.streams.reset();
      tell(Kind::rested, rested->reason);
    } else if (const auto* closed = std::get_if<Closed>(&action)) {
      entry.streams.reset();
      deliver(id, *closed, nameOf(entry.session), out);
    }
  }
}

void ClientDesk::begin(Entry& entry, std::uint16_t run) const
{
  const auto& offer = *entry.session.offer();
  entry.streams.emplace(offer.session, run, StreamSet::Side{Direction::toServer, device_},
                        formatsOf(offer.toServer, device_.hertz()), formatsOf(offer.fromServer));
}

void ClientDesk::tidy()
{
  std::erase_if(entries_,
                [](const auto& entry) { return entry.second.session.state() == ClientSession::State::over; });
}

std::vector<ClientDesk::Server> ClientDesk::servers() const
{
  std::vector<Server> servers;
  for (const auto& [id, entry] : entries_) {
    if (!entry.session.offer()) continue;
    const auto& offer = *entry.session.offer();
    Server server;
    server.id = id;
    server.name = offer.name;
    server.isRunning = entry.session.state() == ClientSession::State::active;
    server.offersFrom = offer.fromServer;
    server.offersTo = offer.toServer;
    if (entry.streams) {
      server.fromServer = entry.streams->receptions();
      for (const auto& reception : server.fromServer) server.heard.push_back(reception->statistics());
      server.sent = entry.streams->sent();
    }
    servers.push_back(std::move(server));
  }
  return servers;
}

} // namespace tutti::endpoint
