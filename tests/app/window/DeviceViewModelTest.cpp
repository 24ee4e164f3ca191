#include "DeviceViewModel.hpp"

#include <Catch.hpp>

using namespace tutti;

namespace {

audio::DeviceDescription description(std::string name, int inputs, std::vector<int> rates)
{
  audio::DeviceDescription device;
  device.backend = audio::Backend::portAudio;
  device.name = device.title = std::move(name);
  device.inputs = inputs;
  for (const auto rate : rates) device.rates.push_back(audio::SampleRate::fromHertz(rate));
  return device;
}

jam::DeviceSnapshot running()
{
  jam::DeviceSnapshot snapshot;
  snapshot.status.isRunning = true;
  snapshot.status.name = "Box";
  snapshot.status.frames = 64;
  snapshot.wish.backend = audio::Backend::portAudio;
  snapshot.wish.device = "Box";
  snapshot.wish.frames = 64;
  snapshot.offers = {description("Built-in", 1, {48'000}), description("Box", 5, {44'100, 48'000})};
  return snapshot;
}

struct Shown {
  app::Wishes wishes;
  app::DeviceViewModel device{wishes};
  std::vector<audio::DeviceWish> wanted;

  Shown()
  {
    QObject::connect(&wishes, &app::Wishes::deviceWanted,
                     [this](const audio::DeviceWish& wish) { wanted.push_back(wish); });
    device.show(running());
  }
};

} // namespace

SCENARIO("What can be chosen is what the device has")
{
  Shown shown;
  CHECK(shown.device.devices()->texts() == QStringList{"Built-in", "Box"});
  CHECK(shown.device.devices()->index() == 1);
  CHECK(shown.device.rates()->texts() == QStringList{"44.1\u00a0kHz", "48\u00a0kHz"});
  CHECK(shown.device.rates()->index() == 1);
  CHECK(shown.device.inputs()->texts() ==
        QStringList{"Inputs 1–2", "Input 1", "Input 2", "Inputs 3–4", "Input 3", "Input 4", "Input 5"});
  CHECK(shown.device.frames()->texts().size() == 8);
  CHECK(shown.device.frames()->texts()[2] == "64 frames · 1.3\u00a0ms");
  CHECK(shown.device.frames()->index() == 2);
  CHECK(shown.device.summary() == "Box · 48\u00a0kHz · 64 frames · 1.3\u00a0ms");
}

SCENARIO("Who got in the way is said, once somebody did")
{
  Shown shown;
  auto device = running();
  shown.device.show(device);
  CHECK_FALSE(shown.device.loadText().contains("in the way"));
  device.heldUp = 3;
  shown.device.show(device);
  CHECK(shown.device.loadText().contains("in the way 3 time"));
}

SCENARIO("Each choice changes one thing of the wish")
{
  Shown shown;
  shown.device.frames()->choose(3);
  shown.device.rates()->choose(0);
  shown.device.inputs()->choose(5);
  REQUIRE(shown.wanted.size() == 3);
  CHECK(shown.wanted[0].frames == 128U);
  CHECK(shown.wanted[1].rate == audio::SampleRate::fromHertz(44'100));
  CHECK(shown.wanted[2].inputs == audio::ChannelPair{.first = 4, .isSingle = true});
  CHECK(shown.wanted[2].device == "Box");
}

SCENARIO("Another device begins with its own rate and block, and its first inputs")
{
  Shown shown;
  auto snapshot = running();
  snapshot.wish.inputs = audio::ChannelPair{.first = 5};
  shown.device.show(snapshot);
  shown.device.devices()->choose(0);
  REQUIRE(shown.wanted.size() == 1);
  CHECK(shown.wanted[0].device == "Built-in");
  CHECK_FALSE(shown.wanted[0].rate);
  CHECK_FALSE(shown.wanted[0].frames);
  CHECK(shown.wanted[0].inputs == audio::ChannelPair{});
}

SCENARIO("Inputs have meters, as many as there are")
{
  Shown shown;
  auto snapshot = running();
  snapshot.inputs.resize(5);
  shown.device.show(snapshot);
  CHECK(shown.device.levels().size() == 5);
  snapshot.inputs.resize(1);
  shown.device.show(snapshot);
  CHECK(shown.device.levels().size() == 1);
}
