// What a station makes of the datagrams that reach it.
#include <chrono>

#include "Asking.hpp"
#include "AudioMessage.hpp"
#include "Byes.hpp"
#include "Station.hpp"

namespace tutti::linkaudio {
namespace {

constexpr std::chrono::seconds kLongestTrip{5};

} // namespace

Station::Actions Station::receive(const IpAddress& gateway, std::span<const std::byte> datagram,
                                  const Endpoint& from, HostTime now)
{
  const auto found = gateways_.find(gateway);
  if (found == gateways_.end()) return {};
  const auto message = parseMessage(datagram);
  if (!message) {
    count(message.error());
    return {};
  }
  if (message->sender == self_) {
    ++refusals_.ownEcho;
    return {};
  }
  if (!found->second.local.isOnLink(from.address)) {
    ++refusals_.offLink;
    return {};
  }
  hear({message->sender, gateway}, *message, from, now);
  return finish(now);
}

void Station::count(MessageFault fault)
{
  switch (fault) {
  case MessageFault::tooLong:
    ++refusals_.tooLong;
    break;
  case MessageFault::noMagic:
    ++refusals_.notLinkAudio;
    break;
  case MessageFault::foreignVersion:
  case MessageFault::foreignGroup:
    ++refusals_.wrongVersionOrGroup;
    break;
  case MessageFault::unknownType:
    ++refusals_.unknownType;
    break;
  }
}

void Station::hear(const Way& by, const Message& message, const Endpoint& from, HostTime now)
{
  switch (message.type) {
  case MessageType::announcement:
    return hearAnnouncement(by, message, from, now);
  case MessageType::byes:
    return hearByes(by, message, from);
  case MessageType::pong:
    return hearPong(by, message, from, now);
  case MessageType::request:
    return hearRequest(by, message, from, now);
  case MessageType::stop:
    return hearStop(by, message, from);
  case MessageType::audio:
    return hearAudio(by, message, from);
  }
}

void Station::hearAnnouncement(const Way& by, const Message& message, const Endpoint& from, HostTime now)
{
  const auto announcement = parseAnnouncement(message.payload);
  if (!announcement) {
    ++refusals_.malformed;
    return;
  }
  if (announcement->ping) answer(by, *announcement->ping, from, now);
  if (!targets_.speaksFrom(by, from)) {
    ++refusals_.stranger;
    return;
  }
  paths_.heard(by, *targets_.find(by), now);
  directory_.announced(by, *announcement, message.ttl, now, refusals_);
}

/// Also to who is no target: perhaps Link has not told us yet. The pong is shorter than what it answers.
void Station::answer(const Way& by, std::int64_t ping, const Endpoint& from, HostTime now)
{
  if (budget_.take(from.address, now))
    say(by.gateway, from, encodePong(self_, ping));
  else
    ++refusals_.tooManyPings;
}

void Station::hearByes(const Way& by, const Message& message, const Endpoint& from)
{
  const auto ids = parseByes(message.payload);
  if (!ids) {
    ++refusals_.malformed;
    return;
  }
  if (!targets_.speaksFrom(by, from)) {
    ++refusals_.stranger;
    return;
  }
  for (const auto& id : *ids) directory_.left(by, id);
}

void Station::hearPong(const Way& by, const Message& message, const Endpoint& from, HostTime now)
{
  const auto ping = parsePong(message.payload);
  if (!ping) {
    ++refusals_.malformed;
    return;
  }
  const Micros trip{time::saturatingDifference(microsOf(now), *ping)};
  const bool isPossible = trip >= Micros{0} && trip <= kLongestTrip;
  if (!isPossible || !targets_.measured(by.gateway, from, trip)) ++refusals_.unaskedPong;
}

void Station::hearRequest(const Way& by, const Message& message, const Endpoint& from, HostTime now)
{
  const auto channel = parseAsking(message.payload);
  if (!channel) {
    ++refusals_.malformed;
    return;
  }
  // A request makes us send a megabit a second to that peer: nobody asks in another's name.
  if (!targets_.isAt(by.peer, from.address)) {
    ++refusals_.stranger;
    return;
  }
  if (!publications_.contains(*channel))
    ++refusals_.unknownChannel;
  else if (!publications_.requesters(*channel).requested(by.peer, message.ttl, now))
    ++refusals_.tooManyAsk;
}

void Station::hearStop(const Way& by, const Message& message, const Endpoint& from)
{
  const auto channel = parseAsking(message.payload);
  if (!channel)
    ++refusals_.malformed;
  else if (!targets_.isAt(by.peer, from.address))
    ++refusals_.stranger;
  else if (!publications_.contains(*channel))
    ++refusals_.unknownChannel;
  else
    publications_.requesters(*channel).stopped(by.peer);
}

void Station::hearAudio(const Way& by, const Message& message, const Endpoint& from)
{
  auto buffer = parseAudio(message.payload);
  if (!buffer)
    ++refusals_.malformed;
  else if (!wishes_.contains(buffer->channel))
    ++refusals_.unaskedAudio;
  else if (!directory_.isOf(buffer->channel, by.peer) || !targets_.isAt(by.peer, from.address))
    ++refusals_.stranger;
  else if (!wishes_.isNew(buffer->channel, buffer->chunks.front().sequence))
    ++refusals_.duplicateAudio;
  else
    outbox_.emplace_back(Heard{std::move(*buffer)});
}

} // namespace tutti::linkaudio
