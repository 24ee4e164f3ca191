#include "PreparedBridges.hpp"

#include <array>
#include <chrono>
#include <cmath>

namespace tutti::prepared {

using namespace std::chrono_literals;

namespace {

room::MemberId memberNumber(int number)
{
  std::array<std::byte, room::MemberId::kSize> bytes{};
  bytes[0] = static_cast<std::byte>(number);
  return room::MemberId{bytes};
}

bridge::SiteSnapshot site(int number, const char* name, Micros roundTrip, Micros likely)
{
  bridge::SiteSnapshot site;
  site.member = memberNumber(number);
  site.name = name;
  site.path = room::PathKind::direct;
  site.roundTrip = roundTrip;
  site.clock = room::ClockSync::Relation{
    .offsetMicros = -9.2e8, .driftPpm = 4.1, .likelyError = likely, .bound = roundTrip / 2};
  site.linkPeers = 3;
  site.isInSession = true;
  site.phaseError = Micros{40};
  return site;
}

/// Two minutes in which the error goes up and down by so much.
std::vector<bridge::PhasePoint> phases(HostTime at, Micros swing, Micros likely, Micros bound)
{
  constexpr int kSeconds = 120;
  std::vector<bridge::PhasePoint> points;
  for (int i = 0; i < kSeconds; ++i) {
    const auto wave = std::sin(i * 0.7) + 0.5 * std::sin(i * 2.9);
    const Micros error{std::llround(static_cast<double>(swing.count()) * wave / 1.5)};
    points.push_back({at - (kSeconds - 1 - i) * 1s, error, likely, bound});
  }
  return points;
}

bridge::Snapshot basis(HostTime at)
{
  bridge::Snapshot shown;
  shown.at = at;
  shown.tempo = time::Tempo::fromBpm(121);
  shown.peersHere = shown.peersTotal = 2;
  return shown;
}

bridge::Snapshot good(HostTime at)
{
  auto shown = basis(at);
  shown.peersTotal = 8;
  shown.sites = {site(1, "Lisbon", 40ms, 110us), site(2, "Porto", 44ms, 140us)};
  shown.sites[0].isReference = true;
  shown.phases = phases(at, 90us, 60us, 20ms);
  shown.notices = {{1, at - 60s, "Porto's Link programs are in your session."},
                   {2, at - 59s, "Lisbon's Link programs are in your session."},
                   {3, at - 59s, "Your Link programs have joined Lisbon's session, which is older."},
                   {4, at - 58s, "They are playing. Press play to join in."}};
  return shown;
}

bridge::Snapshot poor(HostTime at)
{
  auto shown = basis(at);
  shown.peersTotal = 5;
  shown.sites = {site(1, "Lisbon", 186ms, 3'400us)};
  shown.sites[0].phaseError = -6'200us;
  shown.phases = phases(at, 6'400us, 1'900us, 93ms);
  return shown;
}

bridge::Snapshot relay(HostTime at)
{
  auto shown = good(at);
  shown.sites[1].path = room::PathKind::forwarder;
  shown.sites[1].roundTrip = 72ms;
  shown.sites[1].clock->bound = 36ms;
  return shown;
}

bridge::Snapshot outOfReach(HostTime at)
{
  auto shown = good(at);
  shown.sites[1].path.reset();
  shown.sites[1].roundTrip.reset();
  shown.sites[1].clock.reset();
  shown.sites[1].phaseError.reset();
  shown.sites[1].isInSession = false;
  return shown;
}

} // namespace

engine::BridgeStatus bridgeNamed(std::string_view name, HostTime at)
{
  if (name == "one-site") return {true, {}, basis(at)};
  if (name == "good") return {true, {}, good(at)};
  if (name == "poor") return {true, {}, poor(at)};
  if (name == "relay") return {true, {}, relay(at)};
  if (name == "out-of-reach") return {true, {}, outOfReach(at)};
  return {};
}

} // namespace tutti::prepared
