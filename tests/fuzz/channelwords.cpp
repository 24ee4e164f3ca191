// Datagrams of Link Audio: what is accepted survives the way through our own writer, and nothing is longer
// than a packet.
#include <span>

#include <Announcement.hpp>
#include <Asking.hpp>
#include <AudioMessage.hpp>
#include <Byes.hpp>
#include <Name.hpp>

#include "Require.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using fuzz::require;

namespace {

std::span<const std::byte> payloadOf(const Packet& packet)
{
  const auto message = parseMessage(packet.bytes());
  require(message.has_value());
  return message->payload;
}

void announcement(const Message& message)
{
  auto said = parseAnnouncement(message.payload);
  if (!said) return;
  // As we would say it: names are cut before.
  said->peerName = cutName(said->peerName);
  for (auto& channel : said->channels) {
    channel.name = cutName(channel.name);
    require(readableName(channel.name).size() <= kLongestName);
  }
  std::vector<OfferedChannel> channels;
  for (const auto& packet : encodeAnnouncement(message.sender, *said)) {
    const auto again = parseAnnouncement(payloadOf(packet));
    require(again && again->session == said->session && again->peerName == said->peerName);
    require(again->ping == (channels.empty() || again->ping ? said->ping : std::nullopt));
    channels.insert(channels.end(), again->channels.begin(), again->channels.end());
  }
  require(channels == said->channels);
}

void byes(const Message& message)
{
  const auto ids = parseByes(message.payload);
  if (!ids) return;
  std::vector<ChannelId> again;
  for (const auto& packet : encodeByes(message.sender, *ids)) {
    const auto part = parseByes(payloadOf(packet));
    require(part.has_value());
    again.insert(again.end(), part->begin(), part->end());
  }
  require(again == *ids);
}

void sound(const Message& message)
{
  const auto buffer = parseAudio(message.payload);
  if (!buffer) return;
  require(encodeAudio(message.sender, *buffer).size() == 20 + message.payload.size());
  const auto again = parseAudio(payloadOf(encodeAudio(message.sender, *buffer)));
  require(again && *again == *buffer);
}

void asking(const Message& message)
{
  if (const auto id = parseAsking(message.payload)) {
    require(parseAsking(payloadOf(encodeRequest(message.sender, *id))) == id);
    require(parseAsking(payloadOf(encodeStop(message.sender, *id))) == id);
  }
  if (const auto ping = parsePong(message.payload))
    require(parsePong(payloadOf(encodePong(message.sender, *ping))) == ping);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto message = parseMessage(std::as_bytes(std::span{data, size}));
  if (!message) return 0;
  announcement(*message);
  byes(*message);
  sound(*message);
  asking(*message);
  return 0;
}
