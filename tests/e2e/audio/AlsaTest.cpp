// PortAudio's ALSA interface, with a card that can be pulled out.
#include "Card.hpp"
#include "Ear.hpp"
#include "JackServer.hpp"
#include "Listening.hpp"
#include "Opened.hpp"

#include <Catch.hpp>
#include <algorithm>
#include <tutti/audio/DeviceList.hpp>

using namespace tutti;
using namespace tutti::audio;
using test::Card;
using test::comesBack;
using test::Ear;
using test::eventually;
using test::inAQuietMoment;
using test::listen;
using test::opened;
using test::waitForEvent;
using Kind = DeviceEvent::Kind;

namespace {

DeviceWish wishFor(std::size_t frames)
{
  DeviceWish wish;
  wish.backend = Backend::portAudio;
  wish.device = Card::kName;
  wish.frames = frames;
  return wish;
}

bool isListed()
{
  const auto all = listDevices();
  return std::any_of(all.begin(), all.end(), [](const auto& device) { return device.name == Card::kName; });
}

} // namespace

TEST_CASE("A card is listed as long as it is plugged in")
{
  const Card card;
  CHECK(isListed());
  card.pullOut();
  CHECK_FALSE(isListed());
  card.plugIn();
  CHECK(isListed());
}

TEST_CASE("A card plays and hears to the sample, as late as it says")
{
  const Card card;
  for (const std::size_t frames : {64U, 256U}) {
    Ear ear;
    const auto device = opened(wishFor(frames), ear);
    CHECK(listen(ear, 20).back().frames == frames);
    const auto status = device->status();
    CAPTURE(frames, status.deviceIn.count(), status.deviceOut.count());
    CHECK(inAQuietMoment(ear, [](const auto& heard) { return comesBack(heard, heard.back().delay); }));
    CHECK(status.rate == SampleRate::fromHertz(48'000));
  }
}

TEST_CASE("A card that is pulled out is lost, and comes back when it is plugged in")
{
  const Card card;
  Ear ear;
  const auto device = opened(wishFor(128), ear);
  REQUIRE(eventually([&] { return ear.blocks() > 20; }));
  for (int round = 0; round < 2; ++round) {
    card.pullOut();
    REQUIRE(waitForEvent(*device, Kind::lost));
    CHECK_FALSE(device->status().isRunning);
    const auto silentSince = ear.blocks();
    card.plugIn();
    const auto pluggedIn = std::chrono::steady_clock::now();
    REQUIRE(waitForEvent(*device, Kind::returned));
    CHECK(std::chrono::steady_clock::now() - pluggedIn < std::chrono::seconds{3});
    CHECK(eventually([&] { return ear.blocks() > silentSince + 100; }));
  }
  CHECK_FALSE(device->tryPopEvent());
}

TEST_CASE("A card that comes back at another rate is taken as it is")
{
  const Card card;
  Ear ear;
  auto wish = wishFor(128);
  wish.rate = SampleRate::fromHertz(48'000);
  const auto device = opened(wish, ear);
  REQUIRE(eventually([&] { return ear.blocks() > 20; }));
  card.pullOut();
  REQUIRE(waitForEvent(*device, Kind::lost));
  card.plugIn({44'100, 44'100});
  REQUIRE(waitForEvent(*device, Kind::returned));
  CHECK(waitForEvent(*device, Kind::rateChanged));
  CHECK(device->status().rate == SampleRate::fromHertz(44'100));
}

TEST_CASE("A card is listed with the rates it can run at")
{
  const Card card{Card::Rates{44'100, 96'000}};
  const auto all = listDevices();
  const auto listed =
    std::find_if(all.begin(), all.end(), [](const auto& device) { return device.name == Card::kName; });
  REQUIRE(listed != all.end());
  CHECK(listed->rates == std::vector(kUsualRates.begin(), kUsualRates.begin() + 4)); // up to 96 kHz
  CHECK(listed->inputs == 2);
  CHECK(listed->outputs == 2);
}

TEST_CASE("A card runs at 48 kHz where nothing is said")
{
  const Card card{Card::Rates{44'100, 96'000}};
  Ear ear;
  CHECK(opened(wishFor(128), ear)->status().rate == SampleRate::fromHertz(48'000));
}

TEST_CASE("A card that cannot do 48 kHz runs at its own rate")
{
  const Card card{Card::Rates{44'100, 44'100}};
  Ear ear;
  const auto device = opened(wishFor(128), ear);
  CHECK(device->status().rate == SampleRate::fromHertz(44'100));
  CHECK(eventually([&] { return ear.blocks() > 20; }));
}

TEST_CASE("A device can be closed while its card is away, and opened again")
{
  const Card card;
  Ear ear;
  auto device = opened(wishFor(128), ear);
  card.pullOut();
  REQUIRE(waitForEvent(*device, Kind::lost));
  device.reset();
  CHECK_FALSE(AudioDevice::open(wishFor(128), ear));
  card.plugIn();
  device = opened(wishFor(128), ear);
  const auto blocks = ear.blocks();
  CHECK(eventually([&] { return ear.blocks() > blocks + 50; }));
}

TEST_CASE("Without an output or an input a card does the other half")
{
  const Card card;
  Ear ear;
  auto wish = wishFor(128);
  wish.outputs.reset();
  auto device = opened(wish, ear);
  REQUIRE(eventually([&] { return ear.blocks() > 20; }));
  CHECK(ear.takeAll().back().outputs == 0);
  device.reset();
  wish = wishFor(128);
  wish.inputs.reset();
  device = opened(wish, ear);
  REQUIRE(eventually([&] { return ear.blocks() > 60; }));
  CHECK(ear.takeAll().back().outputs == 2);
}

TEST_CASE("A card that has no such channels says so")
{
  const Card card;
  Ear ear;
  auto wish = wishFor(128);
  wish.inputs = wish.outputs = ChannelPair{5};
  const auto device = AudioDevice::open(wish, ear);
  REQUIRE_FALSE(device);
  CHECK(device.error().detail.find("no such channels") != std::string::npos);
}
