#include "PreparedSnapshots.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <random>

namespace tutti::prepared {

using namespace std::chrono_literals;
using link::Change;

namespace {

NodeId nodeNamed(std::string_view text)
{
  return NodeId::fromBytes(std::as_bytes(std::span{text.data(), text.size()}));
}

Endpoint heard(std::string_view address)
{
  constexpr std::uint16_t kAnyPort = 20808;
  return {IpAddress::parse(address).value(), kAnyPort};
}

time::BeatGrid gridAt(HostTime at, double beat, bool isPlaying, double bpm = 120)
{
  const auto tempo = time::Tempo::fromBpm(bpm);
  const time::HostTimeline timeline{tempo, time::Beats{}, at - tempo.toMicros(time::Beats::fromDouble(beat))};
  return {timeline, time::Beats::fromMicroBeats(4'000'000), isPlaying};
}

link::PeerStatus peer(std::string_view name, std::vector<Endpoint> from, HostTime at, Micros error,
                      Micros spread, Micros age)
{
  link::PeerStatus status;
  status.id = nodeNamed(name);
  status.session = nodeNamed("kH2$x9Qe");
  status.isInOurSession = true;
  status.heardFrom = std::move(from);
  status.tempo = time::Tempo::fromBpm(132);
  status.lastHeard = at;
  status.phaseError = error;
  status.spread = spread;
  status.measuredAt = at - age;
  return status;
}

/// Settles from some hundred microseconds to a few, as measurements do; the same each time.
std::vector<link::SyncPoint> settling(HostTime at)
{
  std::mt19937 generator{20808};
  std::uniform_real_distribution<double> scatter{-1, 1};
  std::vector<link::SyncPoint> points;
  constexpr int kPoints = 30;
  for (int i = 0; i < kPoints; ++i) {
    const auto reach = 6 + 60 * std::exp(-i / 4.0);
    const auto error = static_cast<std::int64_t>(scatter(generator) * reach);
    points.push_back(
      {at - (kPoints - i) * 30s, Micros{error}, Micros{static_cast<std::int64_t>(4 + reach / 3)}});
  }
  return points;
}

Change tempoSet(HostTime at)
{
  return {.number = 7,
          .at = at,
          .kind = Change::Kind::tempo,
          .before = 128,
          .after = 132,
          .by = IpAddress::parse("192.168.1.20")};
}

} // namespace

engine::Snapshot alone(HostTime at)
{
  engine::Snapshot snapshot;
  snapshot.at = at;
  snapshot.grid = gridAt(at, 0.5, false);
  snapshot.link.at = at;
  snapshot.link.isEnabled = true;
  snapshot.link.followsStartStop = true;
  snapshot.link.node = snapshot.link.session = nodeNamed("kH2$x9Qe");
  snapshot.link.gateways = {{"eth0", IpAddress::parse("192.168.1.5").value(), true, ""}};
  snapshot.link.changes = {
    {.number = 1, .at = at, .kind = Change::Kind::enabled, .before = 0, .after = 0, .by = {}}};
  return snapshot;
}

engine::Snapshot linkOff(HostTime at)
{
  auto snapshot = alone(at);
  snapshot.link.isEnabled = false;
  snapshot.link.gateways.clear();
  snapshot.link.changes.push_back(
    {.number = 2, .at = at, .kind = Change::Kind::disabled, .before = 0, .after = 0, .by = {}});
  return snapshot;
}

engine::Snapshot threePeers(HostTime at)
{
  auto snapshot = alone(at);
  snapshot.grid = gridAt(at, 0.5, false, 132);
  auto& status = snapshot.link;
  status.peerCount = 3;
  status.peers = {
    peer("kH2$x9Qe", {heard("192.168.1.20")}, at, 12us, 4us, 20s),
    peer("Zq7!m/aW", {heard("fe80::a2c5:89ff:fe1d:77b0")}, at, -38us, 9us, 4min),
    peer("b)4Rt~uN", {heard("192.168.1.31"), heard("fe80::3e22:fbff:fe44:102a")}, at, 31us, 12us, 2min)};
  status.estimate =
    link::Estimate{.intercept = 81'223'456us, .spread = 6us, .shortestRoundTrip = 412us, .roundTrips = 150};
  status.syncHistory = settling(at);
  status.changes.push_back(tempoSet(at));
  return snapshot;
}

engine::Snapshot playing(HostTime at, double beat)
{
  auto snapshot = threePeers(at);
  snapshot.grid = gridAt(at, beat, true, 132);
  snapshot.isPlaying = true;
  snapshot.link.changes.push_back({.number = 8,
                                   .at = at,
                                   .kind = Change::Kind::started,
                                   .before = 0,
                                   .after = 0,
                                   .by = IpAddress::parse("192.168.1.31")});
  return snapshot;
}

engine::Snapshot portTaken(HostTime at)
{
  auto snapshot = alone(at);
  snapshot.link.gateways = {
    {"eth0", IpAddress::parse("192.168.1.5").value(), false,
     "Another program keeps UDP port 20808 to itself, so no one can be found on eth0. Close it; Tutti tries "
     "again by itself."}};
  return snapshot;
}

engine::Snapshot crowd(HostTime at, std::size_t peers)
{
  auto snapshot = alone(at);
  for (std::size_t i = 0; i < peers; ++i) {
    const auto number = std::to_string(1000 + i);
    const auto address = "10.0." + std::to_string(i / 200) + "." + std::to_string(i % 200 + 1);
    auto one = peer("peer" + number, {heard(address)}, at, 5us, 3us, 10s);
    one.isInOurSession = i != 0;
    if (i == 0) one.session = nodeNamed("other!!!");
    snapshot.link.peers.push_back(std::move(one));
  }
  snapshot.link.peerCount = peers == 0 ? 0 : peers - 1;
  return snapshot;
}

engine::Snapshot named(std::string_view name, HostTime at)
{
  if (name == "link-off") return linkOff(at);
  if (name == "three-peers") return threePeers(at);
  if (name == "playing") return playing(at, 10.62);
  if (name == "count-in") return playing(at, -2.4);
  if (name == "port-taken") return portTaken(at);
  if (name == "crowd") return crowd(at, 60);
  return alone(at);
}

} // namespace tutti::prepared
