#include "World.hpp"

#include <string>

namespace tutti::bridge::test {
namespace {

using namespace std::chrono_literals;

/// Chance decides what the others are called; these come in the order in which they were added.
room::MemberId memberNumber(std::size_t number)
{
  std::array<std::byte, room::MemberId::kSize> bytes{};
  bytes[0] = static_cast<std::byte>(number + 1);
  return room::MemberId{bytes};
}

} // namespace

Program& World::addProgram(std::size_t lan, double bpm, double ppm)
{
  programs_.push_back(std::make_unique<Program>(*this, lan, numbers_[lan]++, bpm, someClock(ppm), random_()));
  return *programs_.back();
}

Bridge& World::addBridge(std::size_t lan, double ppm)
{
  bridges_.push_back(std::make_unique<Bridge>(*this, lan, numbers_[lan]++, someClock(ppm), random_(),
                                              memberNumber(bridges_.size())));
  return *bridges_.back();
}

void World::populate(std::size_t sites, std::size_t programs)
{
  for (std::size_t lan = 0; lan < sites; ++lan) {
    for (std::size_t i = 0; i < programs; ++i) addProgram(lan, 100 + static_cast<double>(10 * lan + i));
    addBridge(lan);
  }
}

void World::enableAll()
{
  for (const auto& program : programs_) program->enable();
  for (const auto& bridge : bridges_) bridge->enable();
}

void World::bridgeAll()
{
  for (const auto& bridge : bridges_) bridge->bridge();
}

bool World::meet()
{
  enableAll();
  bridgeAll();
  return runUntil([&] { return isWhole(); }, 5s);
}

SimulatedClock World::someClock(double ppm)
{
  std::uniform_real_distribution<double> offset{1e9, 1e12};
  return {offset(random_), ppm};
}

bool World::runUntil(const std::function<bool()>& isSo, std::chrono::duration<double> limit)
{
  const auto end = time.now() + limit.count() * 1e6;
  while (!isSo()) {
    if (time.now() >= end) return false;
    time.runUntil(std::min(end, time.now() + 1000));
  }
  return true;
}

std::vector<Station*> World::stations() const
{
  std::vector<Station*> all;
  for (const auto& program : programs_)
    if (program->isOn()) all.push_back(program.get());
  for (const auto& bridge : bridges_)
    if (bridge->isOn()) all.push_back(bridge.get());
  return all;
}

bool World::isWhole() const
{
  const auto all = stations();
  return std::ranges::all_of(all, [&](const Station* one) {
    return one->session() == all.front()->session() && one->peers() + 1 == all.size();
  });
}

std::string World::story() const
{
  std::string text;
  for (const auto* one : stations())
    text += "LAN " + std::to_string(one->lan()) + " " + one->address().text() + " in " +
            one->session().text() + " with " + std::to_string(one->peers()) + "\n";
  return text;
}

double World::spread() const
{
  double lowest = 1e300;
  double highest = -1e300;
  for (const auto* one : stations()) {
    lowest = std::min(lowest, one->sessionNow());
    highest = std::max(highest, one->sessionNow());
  }
  return highest - lowest;
}

void World::carry(Station& from, const link::Node::Send& send)
{
  ++from.datagrams_;
  if (onLan) onLan(from, send);
  const bool isMeasurement = send.socket == link::Node::Socket::measurement;
  const Endpoint source{from.address(), isMeasurement ? Station::kMeasurement : Station::kDiscovery};
  for (auto* to : stations()) {
    if (to == &from || to->lan() != from.lan()) continue;
    if (send.to && send.to->address != to->address()) continue;
    for (const auto delay : near_.send(random_, send.to.has_value()))
      time.after(delay, [to, source, bytes = send.datagram,
                         isPing = send.to && send.to->port == Station::kMeasurement] {
        to->receive(bytes, source, isPing);
      });
  }
}

void World::send(const Bridge& from, const Bridge& to, const std::function<void()>& arrive)
{
  if (isCut(from.member(), to.member())) return;
  const double more = &from == bridges_.front().get() ? asymmetry : 0;
  for (const auto delay : wide_.send(random_, true)) time.after(delay + more, arrive);
}

} // namespace tutti::bridge::test
