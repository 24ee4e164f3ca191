#include <Catch.hpp>
#include <algorithm>
#include <atomic>
#include <tutti/audio/AudioDevice.hpp>
#include <tutti/audio/DeviceList.hpp>
#include <tutti/rt/Signal.hpp>
#include <tutti/rt/SpscRing.hpp>

using namespace tutti;
using namespace tutti::audio;

namespace {

struct Seen {
  std::size_t frames;
  SampleRate rate;
  SampleTime first;
  HostTime audible;
};

class Listener final : public Processor {
public:
  void process(const Block& block) noexcept TUTTI_NONBLOCKING override
  {
    if (seen.tryPush({block.frames, block.rate, block.first, block.audible})) came.raise();
  }

  std::vector<Seen> waitFor(std::size_t blocks)
  {
    std::vector<Seen> all;
    while (all.size() < blocks) {
      if (const auto one = seen.tryPop())
        all.push_back(*one);
      else
        came.wait();
    }
    return all;
  }

  rt::SpscRing<Seen> seen{256};
  rt::Signal came;
};

DeviceWish paced(std::size_t frames, int hertz)
{
  return {.backend = Backend::paced, .device = {}, .rate = SampleRate::fromHertz(hertz), .frames = frames};
}

} // namespace

TEST_CASE("A wish that no device can fulfil is refused in a sentence")
{
  Listener listener;
  for (const std::size_t frames : {0U, 15U, 2049U}) {
    const auto device = AudioDevice::open(paced(frames, 48'000), listener);
    REQUIRE_FALSE(device);
    CHECK(device.error().kind == ErrorKind::unsupported);
    CHECK(device.error().detail.find("16 to 2048") != std::string::npos);
  }
  CHECK_FALSE(AudioDevice::open(paced(64, 1'000'000), listener));
  auto wish = paced(64, 48'000);
  wish.inputs = ChannelPair{0};
  CHECK_FALSE(AudioDevice::open(wish, listener));
}

TEST_CASE("Without a device blocks come all the same, at the wished rate and size")
{
  Listener listener;
  const auto device = AudioDevice::open(paced(32, 96'000), listener);
  REQUIRE(device);
  const auto seen = listener.waitFor(100);
  for (std::size_t k = 0; k < seen.size(); ++k) {
    CHECK(seen[k].frames == 32);
    CHECK(seen[k].rate == SampleRate::fromHertz(96'000));
    if (k > 0) CHECK(seen[k].first > seen[k - 1].first);
    if (k > 0) CHECK(seen[k].audible > seen[k - 1].audible);
  }
  const auto status = (*device)->status();
  CHECK(status.isRunning);
  CHECK(status.frames == 32);
  CHECK(status.deviceIn == Micros{0});
  CHECK_FALSE((*device)->tryPopEvent());
  CHECK((*device)->load().count() >= seen.size() - 1); // the last may still be at it
}

TEST_CASE("When a device is gone its processor is called no more")
{
  Listener listener;
  {
    const auto device = AudioDevice::open(paced(16, 48'000), listener);
    listener.waitFor(3);
  }
  while (listener.seen.tryPop()) continue;
  CHECK_FALSE(listener.seen.tryPop());
}

TEST_CASE("Outputs for single players need JACK")
{
  Listener listener;
  const auto device = AudioDevice::open(paced(64, 48'000), listener);
  const auto pair = (*device)->addOutputs("player-Anna");
  REQUIRE_FALSE(pair);
  CHECK(pair.error().kind == ErrorKind::unsupported);
}

TEST_CASE("There is always a device to choose, the steady clock last")
{
  const auto devices = listDevices();
  REQUIRE_FALSE(devices.empty());
  CHECK(devices.back().backend == Backend::paced);
  const auto portAudio = [](const auto& device) { return device.backend == Backend::portAudio; };
  for (auto device = devices.begin(); device != devices.end(); ++device)
    if (portAudio(*device)) CHECK_FALSE(device->name.empty());
}

TEST_CASE("A device that does not exist is named in the refusal")
{
  Listener listener;
  const auto strange = AudioDevice::open(
    {.backend = Backend::portAudio, .device = "no such thing", .rate = {}, .frames = {}}, listener);
  REQUIRE_FALSE(strange);
  CHECK(strange.error().detail.find("no such thing") != std::string::npos);
  const auto away = AudioDevice::open(
    {.backend = Backend::jack, .device = "tutti-no-server", .rate = {}, .frames = {}}, listener);
  REQUIRE_FALSE(away);
  CHECK(away.error().kind == ErrorKind::unavailable);
  CHECK(away.error().detail.find("tutti-no-server") != std::string::npos);
}
