// What one station does with what it hears, and what it says.
#include <Announcement.hpp>
#include <Asking.hpp>
#include <AudioMessage.hpp>
#include <Byes.hpp>
#include <Catch.hpp>

#include "StationDesk.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using namespace tutti::linkaudio::test;
using namespace std::chrono_literals;

TEST_CASE("A new target hears an announcement at once, and four a second from then on")
{
  AudioLan lan;
  auto& us = lan.add("Us");
  lan.run(1s);
  us.sent.clear();
  const auto before = lan.now();
  lan.add("Them");
  lan.run(51ms);
  REQUIRE_FALSE(us.sent.empty());
  CHECK(lan.now() - before < 260ms);
  us.sent.clear();
  lan.run(10s);
  CHECK(us.sentOf(MessageType::announcement) >= 39);
  CHECK(us.sentOf(MessageType::announcement) <= 42);
}

TEST_CASE("A ping from nobody we know is answered, and nothing is learnt from it")
{
  StationDesk desk;
  const Endpoint stranger{address("10.0.0.77"), 1234};
  const auto words = encodeAnnouncement(node("stranger"), {desk.us.session, "X", {{"Y", kDrums}}, 123'456});
  desk.us.hear(words.at(0), stranger);
  REQUIRE(desk.us.sentOf(MessageType::pong) == 1);
  const auto& pong = desk.us.sent.back();
  CHECK(pong.to == stranger);
  CHECK(parsePong(pong.packet.bytes().subspan(20)) == 123'456);
  CHECK(desk.us.station.channels().empty());
  CHECK(desk.us.station.refusals().stranger == 1);
}

TEST_CASE("An announcement without a ping gets no pong")
{
  StationDesk desk;
  desk.announce({{"Drums", kDrums}});
  CHECK(desk.us.sentOf(MessageType::pong) == 0);
  CHECK(desk.us.sees() == std::vector<std::string>{"Them/Drums"});
}

TEST_CASE("Pings without end are answered with fewer and shorter words")
{
  StationDesk desk;
  const Endpoint stranger{address("10.0.0.77"), 1234};
  const auto ping = encodeAnnouncement(node("stranger"), {desk.us.session, {}, {}, 1}).at(0);
  for (int i = 0; i < 10'000; ++i) desk.us.hear(ping, stranger);
  CHECK(desk.us.sentOf(MessageType::pong) <= 256);
  CHECK(desk.us.station.refusals().tooManyPings >= 9'744);
  for (const auto& send : desk.us.sent) CHECK(send.packet.size() <= ping.size());
}

TEST_CASE("Whoever is outside of the gateway's network is not heard")
{
  StationDesk desk;
  const auto ping = encodeAnnouncement(node("stranger"), {desk.us.session, {}, {}, 1}).at(0);
  desk.us.hear(ping, {address("192.168.9.9"), 1});
  CHECK(desk.us.sentOf(MessageType::pong) == 0);
  CHECK(desk.us.station.refusals().offLink == 1);
}

TEST_CASE("A peer is heard only from its own socket")
{
  StationDesk desk;
  const auto words = desk.announcement({{"Drums", kDrums}}).at(0);
  desk.us.hear(words, {desk.theirSocket.address, 4000});
  desk.us.hear(words, {address("10.0.0.77"), AudioLan::kPort});
  CHECK(desk.us.station.channels().empty());
  CHECK(desk.us.station.refusals().stranger == 2);
  desk.us.hear(words, desk.theirSocket);
  CHECK(desk.us.station.channels().size() == 1);
}

TEST_CASE("A channel that is announced once is gone after six seconds, with one notification")
{
  StationDesk desk;
  desk.announce({{"Drums", kDrums}});
  CHECK(desk.us.changes == 1);
  desk.lan.run(5.9s);
  CHECK(desk.us.station.channels().size() == 1);
  desk.lan.run(200ms);
  CHECK(desk.us.station.channels().empty());
  CHECK(desk.us.changes == 2);
}

TEST_CASE("What an announcement does not list is not gone")
{
  StationDesk desk;
  desk.announce({{"Drums", kDrums}});
  desk.announce({{"Bass", kBass}});
  desk.lan.run(100ms);
  CHECK(desk.us.sees() == std::vector<std::string>{"Them/Bass", "Them/Drums"});
}

TEST_CASE("A rename is a change, saying the same again is none")
{
  StationDesk desk;
  desk.announce({{"Drums", kDrums}});
  desk.lan.run(100ms);
  desk.announce({{"Drums", kDrums}});
  desk.lan.run(100ms);
  CHECK(desk.us.changes == 1);
  desk.announce({{"Congas", kDrums}});
  desk.lan.run(100ms);
  CHECK(desk.us.changes == 2);
  CHECK(desk.us.sees() == std::vector<std::string>{"Them/Congas"});
}

TEST_CASE("A goodbye takes a channel away, but only its own peer's")
{
  StationDesk desk;
  auto& third = desk.lan.addSilent("Third");
  desk.announce({{"Drums", kDrums}});
  desk.lan.run(100ms);
  desk.us.hear(encodeByes(third.id, std::span{&kDrums, 1}).at(0), AudioLan::socketOf(third.cable().address));
  desk.us.hear(encodeByes(desk.them.id, std::span{&kDrums, 1}).at(0), {address("10.0.0.77"), 1});
  desk.lan.run(100ms);
  CHECK(desk.us.station.channels().size() == 1);
  desk.us.hear(encodeByes(desk.them.id, std::span{&kDrums, 1}).at(0), desk.theirSocket);
  desk.lan.run(100ms);
  CHECK(desk.us.station.channels().empty());
}

TEST_CASE("Nobody can put his name on another's channel")
{
  StationDesk desk;
  auto& third = desk.lan.addSilent("Third");
  desk.announce({{"Drums", kDrums}});
  const auto theft = encodeAnnouncement(third.id, {desk.us.session, "Third", {{"Mine", kDrums}}, {}});
  desk.us.hear(theft.at(0), AudioLan::socketOf(third.cable().address));
  desk.lan.run(100ms);
  CHECK(desk.us.sees() == std::vector<std::string>{"Them/Drums"});
  CHECK(desk.us.station.refusals().foreignChannel == 1);
}

TEST_CASE("Ten thousand channels of one peer are two hundred and fifty-six")
{
  StationDesk desk;
  std::vector<OfferedChannel> many;
  for (int i = 0; i < 10'000; ++i) many.push_back({std::to_string(i), channel(std::to_string(i))});
  desk.announce(many);
  desk.lan.run(100ms);
  CHECK(desk.us.station.channels().size() == 256);
  CHECK(desk.us.station.burden().records == 256);
  CHECK(desk.us.station.refusals().tooManyChannels == 9'744);
  desk.lan.run(7s);
  CHECK(desk.us.station.burden().records == 0);
  desk.announce({{"Drums", kDrums}}); // and there is room again
  desk.lan.run(100ms);
  CHECK(desk.us.station.channels().size() == 1);
}

TEST_CASE("Of two hundred peers sixty-four are spoken to, and those stay")
{
  AudioLan lan;
  auto& us = lan.add("Us");
  lan.run(1s);
  link::AudioView view{us.id, us.session, us.openGateways(), {}};
  for (std::uint8_t i = 10; i < 210; ++i)
    view.peers.push_back({node("peer" + std::to_string(i)), us.session, us.cable().address,
                          Endpoint{IpAddress::v4({10, 0, 0, i}), AudioLan::kPort}});
  us.station.follow(view, lan.now());
  CHECK(us.station.burden().targets == 64);
  view.peers.insert(view.peers.begin(), {node("aaaa"), us.session, us.cable().address,
                                         Endpoint{IpAddress::v4({10, 0, 0, 9}), AudioLan::kPort}});
  us.station.follow(view, lan.now());
  CHECK(us.station.burden().targets == 64);
  const Endpoint newcomer{IpAddress::v4({10, 0, 0, 9}), AudioLan::kPort};
  us.hear(encodeAnnouncement(node("aaaa"), {us.session, "A", {{"x", kDrums}}, {}}).at(0), newcomer);
  CHECK(us.station.channels().empty());
}

TEST_CASE("A name that is no proper text is replaced before it is shown")
{
  StationDesk desk;
  desk.announce({{"Dr\xff\xfeums", kDrums}});
  CHECK(desk.us.sees() == std::vector<std::string>{"Them/Dr\uFFFD\uFFFDums"});
}

TEST_CASE("Junk of every kind is counted, and deafens nobody")
{
  StationDesk desk;
  auto announcement = copyOf(desk.announcement({{"Drums", kDrums}}, 1).at(0).bytes());
  const auto from = desk.theirSocket;
  desk.us.hear({}, from, desk.us.cable());
  desk.us.hear(Bytes(1201), from, desk.us.cable());
  desk.us.hear(std::span{announcement}.first(40), from, desk.us.cable());
  announcement.at(8) = std::byte{9};
  desk.us.hear(announcement, from, desk.us.cable());
  announcement.at(7) = std::byte{2};
  desk.us.hear(announcement, from, desk.us.cable());
  desk.us.hear(encodePong(desk.us.id, 1), from);
  desk.us.hear(encodePong(desk.them.id, microsOf(desk.lan.now()) + 5), from); // from the future
  const auto& refusals = desk.us.station.refusals();
  CHECK(refusals.notLinkAudio == 1);
  CHECK(refusals.tooLong == 1);
  CHECK(refusals.malformed == 1);
  CHECK(refusals.unknownType == 1);
  CHECK(refusals.wrongVersionOrGroup == 1);
  CHECK(refusals.ownEcho == 1);
  CHECK(refusals.unaskedPong == 1);
  desk.announce({{"Drums", kDrums}});
  CHECK(desk.us.station.channels().size() == 1);
}
