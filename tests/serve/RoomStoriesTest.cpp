#include <Catch.hpp>
#include <cmath>

#include "Rehearsal.hpp"

using namespace tutti;
using namespace tutti::room;
using namespace std::chrono_literals;
using test::Rehearsal;

namespace {

std::optional<PathKind> pathOf(Rehearsal& stage, Rehearsal::Player& player, std::size_t index = 0)
{
  const auto views = player.ensemble->members(stage.nowOf(player));
  if (index >= views.size() || !views[index].path) return std::nullopt;
  return views[index].path->kind;
}

/// Plays for some seconds; how many of 100 packets a second each one heard from each other, at least.
std::size_t leastHeard(Rehearsal& stage, double seconds)
{
  for (auto& player : stage.players) player->heard.clear();
  const auto packets = static_cast<int>(seconds * 100);
  for (int i = 0; i < packets; ++i) {
    stage.play();
    stage.run(0.01);
  }
  std::size_t least = 1'000'000;
  for (auto& listener : stage.players)
    for (auto& other : stage.players)
      if (listener != other && listener->isThere && other->isThere)
        least = std::min(least, listener->heard[other->slot]);
  return least;
}

} // namespace

TEST_CASE("Three musicians meet, exchange keys and hear each other, on the shortest way")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  stage.join("Ben");
  stage.join("Cora");
  stage.run(4);
  CHECK(anna.ensemble->members(stage.nowOf(anna)).size() == 2);
  CHECK(leastHeard(stage, 2) >= 195);
  CHECK(pathOf(stage, anna, 0) == PathKind::lan);
  CHECK(pathOf(stage, anna, 1) == PathKind::lan);
  CHECK_FALSE(anna.ensemble->isRosterDisputed(stage.nowOf(anna)));
}

TEST_CASE("Where there is no direct way, the forwarder carries them")
{
  Rehearsal stage;
  stage.isLanOpen = false;
  auto& anna = stage.join("Anna");
  stage.join("Ben");
  stage.run(4);
  CHECK(pathOf(stage, anna) == PathKind::forwarder);
  CHECK(leastHeard(stage, 2) >= 195);
}

TEST_CASE("A cable that is pulled costs less than a second, and nothing once the forwarder carries")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  stage.join("Ben");
  stage.run(4);
  CHECK(leastHeard(stage, 1) >= 95);
  CHECK(pathOf(stage, anna) == PathKind::lan);
  stage.isLanOpen = false;
  CHECK(leastHeard(stage, 3) >= 200); // of 300
  CHECK(pathOf(stage, anna) == PathKind::forwarder);
  stage.isLanOpen = true;
  stage.run(10);
  CHECK(pathOf(stage, anna) == PathKind::lan);
}

TEST_CASE("Who joins later hears at once, and nobody else misses a packet")
{
  Rehearsal stage;
  stage.join("Anna");
  stage.join("Ben");
  stage.run(4);
  auto& cora = stage.join("Cora");
  for (auto& player : stage.players) player->heard.clear();
  for (int i = 0; i < 300; ++i) {
    stage.play();
    stage.run(0.01);
  }
  CHECK(stage.players[0]->heard[stage.players[1]->slot] >= 298);
  CHECK(stage.players[1]->heard[stage.players[0]->slot] >= 298);
  CHECK(cora.heard[stage.players[0]->slot] >= 280); // as soon as the keys have come
}

TEST_CASE("Who was away for a minute is heard at once, and hears")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(4);
  CHECK(leastHeard(stage, 1) >= 95);
  ben.isThere = false; // his network is gone: no goodbye
  for (int i = 0; i < 6000; ++i) {
    stage.play();
    stage.run(0.01);
  }
  CHECK(anna.hasNews(Ensemble::News::What::left)); // his lease is over
  stage.comeBack(ben);
  CHECK(leastHeard(stage, 1) >= 60);
  CHECK(leastHeard(stage, 1) >= 98);
}

TEST_CASE(
  "A cookie that grew old while the forwarder was out of reach proves nothing, and is renewed at once")
{
  Rehearsal stage;
  stage.isLanOpen = false;
  stage.join("Anna");
  stage.join("Ben");
  stage.run(4);
  CHECK(leastHeard(stage, 1) >= 95);
  stage.wan.loss = 1; // of checks and media; the directory is reached
  stage.run(25);
  stage.wan.loss = 0;
  while (stage.players[0]->routes.empty() || stage.players[1]->routes.empty()) stage.run(0.01);
  CHECK(leastHeard(stage, 1) >= 95); // who thinks to be proved is
}

TEST_CASE("After a leave there are new keys, and the one who left cannot open what comes")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  auto& cora = stage.join("Cora");
  stage.run(4);
  const auto before = anna.epoch;
  stage.ask("leave", stage.as(cora).encode());
  cora.isThere = false;
  stage.run(3);
  CHECK(anna.epoch != before);
  CHECK_FALSE(cora.opens[anna.slot].contains(*anna.epoch));
  CHECK(ben.opens[anna.slot].contains(*anna.epoch));
  CHECK(anna.hasNews(Ensemble::News::What::left));
}

TEST_CASE("The host sends somebody away: the others see it, and change their keys")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(3);
  auto request = stage.as(anna);
  request.order = Order{stage.roomId, 1, Order::What::kick, ben.keys.id()}.sign(stage.host);
  stage.ask("orders", request.encode());
  stage.run(2);
  CHECK(anna.hasNews(Ensemble::News::What::kicked));
  CHECK(anna.ensemble->members(stage.nowOf(anna)).empty());
  CHECK_FALSE(ben.opens[anna.slot].contains(*anna.epoch));
}

TEST_CASE("What the host decided holds after the server has lost its memory, once all are back")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(1);
  std::uint64_t number = 0;
  for (const auto what : {Order::What::mute, Order::What::lock}) {
    auto request = stage.as(anna);
    request.order = Order{stage.roomId, ++number, what, ben.keys.id()}.sign(stage.host);
    stage.ask("orders", request.encode());
  }
  stage.run(2);
  stage.restartServer();
  stage.run(2);
  CHECK_FALSE(stage.directory.records().front().isLocked); // somebody may still be on the way
  CHECK(ben.ensemble->authority().isMuted(ben.keys.id())); // nobody has forgotten
  stage.run(5);
  CHECK(stage.directory.records().front().isLocked);
  CHECK(leastHeard(stage, 1) >= 99);
}

TEST_CASE("A new order comes behind those that the server has to hear again")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  stage.join("Ben");
  stage.run(1);
  auto request = stage.as(anna);
  request.order = Order{stage.roomId, 1, Order::What::lock, {}}.sign(stage.host);
  stage.ask("orders", request.encode());
  stage.run(1);
  stage.restartServer();
  stage.perform(anna, anna.ensemble->repeatOrders());
  CHECK(stage.directory.records().front().isLocked);
  CHECK(anna.ensemble->repeatOrders().empty()); // once
}

TEST_CASE("A muted member is known as such to all")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(2);
  auto request = stage.as(ben);
  request.order = Order{stage.roomId, 1, Order::What::mute, ben.keys.id()}.sign(stage.host);
  stage.ask("orders", request.encode());
  stage.run(1);
  CHECK(anna.ensemble->members(stage.nowOf(anna)).front().isMutedByHost);
}

TEST_CASE("Clocks of different machines are related within their bound")
{
  Rehearsal stage;
  stage.isLanOpen = false;
  auto& anna = stage.join("Anna", {5.0e9, 30});
  auto& ben = stage.join("Ben", {9.0e9, -40});
  stage.run(60);
  const auto clock = anna.ensemble->members(stage.nowOf(anna)).front().clock;
  REQUIRE(clock);
  const auto truth = static_cast<double>(microsOf(stage.nowOf(ben)) - microsOf(stage.nowOf(anna)));
  CHECK(std::abs(clock->offsetMicros - truth) <= static_cast<double>(clock->bound.count()));
  CHECK(std::abs(clock->offsetMicros - truth) < 300);
}

TEST_CASE("Lost packets and letters hold nobody up for long")
{
  Rehearsal stage{9};
  stage.wan.loss = 0.2;
  stage.lan.loss = 0.2;
  stage.join("Anna");
  stage.join("Ben");
  stage.join("Cora");
  stage.run(8);
  CHECK(leastHeard(stage, 3) >= 200);
}

TEST_CASE("All letters of a join are lost, both ways: everybody is heard again soon")
{
  Rehearsal stage;
  stage.join("Anna");
  stage.join("Ben");
  stage.run(3);
  stage.areLettersLost = true;
  stage.join("Cora");
  stage.run(1); // the old ones use their new keys now, which nobody can open
  stage.areLettersLost = false;
  stage.run(3);
  CHECK(leastHeard(stage, 1) >= 99);
}
