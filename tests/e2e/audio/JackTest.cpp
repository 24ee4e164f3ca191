#include "Ear.hpp"
#include "JackServer.hpp"
#include "Listening.hpp"
#include "Opened.hpp"

#include <Catch.hpp>
#include <set>
#include <tutti/audio/DeviceList.hpp>

using namespace tutti;
using namespace tutti::audio;
using test::comesBackInAQuietMoment;
using test::Ear;
using test::eventually;
using test::inAQuietMoment;
using test::JackServer;
using test::listen;
using test::opened;
using test::waitForEvent;
using Kind = DeviceEvent::Kind;

namespace {

DeviceWish wishFor(const JackServer& server)
{
  DeviceWish wish;
  wish.device = server.name();
  return wish;
}

/// Whether blocks are as far apart as their frames say.
bool areSteady(const std::vector<Ear::Heard>& heard)
{
  std::size_t steady = 1; // the first
  for (std::size_t k = 1; k < heard.size(); ++k) {
    const auto step = heard[k].audible - heard[k - 1].audible;
    const auto exact = heard[k].rate.toMicros(heard[k].first - heard[k - 1].first);
    steady += step - exact <= Micros{50} && exact - step <= Micros{50} ? 1U : 0U;
  }
  return steady >= heard.size() * 95 / 100;
}

} // namespace

TEST_CASE("What is played into a JACK cable comes back to the sample, one period later")
{
  const JackServer server{"loop", 64};
  Ear ear;
  const auto device = opened(wishFor(server), ear);
  REQUIRE(server.connect("tutti:out_1", "tutti:in_1"));
  REQUIRE(server.disconnect("system:capture_1", "tutti:in_1"));
  CHECK(comesBackInAQuietMoment(ear, 64));
  CHECK(device->status().frames == 64);
  CHECK(device->status().rate == SampleRate::fromHertz(48'000));
}

TEST_CASE("JACK sees our ports by their names, connected to the hardware")
{
  const JackServer server{"ports"};
  Ear ear;
  const auto device = opened(wishFor(server), ear);
  for (const char* port : {"tutti:in_1", "tutti:in_2", "tutti:out_1", "tutti:out_2"})
    CHECK(server.hasPort(port));
  CHECK(server.isConnected("system:capture_1", "tutti:in_1"));
  CHECK(server.isConnected("system:capture_2", "tutti:in_2"));
  CHECK(server.isConnected("tutti:out_1", "system:playback_1"));
  CHECK(server.isConnected("tutti:out_2", "system:playback_2"));
  CHECK(device->status().clientName == "tutti");
}

TEST_CASE("The second Tutti on a server gets a number")
{
  const JackServer server{"two"};
  Ear first;
  Ear second;
  auto wish = wishFor(server);
  const auto one = opened(wish, first);
  wish.outputs.reset();
  const auto other = opened(wish, second);
  CHECK(other->status().clientName == "tutti-01");
  CHECK(server.hasPort("tutti-01:out_1"));
  CHECK_FALSE(server.isConnected("tutti-01:out_1", "system:playback_1"));
}

TEST_CASE("Block times are steady, and apart by the latencies that JACK reports")
{
  const JackServer server{"times", 128};
  Ear ear;
  const auto device = opened(wishFor(server), ear);
  REQUIRE(eventually([&] { return device->status().deviceOut > Micros{0}; }));
  listen(ear, 600);
  const auto heard = listen(ear, 1000);
  const auto status = device->status();
  // What jackd's dummy driver says of itself: a period in, two out, in its default mode.
  CHECK(status.deviceIn == Micros{2667});
  CHECK(status.deviceOut >= Micros{2667});
  CHECK(heard.back().audible - heard.back().captured == status.deviceIn + status.deviceOut);
  CHECK(inAQuietMoment(ear, areSteady));
}

TEST_CASE("A player's outputs come and go while the music plays")
{
  const JackServer server{"extra"};
  Ear ear;
  const auto device = opened(wishFor(server), ear);
  const auto anna = device->addOutputs("player-An:na");
  REQUIRE(anna);
  CHECK(*anna == 2);
  const auto again = device->addOutputs("player-An:na");
  REQUIRE(again);
  CHECK(server.hasPort("tutti:player-An_na_1"));
  CHECK(server.hasPort("tutti:player-An_na_2"));
  CHECK(server.hasPort("tutti:player-An_na-2_1"));
  REQUIRE(server.connect("tutti:player-An_na_1", "tutti:in_2"));
  REQUIRE(server.disconnect("system:capture_1", "tutti:in_1"));
  REQUIRE(server.connect("tutti:player-An_na-2_2", "tutti:in_1"));
  CHECK(listen(ear, 20).back().outputs == 6);
  CHECK(comesBackInAQuietMoment(ear, 64));
  device->removeOutputs(*anna);
  CHECK_FALSE(server.hasPort("tutti:player-An_na_1"));
  CHECK(device->addOutputs("player-Bert") == *anna);
  device->removeOutputs(0); // the main pair stays
  CHECK(server.hasPort("tutti:out_1"));
}

TEST_CASE("Outputs added and removed without end neither run out nor stop the music")
{
  const JackServer server{"churn"};
  Ear ear;
  const auto device = opened(wishFor(server), ear);
  const auto before = ear.blocks();
  for (int round = 0; round < 60; ++round) {
    const auto pair = device->addOutputs("player");
    REQUIRE(pair);
    device->removeOutputs(*pair);
  }
  std::set<std::size_t> pairs;
  while (const auto pair = device->addOutputs("player")) REQUIRE(pairs.insert(*pair).second);
  CHECK(pairs.size() == 31);
  CHECK(ear.blocks() > before);
}

TEST_CASE("JACK is asked for the wished block size, and tells when it changes")
{
  const JackServer server{"frames", 64};
  Ear ear;
  auto wish = wishFor(server);
  wish.frames = 256;
  const auto device = opened(wish, ear);
  CHECK(eventually([&] { return device->status().frames == 256; }));
  CHECK(eventually([&] {
    const auto heard = ear.takeAll();
    return !heard.empty() && heard.back().frames == 256;
  }));
  while (device->tryPopEvent()) continue;
  REQUIRE(server.setFrames(128));
  CHECK(waitForEvent(*device, Kind::framesChanged));
  CHECK(listen(ear, 10).back().frames == 128);
}

TEST_CASE("A JACK server that is killed and comes back finds everything as it was")
{
  auto server = std::make_unique<JackServer>("phoenix");
  Ear ear;
  const auto device = opened(wishFor(*server), ear);
  const auto anna = device->addOutputs("player-Anna");
  REQUIRE(anna);
  REQUIRE(server->disconnect("tutti:out_2", "system:playback_2"));
  REQUIRE(server->disconnect("system:capture_1", "tutti:in_1"));
  REQUIRE(server->connect("tutti:player-Anna_1", "tutti:in_1"));
  std::this_thread::sleep_for(std::chrono::milliseconds{800}); // cables are meant once they last
  const auto last = listen(ear, 10).back().first;

  server->end(SIGKILL);
  REQUIRE(waitForEvent(*device, Kind::lost));
  CHECK_FALSE(device->status().isRunning);
  const auto silentSince = ear.blocks();
  std::this_thread::sleep_for(std::chrono::milliseconds{300});
  CHECK(ear.blocks() == silentSince);
  const auto bert = device->addOutputs("player-Bert"); // joins meanwhile
  REQUIRE(bert);

  server = std::make_unique<JackServer>("phoenix", 128, 44'100);
  const auto isBack = std::chrono::steady_clock::now();
  REQUIRE(waitForEvent(*device, Kind::returned));
  CHECK(std::chrono::steady_clock::now() - isBack < std::chrono::seconds{3});
  CHECK(waitForEvent(*device, Kind::rateChanged));
  CHECK(waitForEvent(*device, Kind::framesChanged));
  CHECK(device->status().isRunning);
  CHECK(device->status().rate == SampleRate::fromHertz(44'100));
  CHECK(server->hasPort("tutti:player-Bert_2"));
  CHECK(eventually([&] { return server->isConnected("tutti:player-Anna_1", "tutti:in_1"); }));
  CHECK(server->isConnected("tutti:out_1", "system:playback_1"));
  CHECK_FALSE(server->isConnected("tutti:out_2", "system:playback_2"));
  CHECK_FALSE(server->isConnected("system:capture_1", "tutti:in_1"));
  CHECK(listen(ear, 100).front().first > last);
  CHECK(comesBackInAQuietMoment(ear, 128));
}

TEST_CASE("A player who leaves while the server is away takes nobody else's cables along")
{
  auto server = std::make_unique<JackServer>("leaving");
  Ear ear;
  const auto device = opened(wishFor(*server), ear);
  const auto an = device->addOutputs("player-An");
  REQUIRE(an);
  REQUIRE(device->addOutputs("player-An_na")); // begins like the other's ports
  REQUIRE(server->connect("tutti:player-An_na_1", "system:playback_1"));
  std::this_thread::sleep_for(std::chrono::milliseconds{800}); // cables are meant once they last
  server->end(SIGKILL);
  REQUIRE(waitForEvent(*device, Kind::lost));
  device->removeOutputs(*an);
  server = std::make_unique<JackServer>("leaving");
  REQUIRE(waitForEvent(*device, Kind::returned));
  CHECK(eventually([&] { return server->isConnected("tutti:player-An_na_1", "system:playback_1"); }));
  CHECK_FALSE(server->hasPort("tutti:player-An_1"));
}

TEST_CASE("A JACK server that quits in good order is waited for as well, again and again")
{
  auto server = std::make_unique<JackServer>("tides");
  Ear ear;
  const auto device = opened(wishFor(*server), ear);
  std::this_thread::sleep_for(std::chrono::milliseconds{800});
  for (int round = 0; round < 3; ++round) {
    server->end(round % 2 == 0 ? SIGTERM : SIGKILL);
    REQUIRE(waitForEvent(*device, Kind::lost));
    server = std::make_unique<JackServer>("tides");
    REQUIRE(waitForEvent(*device, Kind::returned));
    listen(ear, 50);
    CHECK(eventually([&] { return server->isConnected("tutti:out_1", "system:playback_1"); }));
    CHECK(device->status().clientName == "tutti");
    std::this_thread::sleep_for(std::chrono::milliseconds{800});
  }
}

TEST_CASE("A device can be closed while its server is away")
{
  auto server = std::make_unique<JackServer>("away");
  Ear ear;
  auto device = opened(wishFor(*server), ear);
  server->end(SIGKILL);
  REQUIRE(waitForEvent(*device, Kind::lost));
  device.reset();
  const auto blocks = ear.blocks();
  server = std::make_unique<JackServer>("away");
  std::this_thread::sleep_for(std::chrono::milliseconds{500});
  CHECK(ear.blocks() == blocks);
  CHECK(opened(wishFor(*server), ear)->status().isRunning);
}

TEST_CASE("A JACK server that hangs is lost until it goes on")
{
  const JackServer server{"frozen"};
  Ear ear;
  const auto device = opened(wishFor(server), ear);
  listen(ear, 50);
  server.freeze();
  CHECK(waitForEvent(*device, Kind::lost));
  server.thaw();
  CHECK(waitForEvent(*device, Kind::returned));
}

TEST_CASE("Nobody waits for ever for a JACK server that hangs, and it is welcome when it goes on")
{
  const JackServer server{"stuck"};
  Ear ear;
  server.freeze();
  const auto before = std::chrono::steady_clock::now();
  const auto refused = AudioDevice::open(wishFor(server), ear);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().detail.find("'stuck' hangs") != std::string::npos);
  CHECK(listDevices().front().backend != Backend::jack);
  CHECK_FALSE(AudioDevice::open(
    {.backend = Backend::portAudio, .device = {}, .rate = {}, .frames = {}, .clientName = {}}, ear));
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds{8});
  server.thaw();
  CHECK(eventually([&] { return AudioDevice::open(wishFor(server), ear).has_value(); }));
  CHECK(eventually([&] { return listDevices().front().name == "stuck"; }));
}

TEST_CASE("The running JACK servers head the list of devices, the usual one first")
{
  const JackServer server{"listed", 64, 44'100};
  const JackServer other{"another", 256};
  JackServer crashed{"crashed"};
  crashed.end(SIGKILL); // leaves its socket behind
  setenv("JACK_DEFAULT_SERVER", "listed", 1);
  const auto devices = listDevices();
  unsetenv("JACK_DEFAULT_SERVER");
  REQUIRE(devices.size() >= 3);
  CHECK(devices[0].backend == Backend::jack);
  CHECK(devices[0].name.empty());
  CHECK(devices[0].isUsual);
  CHECK(devices[0].inputs == 2);
  CHECK(devices[0].outputs == 2);
  CHECK(devices[0].rate == SampleRate::fromHertz(44'100));
  CHECK(devices[0].frames == 64);
  CHECK(devices[1].backend == Backend::jack);
  CHECK(devices[1].name == "another");
  CHECK_FALSE(devices[1].isUsual);
  CHECK(devices[1].rates == std::vector{SampleRate::fromHertz(48'000)});
  CHECK(devices[1].frames == 256);
  CHECK(devices[2].backend != Backend::jack);
}
