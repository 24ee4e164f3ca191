#include <Catch.hpp>

#include "World.hpp"

using namespace tutti;
using namespace tutti::endpoint;
using test::World;
using Kind = Outbox::Event::Kind;

namespace {

constexpr auto kStereo = AudioFormat{};

double heardAs(const test::Host& from, const test::Host& ear, double hertz)
{
  return hertz * from.trueRate() / from.rate * ear.rate / ear.trueRate();
}

void hears(World::Client& client, ConnectionId id, const World::Server& server)
{
  const auto fit = client.ears[{id.number, 0}].fit(heardAs(server, client, server.hertz), client.rate);
  CAPTURE(server.desk->setup().name, fit.residualDb, fit.amplitude);
  CHECK(fit.amplitude == Approx(0.5).epsilon(0.01));
  CHECK(fit.residualDb < -50); // the clocks are still being found
}

} // namespace

TEST_CASE("A server is found within 0.3 s, also when an announcement is lost")
{
  for (const double begin : {0.0, 0.1, 0.124}) {
    World world;
    auto& server = world.addServer("Stage", 440, {{"Pair", kStereo}});
    world.run(1 + begin);
    const double start = world.time.now();
    auto& client = world.addClient("Laptop");
    world.wire.loss = 1;
    world.run(0.13);
    world.wire.loss = 0;
    world.run(1);
    CHECK(client.foundAt.at(server.announcement.server) - start < 300e3);
  }
}

TEST_CASE("Streams run within a tenth of a second after the call, both ways, to the pitch")
{
  World world;
  auto& server = world.addServer("Stage", 440, {{"Pair", kStereo}},
                                 {{"Monitor", {.channels = 1, .type = SampleType::i24}}});
  auto& client = world.addClient("Laptop", 48'000, 50);
  const auto id = world.call(client, server, 600);
  world.run(0.1);
  CHECK(client.count(Kind::started) == 1);
  CHECK(server.count(Kind::started) == 1);
  world.run(8);
  hears(client, id, server);
  const auto fit = server.ears[{id.number, 0}].fit(heardAs(client, server, 600), server.rate);
  CHECK(fit.amplitude == Approx(0.5).epsilon(0.01));
  CHECK(fit.residualDb < -50);
}

TEST_CASE("Two servers and three clients at once, one of them at 44.1 kHz, one joining late, one leaving")
{
  World world;
  world.wire = {.delay = 400, .uniformJitter = 200};
  auto& stage = world.addServer("Stage", 440, {{"Pair", kStereo}}, {{"Monitor", kStereo}});
  auto& booth =
    world.addServer("Booth", 700, {{"Voice", {.channels = 1, .type = SampleType::u16}}}, {}, 44'100, -30);
  auto& first = world.addClient("First", 48'000, 20);
  auto& second = world.addClient("Second", 48'000, -60);
  const auto firstStage = world.call(first, stage, 500);
  const auto firstBooth = world.call(first, booth);
  const auto secondBooth = world.call(second, booth);
  world.run(3);

  auto& third = world.addClient("Third", 44'100);
  const auto thirdStage = world.call(third, stage, 800);
  const auto thirdBooth = world.call(third, booth);
  world.run(3);
  world.leave(second, secondBooth);
  world.run(5);

  hears(first, firstStage, stage);
  hears(first, firstBooth, booth);
  hears(third, thirdStage, stage);
  hears(third, thirdBooth, booth);
  const auto monitors = [&](const World::Client& client, ConnectionId id, double hertz) {
    return stage.ears[{id.number, 0}].fit(heardAs(client, stage, hertz), stage.rate).residualDb;
  };
  CHECK(monitors(first, firstStage, 500) < -50);
  CHECK(monitors(third, thirdStage, 800) < -50);
  CHECK(second.desk->servers().empty());
  CHECK(booth.desk->clients().size() == 2);
  CHECK(booth.count(Kind::left) == 1);
  CHECK(stage.count(Kind::left) == 0);
}

TEST_CASE("A server that dies while sound flows is noticed within half a second, and the other plays on")
{
  World world;
  auto& dying = world.addServer("Dying", 440, {{"Pair", kStereo}}, {{"Monitor", kStereo}});
  auto& living = world.addServer("Living", 700, {{"Pair", kStereo}});
  auto& client = world.addClient("Laptop");
  world.call(client, dying, 300);
  const auto id = world.call(client, living);
  world.run(5);
  const double death = world.time.now();
  dying.isOn = false;
  world.run(3);
  CHECK(client.count(Kind::left) == 1);
  CHECK(client.timeOf(Kind::left) - death <= 500e3);
  CHECK(client.timeOf(Kind::left) > death);
  hears(client, id, living);
  CHECK(client.desk->servers().size() == 1);
}

TEST_CASE("A client that dies while its sound flows is noticed within half a second")
{
  World world;
  auto& server = world.addServer("Stage", 440, {{"Pair", kStereo}}, {{"Monitor", kStereo}});
  auto& dying = world.addClient("Dying");
  auto& living = world.addClient("Living");
  world.call(dying, server, 300);
  const auto id = world.call(living, server, 400);
  world.run(5);
  const double death = world.time.now();
  dying.isOn = false;
  world.run(3);
  CHECK(server.count(Kind::left) == 1);
  CHECK(server.timeOf(Kind::left) - death <= 500e3);
  hears(living, id, server);
}

TEST_CASE("A client stops and starts again: what is late from before is not taken for what comes now")
{
  World world;
  world.wire = {.delay = 400, .uniformJitter = 300, .duplicates = 0.05};
  auto& server = world.addServer("Stage", 440, {{"Pair", kStereo}});
  auto& client = world.addClient("Laptop");
  const auto id = world.call(client, server);
  world.run(3);
  world.want(client, id, ClientSession::Wish::rest);
  world.run(0.1);
  CHECK(server.count(Kind::rested) == 1);
  CHECK(client.count(Kind::rested) == 1);
  CHECK_FALSE(server.desk->clients().front().isRunning);
  CHECK(client.desk->servers().front().fromServer.empty());
  world.want(client, id, ClientSession::Wish::run);
  world.run(5);
  CHECK(client.count(Kind::started) == 2);
  hears(client, id, server);
  CHECK(client.desk->servers().front().fromServer.front()->statistics().lost <= 0);
}

TEST_CASE("A client whose device cannot keep up says why, and is not asked again")
{
  World world;
  auto& server = world.addServer("Slow", 440, {{"Pair", kStereo}}, {}, 8000);
  auto& client = world.addClient("Fast", 192'000);
  world.call(client, server);
  world.run(1);
  REQUIRE(client.count(Kind::refused) == 1);
  CHECK(client.events.back().text.starts_with("Sound at 8000 Hz cannot be played by a device at 192000 Hz"));
  REQUIRE(server.count(Kind::refused) == 1);
  CHECK(server.events.back().text == client.events.back().text);
}

TEST_CASE("Packets that are lost are made up for: no hole, no click that is louder than the tone")
{
  World world;
  world.wire = {.delay = 400, .uniformJitter = 200, .loss = 0.01, .duplicates = 0.002};
  auto& server = world.addServer("Stage", 440, {{"Pair", kStereo}});
  auto& client = world.addClient("Laptop");
  const auto id = world.call(client, server);
  world.run(10);
  const auto statistics = client.desk->servers().front().fromServer.front()->statistics();
  CHECK(statistics.lost > 20);
  CHECK(statistics.playout.gaps > 30);
  CHECK(statistics.bytes.repeatedBytes > 0);
  const auto& ear = client.ears[{id.number, 0}];
  CHECK(std::ranges::all_of(ear.heard, [](float sample) { return std::abs(sample) < 0.75F; }));
  CHECK(ear.fit(440, 48'000).residualDb < -25);
  CHECK(client.count(Kind::left) == 0);
}

TEST_CASE("A ninth caller from one address is told that there is no room")
{
  World world;
  auto& server = world.addServer("Stage", 440, {{"Pair", kStereo}});
  auto& client = world.addClient("Laptop");
  for (int i = 0; i < 9; ++i) world.call(client, server);
  world.run(1);
  CHECK(server.desk->clients().size() == 8);
  CHECK(client.count(Kind::left) == 1);
}
