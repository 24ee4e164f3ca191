// What one station does with what it hears, and what it says.
#include <Announcement.hpp>
#include <Asking.hpp>
#include <AudioMessage.hpp>
#include <Byes.hpp>
#include <Catch.hpp>

#include "AudioLan.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using namespace tutti::linkaudio::test;
using namespace std::chrono_literals;

namespace {

const auto kDrums = channel("drums");
const auto kBass = channel("bass");

/// One station, and one more that is only spoken for by the test.
struct Desk {
  AudioLan lan;
  AudioLan::Host& us = lan.add("Us");
  AudioLan::Host& them = lan.addSilent("Them");
  Endpoint theirSocket = AudioLan::socketOf(them.cable().address);

  Desk()
  {
    lan.run(100ms); // a list is made no oftener than every 50 ms
    us.sent.clear();
  }

  std::vector<Packet> announcement(std::vector<OfferedChannel> channels,
                                   std::optional<std::int64_t> ping = {})
  {
    return encodeAnnouncement(them.id, {us.session, "Them", std::move(channels), ping});
  }
  void announce(std::vector<OfferedChannel> channels)
  {
    for (const auto& packet : announcement(std::move(channels))) us.hear(packet, theirSocket);
  }
  /// Waits until a round has greeted them.
  void greet() { lan.run(300ms); }
};

std::size_t requests(const AudioLan::Host& host)
{
  return host.sentOf(MessageType::request);
}

} // namespace

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
  Desk desk;
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
  Desk desk;
  desk.announce({{"Drums", kDrums}});
  CHECK(desk.us.sentOf(MessageType::pong) == 0);
  CHECK(desk.us.sees() == std::vector<std::string>{"Them/Drums"});
}

TEST_CASE("Pings without end are answered with fewer and shorter words")
{
  Desk desk;
  const Endpoint stranger{address("10.0.0.77"), 1234};
  const auto ping = encodeAnnouncement(node("stranger"), {desk.us.session, {}, {}, 1}).at(0);
  for (int i = 0; i < 10'000; ++i) desk.us.hear(ping, stranger);
  CHECK(desk.us.sentOf(MessageType::pong) <= 256);
  CHECK(desk.us.station.refusals().tooManyPings >= 9'744);
  for (const auto& send : desk.us.sent) CHECK(send.packet.size() <= ping.size());
}

TEST_CASE("Whoever is outside of the gateway's network is not heard")
{
  Desk desk;
  const auto ping = encodeAnnouncement(node("stranger"), {desk.us.session, {}, {}, 1}).at(0);
  desk.us.hear(ping, {address("192.168.9.9"), 1});
  CHECK(desk.us.sentOf(MessageType::pong) == 0);
  CHECK(desk.us.station.refusals().offLink == 1);
}

TEST_CASE("A peer is heard only from its own socket")
{
  Desk desk;
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
  Desk desk;
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
  Desk desk;
  desk.announce({{"Drums", kDrums}});
  desk.announce({{"Bass", kBass}});
  desk.lan.run(100ms);
  CHECK(desk.us.sees() == std::vector<std::string>{"Them/Bass", "Them/Drums"});
}

TEST_CASE("A rename is a change, saying the same again is none")
{
  Desk desk;
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
  Desk desk;
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
  Desk desk;
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
  Desk desk;
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
  Desk desk;
  desk.announce({{"Dr\xff\xfeums", kDrums}});
  CHECK(desk.us.sees() == std::vector<std::string>{"Them/Dr\uFFFD\uFFFDums"});
}

TEST_CASE("A subscription asks at once when channel and way are known, and every second")
{
  Desk desk;
  desk.announce({{"Drums", kDrums}});
  desk.greet();
  desk.us.subscribe(kDrums);
  REQUIRE(requests(desk.us) == 1);
  CHECK(desk.us.sent.back().to == desk.theirSocket);
  desk.lan.run(3.5s);
  CHECK(requests(desk.us) == 4);
  desk.us.unsubscribe(kDrums);
  CHECK(desk.us.sentOf(MessageType::stop) == 1);
  desk.lan.run(3s);
  CHECK(requests(desk.us) == 4);
}

TEST_CASE("A subscription to what is not there yet asks as soon as it is")
{
  Desk desk;
  desk.us.subscribe(kDrums);
  desk.lan.run(2s);
  CHECK(requests(desk.us) == 0);
  desk.announce({{"Drums", kDrums}});
  CHECK(requests(desk.us) == 1);
  desk.lan.run(10s); // it is not announced again
  const auto asked = requests(desk.us);
  desk.lan.run(5s);
  CHECK(requests(desk.us) == asked);
  desk.announce({{"Drums", kDrums}}); // with the same id it is the same channel
  CHECK(requests(desk.us) == asked + 1);
}

TEST_CASE("Two subscriptions to one channel are one request, and the last to leave stops it")
{
  Desk desk;
  desk.announce({{"Drums", kDrums}});
  desk.greet();
  desk.us.subscribe(kDrums);
  desk.us.subscribe(kDrums);
  CHECK(requests(desk.us) == 1);
  desk.us.unsubscribe(kDrums);
  CHECK(desk.us.sentOf(MessageType::stop) == 0);
  desk.us.unsubscribe(kDrums);
  CHECK(desk.us.sentOf(MessageType::stop) == 1);
  desk.us.unsubscribe(kDrums);
  CHECK(desk.us.sentOf(MessageType::stop) == 1);
}

TEST_CASE("There are at most sixty-four subscriptions")
{
  Desk desk;
  for (int i = 0; i < 64; ++i)
    CHECK(desk.us.station.subscribe(channel(std::to_string(i)), desk.lan.now()).has_value());
  CHECK_FALSE(desk.us.station.subscribe(channel("one more"), desk.lan.now()).has_value());
  CHECK(desk.us.station.subscribe(channel("0"), desk.lan.now()).has_value());
}

TEST_CASE("Sound is handed on once, from who announced it, if somebody wants it")
{
  Desk desk;
  const auto first = encodeAudio(desk.them.id, sound(kDrums, desk.us.session, 1));
  desk.announce({{"Drums", kDrums}});
  desk.us.hear(first, desk.theirSocket);
  CHECK(desk.us.heard.empty());
  CHECK(desk.us.station.refusals().unaskedAudio == 1);

  desk.us.subscribe(kDrums);
  desk.us.hear(first, desk.theirSocket);
  desk.us.hear(first, desk.theirSocket);
  CHECK(desk.us.heard.size() == 1);
  CHECK(desk.us.station.refusals().duplicateAudio == 1);
  desk.us.hear(encodeAudio(node("other"), sound(kDrums, desk.us.session, 2)), desk.theirSocket);
  desk.us.hear(encodeAudio(desk.them.id, sound(kDrums, desk.us.session, 2)), {address("10.0.0.77"), 1});
  CHECK(desk.us.heard.size() == 1);
  CHECK(desk.us.station.refusals().stranger == 2);
  desk.us.hear(encodeAudio(desk.them.id, sound(kDrums, desk.us.session, 2)), desk.theirSocket);
  CHECK(desk.us.heard.size() == 2);
}

TEST_CASE("Sound is told from its copy within sixty-four datagrams")
{
  Desk desk;
  desk.announce({{"Drums", kDrums}});
  desk.us.subscribe(kDrums);
  const auto hear = [&](std::uint64_t sequence) {
    desk.us.hear(encodeAudio(desk.them.id, sound(kDrums, desk.us.session, sequence)), desk.theirSocket);
  };
  for (std::uint64_t i = 1; i <= 64; ++i) hear(i);
  for (std::uint64_t i = 64; i >= 1; --i) hear(i);
  CHECK(desk.us.heard.size() == 64);
  hear(65);
  hear(1); // so old that it may be a stream that began anew
  CHECK(desk.us.heard.size() == 66);
}

TEST_CASE("A request is good for its time and a second, and told when it turns")
{
  Desk desk;
  desk.us.publish(kDrums, "Drums");
  desk.announce({});
  auto request = copyOf(encodeRequest(desk.them.id, kDrums).bytes());
  request.at(9) = std::byte{10};
  desk.us.hear(request, desk.theirSocket, desk.us.cable());
  REQUIRE(desk.us.turned.size() == 1);
  CHECK(desk.us.turned[0].isWanted);
  for (int second = 0; second < 10; ++second) {
    desk.announce({});
    desk.lan.run(1s);
  }
  CHECK(desk.us.station.isWanted(kDrums));
  desk.lan.run(1.01s);
  CHECK_FALSE(desk.us.station.isWanted(kDrums));
  REQUIRE(desk.us.turned.size() == 2);
  CHECK_FALSE(desk.us.turned[1].isWanted);
}

TEST_CASE("A stop ends it at once")
{
  Desk desk;
  desk.us.publish(kDrums, "Drums");
  desk.us.hear(encodeRequest(desk.them.id, kDrums), desk.theirSocket);
  CHECK(desk.us.station.isWanted(kDrums));
  desk.us.hear(encodeStop(desk.them.id, kDrums), {address("10.0.0.77"), 1}); // not theirs
  CHECK(desk.us.station.isWanted(kDrums));
  desk.us.hear(encodeStop(desk.them.id, kDrums), desk.theirSocket);
  CHECK_FALSE(desk.us.station.isWanted(kDrums));
}

TEST_CASE("Nobody can ask for sound in another's name")
{
  Desk desk;
  desk.us.publish(kDrums, "Drums");
  desk.us.hear(encodeRequest(desk.them.id, kDrums), {address("10.0.0.77"), AudioLan::kPort});
  desk.us.hear(encodeRequest(node("nobody"), kDrums), desk.theirSocket);
  desk.us.hear(encodeRequest(desk.them.id, kBass), desk.theirSocket);
  CHECK_FALSE(desk.us.station.isWanted(kDrums));
  CHECK(desk.us.station.refusals().stranger == 2);
  CHECK(desk.us.station.refusals().unknownChannel == 1);
}

TEST_CASE("Who asks before announcing itself is sent sound once its way is known")
{
  Desk desk;
  desk.us.publish(kDrums, "Drums");
  desk.us.hear(encodeRequest(desk.them.id, kDrums), desk.theirSocket);
  desk.us.play(kDrums, 1);
  CHECK(desk.us.sentOf(MessageType::audio) == 0);
  desk.announce({});
  desk.us.play(kDrums, 2);
  CHECK(desk.us.sentOf(MessageType::audio) == 1);
  CHECK(desk.us.sent.back().to == desk.theirSocket);
}

TEST_CASE("One channel goes to thirty-two peers at most")
{
  AudioLan lan;
  auto& us = lan.add("Us");
  us.publish(kDrums, "Drums");
  std::vector<AudioLan::Host*> others;
  for (int i = 0; i < 40; ++i) others.push_back(&lan.addSilent("x"));
  for (const auto* other : others)
    us.hear(encodeRequest(other->id, kDrums), AudioLan::socketOf(other->cable().address));
  CHECK(us.station.refusals().tooManyAsk == 8);
}

TEST_CASE("A channel that is withdrawn is said goodbye to, twice")
{
  Desk desk;
  desk.us.publish(kDrums, "Drums");
  desk.us.publish(kBass, "Bass");
  desk.lan.run(1s);
  desk.us.sent.clear();
  desk.us.withdraw(kDrums);
  REQUIRE(desk.us.sentOf(MessageType::byes) == 1);
  CHECK(parseByes(desk.us.sent.back().packet.bytes().subspan(20)) == std::vector{kDrums});
  desk.lan.run(1s);
  CHECK(desk.us.sentOf(MessageType::byes) == 2);
}

TEST_CASE("A socket that is closed says goodbye for all channels, if there is somebody to hear it")
{
  Desk desk;
  desk.us.publish(kDrums, "Drums");
  desk.us.publish(kBass, "Bass");
  desk.us.sent.clear();
  desk.us.close(desk.us.cable());
  REQUIRE(desk.us.sentOf(MessageType::byes) == 2); // the same, twice
  CHECK(parseByes(desk.us.sent.back().packet.bytes().subspan(20)) == std::vector{kDrums, kBass});

  AudioLan lonely;
  auto& alone = lonely.add("Alone");
  alone.publish(kDrums, "Drums");
  alone.close(alone.cable());
  CHECK(alone.sent.empty());
}

TEST_CASE("Channels that are renamed say no goodbye")
{
  Desk desk;
  desk.us.publish(kDrums, "Drums");
  desk.lan.run(1s);
  desk.us.sent.clear();
  desk.us.rename(kDrums, "Congas");
  desk.lan.run(300ms);
  CHECK(desk.us.sentOf(MessageType::byes) == 0);
  const auto said = parseAnnouncement(desk.us.sent.back().packet.bytes().subspan(20));
  REQUIRE(said);
  CHECK(said->channels == std::vector<OfferedChannel>{{"Congas", kDrums}});
}

TEST_CASE("There is room for two hundred and fifty-six channels of our own")
{
  Desk desk;
  for (int i = 0; i < 256; ++i)
    CHECK(desk.us.station.publish(channel(std::to_string(i)), "x", desk.lan.now()).has_value());
  CHECK_FALSE(desk.us.station.publish(channel("more"), "x", desk.lan.now()).has_value());
  CHECK_FALSE(desk.us.station.publish(channel("0"), "twice", desk.lan.now()).has_value());
}

TEST_CASE("Junk of every kind is counted, and deafens nobody")
{
  Desk desk;
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
