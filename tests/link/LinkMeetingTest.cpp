// Link objects that meet over loopback.
#include <asio/io_context.hpp>
#include <asio/ip/udp.hpp>
#include <cstring>
#include <memory>
#include <net/if.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "LinkPair.hpp"

using namespace tutti;
using namespace tutti::test;

namespace {

constexpr std::uint16_t kLinkPort = 20808; // spec link 1
using asio::ip::udp;

/// Pulls the plug of this test's own network, or puts it back.
void setLoopback(bool isUp)
{
  const int any = socket(AF_INET, SOCK_DGRAM, 0);
  REQUIRE(any >= 0);
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = static_cast<short>(isUp ? IFF_UP | IFF_RUNNING : 0);
  CHECK(ioctl(any, SIOCSIFFLAGS, &request) == 0);
  close(any);
}

} // namespace

TEST_CASE("Two programs on one machine find each other, and the newcomer takes over the tempo")
{
  if (!isAlone()) return;
  Link first{100_bpm, kLoopback};
  Link second{140_bpm, kLoopback};
  first.enable();
  REQUIRE(eventually([&] { return isOpen(first) && isOld(first); }));
  second.enable();
  REQUIRE(eventually([&] { return haveMet(first, second); }));
  CHECK(isAbout(second, 100));
  CHECK(bpmOf(first) == 100);
  CHECK(apart(first, second) < 0.002_beats);

  REQUIRE(eventually([&] { return second.status().estimate.has_value(); }));
  const auto status = second.status();
  REQUIRE(status.peers.size() == 1);
  CHECK(status.peers[0].id == first.status().node);
  CHECK(status.peers[0].heardFrom.at(0).address.isLoopback());
  REQUIRE(status.gateways.size() == 1);
  CHECK(status.gateways[0].interfaceName == "lo");
  CHECK_FALSE(first.status().estimate);
}

TEST_CASE("Tempo crosses both ways, and both sides are told whoever changed it")
{
  if (!isAlone()) return;
  Heard<double> first;
  Heard<double> second;
  Pair pair;
  pair.first.onTempo([&](Tempo tempo) { first(std::round(tempo.bpm())); });
  pair.second.onTempo([&](Tempo tempo) { second(std::round(tempo.bpm())); });

  setTempo(pair.first, 133);
  CHECK(eventually([&] { return isAbout(pair.second, 133); }));
  setTempo(pair.second, 87);
  CHECK(eventually([&] { return isAbout(pair.first, 87); }));
  CHECK(eventually([&] {
    return first.values() == std::vector<double>{133, 87} && second.values() == std::vector<double>{133, 87};
  }));
  CHECK(eventually([&] { return apart(pair.first, pair.second) < 0.002_beats; }));
}

TEST_CASE("Start and stop cross between those who follow, and pass by who does not")
{
  if (!isAlone()) return;
  Heard<bool> heard;
  Pair pair;
  pair.second.onStartStop([&](bool isPlaying) { heard(isPlaying); });
  pair.first.followStartStop();
  setPlaying(pair.first, true);
  setTempo(pair.first, 111); // travels behind the start: when it is there, the start has been too
  REQUIRE(eventually([&] { return isAbout(pair.second, 111); }));
  CHECK_FALSE(pair.second.captureApp().isPlaying());

  pair.second.followStartStop();
  setPlaying(pair.first, false);
  setPlaying(pair.first, true);
  CHECK(eventually([&] { return pair.second.captureApp().isPlaying(); }));
  setPlaying(pair.second, false);
  CHECK(eventually([&] { return !pair.first.captureApp().isPlaying(); }));
  CHECK(heard.values().back() == false);
}

TEST_CASE("What the callback commits reaches the peer, and what the peer decides the callback")
{
  if (!isAlone()) return;
  Pair pair;
  auto state = pair.first.captureAudio();
  state.setTempo(150_bpm, HostClock::now());
  pair.first.commitAudio(state);
  CHECK(pair.first.captureAudio().tempo() == 150_bpm);
  CHECK(eventually([&] { return isAbout(pair.first, 150) && isAbout(pair.second, 150); }));
  CHECK(eventually([&] { return std::abs(pair.second.captureAudio().tempo().bpm() - 150) < 0.01; }));

  setTempo(pair.second, 90);
  CHECK(eventually([&] { return std::abs(pair.first.captureAudio().tempo().bpm() - 90) < 0.01; }));
}

TEST_CASE("Who is disabled or destroyed is gone for the other at once, and keeps its tempo")
{
  if (!isAlone()) return;
  Heard<std::size_t> counts;
  Link first{100_bpm, kLoopback};
  first.onPeerCount([&](std::size_t peers) { counts(peers); });
  first.enable();
  REQUIRE(eventually([&] { return isOpen(first); }));
  {
    Link second{140_bpm, kLoopback};
    second.enable();
    REQUIRE(eventually([&] { return haveMet(first, second); }));
    const auto together = bpmOf(second);
    second.disable();
    CHECK(eventually([&] { return first.peerCount() == 0 && second.peerCount() == 0; }));
    CHECK(bpmOf(second) == together);
    CHECK_FALSE(second.isEnabled());
    second.enable();
    CHECK(eventually([&] { return haveMet(first, second); }));
  }
  CHECK(eventually([&] { return first.peerCount() == 0; }));
  CHECK(eventually([&] { return counts.values() == std::vector<std::size_t>{1, 0, 1, 0}; }));
  CHECK(first.isEnabled());
}

TEST_CASE("A third one is counted by both")
{
  if (!isAlone()) return;
  Pair pair;
  Link third{60_bpm, kLoopback};
  third.enable();
  CHECK(eventually(
    [&] { return third.peerCount() == 2 && pair.first.peerCount() == 2 && pair.second.peerCount() == 2; }));
  setTempo(third, 77);
  CHECK(eventually([&] { return isAbout(pair.first, 77) && isAbout(pair.second, 77); }));
}

TEST_CASE("An interface that is not there is no reason to stop counting")
{
  if (!isAlone()) return;
  Link link{100_bpm, {{"nowhere0"}}};
  link.enable();
  setTempo(link, 120);
  CHECK(eventually([&] { return link.status().isEnabled; }));
  CHECK(link.status().gateways.empty());
  CHECK(link.captureApp().tempo() == 120_bpm);
}

TEST_CASE("A port that is taken is named, tried again, and used when it is free")
{
  if (!isAlone()) return;
  asio::io_context context;
  auto selfish = std::make_unique<udp::socket>(context, udp::endpoint{udp::v4(), kLinkPort});
  Link link{100_bpm, kLoopback};
  link.enable();
  REQUIRE(eventually([&] { return !link.status().gateways.empty(); }));
  const auto gateway = link.status().gateways[0];
  CHECK_FALSE(gateway.isOpen);
  CHECK(gateway.problem.find("Another program keeps UDP port 20808") != std::string::npos);
  selfish.reset();
  CHECK(eventually([&] { return isOpen(link); }));
  CHECK(link.status().gateways[0].problem.empty());
}

TEST_CASE("An interface that goes and comes back brings the peers back with it")
{
  if (!isAlone()) return;
  Pair pair;
  setLoopback(false);
  REQUIRE(eventually(
    [&] { return pair.first.status().gateways.empty() && pair.second.status().gateways.empty(); }));
  CHECK(eventually([&] { return pair.first.peerCount() == 0 && pair.second.peerCount() == 0; }));
  setTempo(pair.first, 111);
  CHECK(bpmOf(pair.first) == 111);
  setLoopback(true);
  CHECK(eventually([&] { return haveMet(pair.first, pair.second); }));
  CHECK(std::abs(bpmOf(pair.first) - bpmOf(pair.second)) < 0.01);
}

TEST_CASE("Empty datagrams and noise deafen nobody")
{
  if (!isAlone()) return;
  Pair pair;
  asio::io_context context;
  udp::socket stranger{context, udp::v4()};
  const auto home = asio::ip::address_v4::loopback();
  const auto peers = pair.first.status().peers;
  REQUIRE(peers.size() == 1);
  const udp::endpoint own{home, peers[0].heardFrom.at(0).port};
  for (const auto& to : {udp::endpoint{home, kLinkPort}, own})
    for (int i = 0; i < 100; ++i) {
      stranger.send_to(asio::buffer("", 0), to);
      stranger.send_to(asio::buffer("noise"), to);
    }
  CHECK(eventually([&] { return pair.second.status().refusals.notLink >= 100; }));
  setTempo(pair.first, 111);
  CHECK(eventually([&] { return isAbout(pair.second, 111); }));
  setTempo(pair.second, 112);
  CHECK(eventually([&] { return isAbout(pair.first, 112); }));
}
