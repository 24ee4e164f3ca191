// Every datagram that real Link programs were seen to send is understood, and said again in the same bytes.
#include <Announcement.hpp>
#include <Asking.hpp>
#include <AudioMessage.hpp>
#include <Byes.hpp>
#include <Catch.hpp>

#include "Words.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using namespace tutti::linkaudio::test;

namespace {

template <class Part, class Encode>
std::optional<Packet> again(const std::optional<Part>& part, Encode&& encode)
{
  if (!part) return std::nullopt;
  return encode(*part);
}

std::optional<Packet> saidAgain(const Message& message)
{
  const auto& by = message.sender;
  switch (message.type) {
  case MessageType::announcement:
    return again(parseAnnouncement(message.payload),
                 [&](const Announcement& said) { return encodeAnnouncement(by, said).at(0); });
  case MessageType::byes:
    return again(parseByes(message.payload), [&](const auto& ids) { return encodeByes(by, ids).at(0); });
  case MessageType::pong:
    return again(parsePong(message.payload), [&](std::int64_t ping) { return encodePong(by, ping); });
  case MessageType::request:
    return again(parseAsking(message.payload), [&](const auto& id) { return encodeRequest(by, id); });
  case MessageType::stop:
    return again(parseAsking(message.payload), [&](const auto& id) { return encodeStop(by, id); });
  case MessageType::audio:
    return again(parseAudio(message.payload), [&](const auto& sound) { return encodeAudio(by, sound); });
  }
  return std::nullopt;
}

void checkSurvives(const Bytes& datagram)
{
  const auto message = parseMessage(datagram);
  REQUIRE(message);
  const auto packet = saidAgain(*message);
  REQUIRE(packet);
  CHECK(copyOf(packet->bytes()) == datagram);
}

Bytes captured(const std::string& name)
{
  return tutti::test::hexFixture(name, "link-audio");
}

AudioBuffer capturedSound(const std::string& name)
{
  const auto bytes = captured(name);
  const auto buffer = parseAudio(std::span{bytes}.subspan(20));
  REQUIRE(buffer);
  return *buffer;
}

} // namespace

TEST_CASE("Each captured datagram is said again in the same bytes")
{
  std::size_t count = 0;
  for (const auto& name : tutti::test::fixturesLike("", ".hex", "link-audio")) {
    if (name.starts_with("discovery-")) continue;
    CAPTURE(name);
    checkSurvives(captured(name));
    ++count;
  }
  CHECK(count == 16);
}

TEST_CASE("So is each datagram of the captured streams")
{
  std::size_t count = 0;
  for (const auto& name : tutti::test::fixturesLike("stream-", ".hexl", "link-audio"))
    for (const auto& datagram : tutti::test::hexLinesFixture(name, "link-audio")) {
      checkSurvives(datagram);
      ++count;
    }
  CHECK(count > 300);
}

TEST_CASE("The pong answers the ping that was captured with it")
{
  const auto ping = captured("peer-announcement-1-channel.hex");
  const auto pong = captured("pong.hex");
  const auto announcement = parseAnnouncement(std::span{ping}.subspan(20));
  REQUIRE(announcement);
  CHECK(announcement->ping);
  CHECK(parsePong(std::span{pong}.subspan(20)) == announcement->ping);
}

TEST_CASE("The channels of a captured peer are read")
{
  const auto bytes = captured("peer-announcement-3-channels.hex");
  const auto announcement = parseAnnouncement(std::span{bytes}.subspan(20));
  REQUIRE(announcement);
  CHECK(announcement->peerName == "Alpha");
  CHECK(announcement->channels.size() == 3);
}

TEST_CASE("A tempo change inside a captured datagram is two chunks")
{
  const auto buffer = capturedSound("audio-mono-two-chunks.hex");
  REQUIRE(buffer.chunks.size() == 2);
  CHECK(buffer.chunks[0] ==
        Chunk{1002, 119, time::Beats::fromMicroBeats(11'994'648), time::Tempo::fromMicrosPerBeat(500'000)});
  CHECK(buffer.chunks[1] ==
        Chunk{1003, 132, time::Beats::fromMicroBeats(12'000'042), time::Tempo::fromMicrosPerBeat(451'128)});
  CHECK(buffer.rate.hertz() == 48'000);
  CHECK(buffer.channels == 1);
}

TEST_CASE("A captured stereo stream has its left side turned over on the right")
{
  const auto buffer = capturedSound("audio-stereo-44100-first.hex");
  CHECK(buffer.rate.hertz() == 44'100);
  REQUIRE(buffer.channels == 2);
  REQUIRE(buffer.samples.size() == 250);
  for (std::size_t i = 0; i < buffer.samples.size(); i += 2)
    CHECK(buffer.samples[i] == -buffer.samples[i + 1]);
}
