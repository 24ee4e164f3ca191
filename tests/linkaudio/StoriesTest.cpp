// Two and three peers in a LAN, by cable and by radio, with losses, and what becomes of their channels.
#include <Announcement.hpp>
#include <Asking.hpp>
#include <AudioMessage.hpp>
#include <Catch.hpp>
#include <set>

#include "AudioLan.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using namespace tutti::linkaudio::test;
using namespace std::chrono_literals;

namespace {

using Names = std::vector<std::string>;
const auto kDrums = channel("drums");
const auto kBass = channel("bass");

/// A datagram each 5 ms, for so long.
void playFor(AudioLan& lan, AudioLan::Host& host, const ChannelId& id, Micros duration,
             std::uint64_t first = 1)
{
  const auto count = static_cast<std::uint64_t>(duration / 5ms);
  for (std::uint64_t i = 0; i < count; ++i) {
    lan.after(i * 5ms, [&host, id, first, i] { host.play(id, first + i); });
  }
  lan.run(duration);
}

std::set<std::uint64_t> sequencesOf(const AudioLan::Host& host)
{
  std::set<std::uint64_t> sequences;
  for (const auto& buffer : host.heard) sequences.insert(buffer.chunks.front().sequence);
  return sequences;
}

} // namespace

TEST_CASE("What one peer publishes, the other sees within a round, asks for and hears")
{
  AudioLan lan;
  auto& ana = lan.add("Ana");
  auto& ben = lan.add("Ben");
  ana.publish(kDrums, "Drums");
  lan.run(300ms);
  CHECK(ben.sees() == Names{"Ana/Drums"});
  CHECK(ana.sees().empty()); // one's own are not listed
  ben.subscribe(kDrums);
  lan.run(10ms);
  CHECK(ana.station.isWanted(kDrums));
  playFor(lan, ana, kDrums, 10s);
  CHECK(sequencesOf(ben).size() == 2000);
  ben.unsubscribe(kDrums);
  lan.run(10ms);
  CHECK_FALSE(ana.station.isWanted(kDrums));
  ana.withdraw(kDrums);
  lan.run(100ms);
  CHECK(ben.sees().empty());
}

TEST_CASE("Three peers see each other's channels, sorted, and hear what each wants")
{
  AudioLan lan;
  auto& ana = lan.add("Ana");
  auto& ben = lan.add("Ben");
  auto& cara = lan.add("Cara");
  ana.publish(kDrums, "Drums");
  ben.publish(kBass, "Bass");
  cara.publish(channel("voice"), "Voice");
  ana.publish(channel("congas"), "Congas");
  lan.run(500ms);
  CHECK(cara.sees() == Names{"Ana/Congas", "Ana/Drums", "Ben/Bass"});
  CHECK(ben.sees() == Names{"Ana/Congas", "Ana/Drums", "Cara/Voice"});
  ben.subscribe(kDrums);
  cara.subscribe(kDrums);
  cara.subscribe(kBass);
  lan.run(100ms);
  ana.sent.clear();
  ana.play(kDrums, 1);
  REQUIRE(ana.sentOf(MessageType::audio) == 2); // the same to both
  CHECK(ana.sent.at(0).packet == ana.sent.at(1).packet);
  ben.play(kBass, 1);
  lan.run(10ms);
  CHECK(ben.heard.size() == 1);
  CHECK(cara.heard.size() == 2);
}

TEST_CASE("On a bad wire channels stay listed, requests alive, and no datagram is heard twice")
{
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    AudioLan lan{
      seed, {.delay = 3000, .uniformJitter = 2500, .paretoJitter = 2000, .loss = 0.2, .duplicates = 0.1}};
    auto& ana = lan.add("Ana");
    auto& ben = lan.add("Ben");
    ana.publish(kDrums, "Drums");
    lan.run(3s);
    ben.subscribe(kDrums);
    lan.run(5s);
    const auto turns = ana.turned.size();
    const auto changes = ben.changes;
    playFor(lan, ana, kDrums, 60s);
    CHECK(ana.turned.size() == turns); // wanted all the time
    CHECK(ben.changes == changes);
    CHECK(ben.heard.size() == sequencesOf(ben).size());
    CHECK(ben.heard.size() > 9000);
    CHECK(ben.station.refusals().duplicateAudio > 100);
  }
}

TEST_CASE("A peer that dies is gone within seven seconds, and nobody streams to it any longer")
{
  AudioLan lan;
  auto& ana = lan.add("Ana");
  auto& ben = lan.add("Ben");
  ana.publish(kDrums, "Drums");
  ben.publish(kBass, "Bass");
  lan.run(1s);
  ben.subscribe(kDrums);
  lan.run(1s);
  lan.kill(ben);
  lan.run(7.1s);
  CHECK_FALSE(ana.station.isWanted(kDrums));
  CHECK(ana.sees().empty());
}

TEST_CASE("Peers of another session are not listed, not spoken to, and get no sound")
{
  AudioLan lan;
  auto& ana = lan.add("Ana");
  auto& ben = lan.add("Ben");
  ana.publish(kDrums, "Drums");
  ben.publish(kBass, "Bass");
  lan.run(1s);
  ben.subscribe(kDrums);
  lan.run(1s);
  CHECK(ana.station.isWanted(kDrums));
  lan.join(ben, node("other"));
  CHECK_FALSE(ana.station.isWanted(kDrums));
  lan.run(100ms);
  CHECK(ana.sees().empty());
  CHECK(ben.sees().empty());
  ana.sent.clear();
  lan.run(5s);
  CHECK(ana.sent.empty());
  lan.join(ana, node("other")); // and together again
  lan.run(1.5s);
  CHECK(ana.sees() == Names{"Ben/Bass"});
  CHECK(ben.sees() == Names{"Ana/Drums"});
  CHECK(ana.station.isWanted(kDrums)); // Ben has not forgotten what he wanted
}

TEST_CASE("Link forgets a peer: its channels go at once")
{
  AudioLan lan;
  auto& ana = lan.add("Ana");
  auto& ben = lan.add("Ben");
  ben.publish(kBass, "Bass");
  lan.run(1s);
  CHECK(ana.sees() == Names{"Ben/Bass"});
  ben.isOverLink = false;
  lan.tellAll();
  lan.run(100ms);
  CHECK(ana.sees().empty());
  CHECK(ana.station.burden().records == 0);
  CHECK(ana.station.burden().targets == 0);
}

TEST_CASE("Somebody who takes a new id keeps the channel")
{
  AudioLan lan;
  auto& ana = lan.add("Ana");
  auto& ben = lan.add("Ben");
  ana.publish(kDrums, "Drums");
  lan.run(1s);
  ben.subscribe(kDrums);
  lan.run(1s);
  ana.id = node("newborn");
  lan.tellAll();
  lan.run(2s);
  CHECK(ben.sees() == Names{"Ana/Drums"});
  CHECK(ben.station.channels().at(0).peer == node("newborn"));
  const auto heard = ben.heard.size();
  playFor(lan, ana, kDrums, 1s);
  CHECK(ben.heard.size() == heard + 200);
}

TEST_CASE("A gateway that goes and comes again brings the channels back")
{
  AudioLan lan;
  auto& ana = lan.add("Ana");
  auto& ben = lan.add("Ben");
  ana.publish(kDrums, "Drums");
  lan.run(1s);
  ben.subscribe(kDrums);
  lan.run(1s);
  for (int i = 0; i < 5; ++i) {
    ana.close(ana.cable());
    lan.run(100ms);
    CHECK(ben.sees().empty());
    ana.open(ana.cable());
    lan.run(2s);
    CHECK(ben.sees() == Names{"Ana/Drums"});
    CHECK(ana.station.isWanted(kDrums));
  }
}

TEST_CASE("By two ways a channel is listed once, and heard on when one of them breaks")
{
  AudioLan lan;
  auto& ana = lan.add("Ana");
  auto& ben = lan.add("Ben");
  for (auto* host : {&ana, &ben}) host->open(host->cable6());
  ana.publish(kDrums, "Drums");
  lan.run(1s);
  CHECK(ben.sees() == Names{"Ana/Drums"});
  CHECK(ben.station.burden().records == 2);
  ben.subscribe(kDrums);
  lan.run(3s);
  playFor(lan, ana, kDrums, 1s);
  CHECK(sequencesOf(ben).size() == 200);

  ana.sent.clear();
  ana.play(kDrums, 201);
  const auto inUse = ana.sent.at(0).gateway;
  lan.isBroken = [inUse](const IpAddress& gateway) { return gateway.isV4() == inUse.isV4(); };
  lan.run(2.5s);
  ben.heard.clear();
  playFor(lan, ana, kDrums, 1s, 1000);
  CHECK(sequencesOf(ben).size() == 200);
  CHECK(ben.sees() == Names{"Ana/Drums"});
}

TEST_CASE("Of two ways the better one is taken")
{
  AudioLan lan;
  auto& ana = lan.addUnplugged("Ana");
  auto& ben = lan.addUnplugged("Ben");
  for (auto* host : {&ana, &ben}) host->open(host->radio());
  ana.publish(kDrums, "Drums");
  lan.setWire({.delay = 5000, .uniformJitter = 4000});
  lan.run(4s);
  lan.setWire({});
  for (auto* host : {&ana, &ben}) host->open(host->cable());
  lan.run(4s);
  ben.sent.clear();
  ben.subscribe(kDrums);
  REQUIRE(ben.sentOf(MessageType::request) == 1);
  CHECK(ben.sent.back().gateway == ben.cable().address);
}

TEST_CASE("One gateway of two closes: the channel stays, and is asked for by the other at once")
{
  AudioLan lan;
  auto& ana = lan.add("Ana");
  auto& ben = lan.add("Ben");
  for (auto* host : {&ana, &ben}) host->open(host->radio());
  ana.publish(kDrums, "Drums");
  lan.run(1s);
  ben.subscribe(kDrums);
  lan.run(1s);
  const auto changes = ben.changes;
  ana.sent.clear();
  ana.play(kDrums, 1);
  const bool byCable = ana.sent.at(0).gateway == ana.cable().address;
  for (auto* host : {&ana, &ben}) host->close(byCable ? host->cable() : host->radio());
  lan.run(600ms);
  ben.heard.clear();
  playFor(lan, ana, kDrums, 1s, 100);
  CHECK(sequencesOf(ben).size() == 200);
  CHECK(ben.changes == changes);
}

TEST_CASE("Someone who shouts sound that nobody asked for is only counted")
{
  AudioLan lan;
  auto& ana = lan.add("Ana");
  auto& ben = lan.add("Ben");
  lan.run(1s);
  ana.sent.clear();
  for (std::uint64_t i = 0; i < 1000; ++i)
    ana.hear(encodeAudio(ben.id, sound(channel(std::to_string(i)), ana.session, i)),
             AudioLan::socketOf(ben.cable().address));
  CHECK(ana.heard.empty());
  CHECK(ana.sent.empty());
  CHECK(ana.station.refusals().unaskedAudio == 1000);
}

TEST_CASE("Nothing goes to who has not spoken for himself, whatever strangers send")
{
  AudioLan lan;
  auto& ana = lan.add("Ana");
  auto& ben = lan.add("Ben");
  ana.publish(kDrums, "Drums");
  lan.run(1s);
  ana.sent.clear();
  const Endpoint mallory{address("10.0.0.99"), 666};
  std::size_t sentBytes = 0;
  std::size_t gotBytes = 0;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    for (const auto& packet :
         {encodeRequest(ben.id, kDrums), encodeStop(ben.id, kDrums), encodePong(ben.id, 1),
          encodeAnnouncement(ben.id, {ana.session, "x", {{"y", kBass}}, 1}).at(0)}) {
      ana.hear(packet, mallory);
      gotBytes += packet.size();
    }
    ana.play(kDrums, i);
    lan.run(1ms);
  }
  for (const auto& send : ana.sent) {
    const bool isToMallory = send.to == mallory;
    CHECK((isToMallory || send.to == AudioLan::socketOf(ben.cable().address)));
    CHECK(parseMessage(send.packet.bytes())->type != MessageType::audio);
    if (isToMallory) sentBytes += send.packet.size();
  }
  CHECK(sentBytes < gotBytes / 10);
}

TEST_CASE("A day in which everybody comes and goes leaves nothing behind")
{
  AudioLan lan{7, {.delay = 500, .uniformJitter = 400, .loss = 0.05, .duplicates = 0.02}};
  std::vector<AudioLan::Host*> hosts;
  for (const auto* name : {"Ana", "Ben", "Cara", "Dora"}) hosts.push_back(&lan.add(name));
  std::mt19937 dice{3};
  for (auto* host : hosts) host->remembersSends = false;
  for (int turn = 0; turn < 400; ++turn) {
    auto& host = *hosts.at(dice() % hosts.size());
    const auto id = channel(std::to_string(dice() % 12));
    switch (dice() % 6) {
    case 0:
      host.publish(id, "some");
      break;
    case 1:
      host.withdraw(id);
      break;
    case 2:
      host.subscribe(id);
      break;
    case 3:
      host.unsubscribe(id);
      break;
    case 4:
      lan.join(host, dice() % 2 == 0 ? node("one") : node("two"));
      break;
    default:
      if (host.openGateways().empty())
        host.open(host.cable());
      else
        host.close(host.cable());
    }
    lan.run(std::chrono::milliseconds{dice() % 2000});
  }
  for (auto* host : hosts)
    if (!host->openGateways().empty()) host->close(host->cable());
  lan.run(10s);
  for (auto* host : hosts) {
    CHECK(host->sees().empty());
    CHECK(host->station.burden().targets == 0);
    CHECK(host->station.burden().records == 0);
  }
}
