// Who asks a station for sound, and whom it asks.
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

namespace {

std::size_t requests(const AudioLan::Host& host)
{
  return host.sentOf(MessageType::request);
}

} // namespace

TEST_CASE("A subscription asks at once when channel and way are known, and every second")
{
  StationDesk desk;
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
  StationDesk desk;
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
  StationDesk desk;
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
  StationDesk desk;
  for (int i = 0; i < 64; ++i)
    CHECK(desk.us.station.subscribe(channel(std::to_string(i)), desk.lan.now()).has_value());
  CHECK_FALSE(desk.us.station.subscribe(channel("one more"), desk.lan.now()).has_value());
  CHECK(desk.us.station.subscribe(channel("0"), desk.lan.now()).has_value());
}

TEST_CASE("Sound is handed on once, from who announced it, if somebody wants it")
{
  StationDesk desk;
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
  StationDesk desk;
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
  StationDesk desk;
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
  StationDesk desk;
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
  StationDesk desk;
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
  StationDesk desk;
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
  StationDesk desk;
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
  StationDesk desk;
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
  StationDesk desk;
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
  StationDesk desk;
  for (int i = 0; i < 256; ++i)
    CHECK(desk.us.station.publish(channel(std::to_string(i)), "x", desk.lan.now()).has_value());
  CHECK_FALSE(desk.us.station.publish(channel("more"), "x", desk.lan.now()).has_value());
  CHECK_FALSE(desk.us.station.publish(channel("0"), "twice", desk.lan.now()).has_value());
}
