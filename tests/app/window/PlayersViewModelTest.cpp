#include "PlayersViewModel.hpp"

#include <chrono>
#include <numeric>

#include <Catch.hpp>

using namespace std::chrono_literals;
using namespace tutti;

namespace {

jam::PlayerSnapshot player(const std::string& name)
{
  jam::PlayerSnapshot player;
  player.id = {name};
  player.name = name;
  player.isHeard = true;
  return player;
}

std::vector<jam::PlayerSnapshot> players(std::initializer_list<const char*> names)
{
  std::vector<jam::PlayerSnapshot> all;
  for (const auto* name : names) all.push_back(player(name));
  return all;
}

struct Room {
  app::Wishes wishes;
  app::PlayersViewModel players{wishes, [] { return HostTime{}; }};

  app::PlayerViewModel* at(int row)
  {
    return players.data(players.index(row), app::PlayersViewModel::playerRole).value<app::PlayerViewModel*>();
  }
  std::vector<std::string> names()
  {
    std::vector<std::string> all;
    for (int i = 0; i < players.count(); ++i) all.push_back(at(i)->strip()->name().toStdString());
    return all;
  }
};

using Names = std::vector<std::string>;

} // namespace

SCENARIO("Players come and go, and who stays keeps the strip")
{
  Room room;
  room.players.show(players({"Anna", "Bela", "Chiyo"}), {});
  CHECK(room.names() == Names{"Anna", "Bela", "Chiyo"});
  auto* const chiyo = room.at(2);
  room.players.show(players({"Anna", "Chiyo", "David"}), {});
  CHECK(room.names() == Names{"Anna", "Chiyo", "David"});
  CHECK(room.at(1) == chiyo);
  room.players.show(players({"David", "Anna"}), {});
  CHECK(room.names() == Names{"David", "Anna"});
  room.players.show({}, {});
  CHECK(room.players.count() == 0);
}

SCENARIO("The shown parts of a delay add up, whatever was rounded")
{
  Room room;
  auto anna = player("Anna");
  for (std::int64_t odd = 0; odd < 100; ++odd) {
    anna.delay = {.deviceIn = Micros{1'349 + odd},
                  .packet = Micros{1'333},
                  .network = Micros{449 + 7 * odd},
                  .playout = Micros{1'049},
                  .resampler = Micros{349},
                  .deviceOut = Micros{2'649}};
    room.players.show({anna}, {});
    const auto* const delay = room.at(0)->delay();
    int tenths = 0;
    for (const auto& text : delay->partTexts()) tenths += QString{text}.remove('.').toInt();
    CHECK(tenths == delay->totalText().remove('.').toInt());
    CHECK(std::abs(delay->total() - static_cast<double>(anna.delay.total().count()) / 1'000) <= 0.0501);
  }
}

SCENARIO("The scale of all delays is a round figure above the longest")
{
  Room room;
  CHECK(room.players.longestDelay() == 10);
  auto anna = player("Anna");
  anna.delay.network = 31ms;
  room.players.show({anna}, {});
  CHECK(room.players.longestDelay() == 40);
}

SCENARIO("Who is heard beats later stretches nobody's bar, and waits for the beat")
{
  Room room;
  auto anna = player("Anna");
  anna.delay.network = 31ms;
  auto bela = player("Bela");
  bela.mode = stream::DelayMode::inBeats(4);
  bela.delay.playout = 1818ms;
  room.players.show({anna, bela}, {});
  CHECK(room.players.longestDelay() == 40);
  CHECK(room.at(0)->delay()->partNames().contains(QString{"Safety"}));
  CHECK(room.at(1)->delay()->partNames().contains(QString{"Wait for the beat"}));
  int renamed = 0;
  QObject::connect(room.at(1)->delay(), &app::DelayViewModel::partNamesChanged, [&] { ++renamed; });
  bela.modeProblem = "Bela is too far away.";
  room.players.show({anna, bela}, {});
  CHECK(room.at(1)->delay()->partNames().contains(QString{"Safety"})); // until the beats can be kept
  CHECK(renamed == 1);
}

SCENARIO("A delay is short, steady or in beats, and each is wished for once")
{
  Room room;
  std::vector<double> steady;
  std::vector<int> beats;
  QObject::connect(&room.wishes, &app::Wishes::steadyWanted,
                   [&](const jam::PlayerId&, double wanted) { steady.push_back(wanted); });
  QObject::connect(&room.wishes, &app::Wishes::beatsWanted,
                   [&](const jam::PlayerId&, int wanted) { beats.push_back(wanted); });
  room.players.show(players({"Anna"}), {});
  auto* const mode = room.at(0)->mode();
  CHECK(mode->isShort());
  mode->chooseShort();
  CHECK(steady.empty());
  mode->chooseSteady();
  mode->chooseSteady();
  CHECK(mode->isSteady());
  CHECK(steady.size() == 1);
  mode->chooseBeats();
  mode->chooseBeats();
  CHECK(mode->isInBeats());
  mode->chooseShort();
  CHECK(mode->isShort());
  CHECK(beats == std::vector<int>{4, 0});
}

SCENARIO("A strip says in a word what is the matter")
{
  Room room;
  auto anna = player("Anna");
  anna.delay.network = 18ms;
  room.players.show({anna}, {});
  CHECK(room.at(0)->delayText() == "18\u00a0ms");
  CHECK(room.at(0)->lossText().isEmpty());

  anna.lostShare = 0.01;
  anna.lateShare = 0.002;
  room.players.show({anna}, {});
  CHECK(room.at(0)->lossText() == "1.2\u00a0%");

  anna.isHeard = false;
  room.players.show({anna}, {});
  CHECK(room.at(0)->delayText() == "silent");
  CHECK(room.at(0)->lossText().isEmpty());

  anna.isMutedByHost = true;
  room.players.show({anna}, {});
  CHECK(room.at(0)->delayText() == "muted");
}

SCENARIO("The highest bar of the histogram fills it")
{
  Room room;
  auto anna = player("Anna");
  anna.jitterBin = 100us;
  anna.jitter = {10, 40, 20, 0};
  room.players.show({anna}, {});
  CHECK(room.at(0)->delay()->jitter() == QList<double>{0.25, 1, 0.5, 0});
  CHECK(room.at(0)->delay()->jitterText() == "400\u00a0µs");
}
