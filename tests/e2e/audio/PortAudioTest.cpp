// PortAudio on a machine without a sound card: a real stream through its JACK interface.
#include "Ear.hpp"
#include "JackServer.hpp"
#include "Listening.hpp"
#include "Opened.hpp"

#include <Catch.hpp>
#include <tutti/audio/DeviceList.hpp>

using namespace tutti;
using namespace tutti::audio;
using test::comesBackInAQuietMoment;
using test::Ear;
using test::eventually;
using test::JackServer;
using test::listen;
using test::opened;
using test::waitForEvent;
using Kind = DeviceEvent::Kind;

namespace {

/// PortAudio knows only the usual server.
class UsualServer {
public:
  explicit UsualServer(const char* name)
    : server{std::make_unique<JackServer>(name)}
  {
    setenv("JACK_DEFAULT_SERVER", name, 1);
  }
  ~UsualServer() { unsetenv("JACK_DEFAULT_SERVER"); }
  UsualServer(const UsualServer&) = delete;
  UsualServer& operator=(const UsualServer&) = delete;

  std::unique_ptr<JackServer> server;
};

DeviceWish wishFor(std::size_t frames)
{
  DeviceWish wish;
  wish.backend = Backend::portAudio;
  wish.device = "JACK Audio Connection Kit: system";
  wish.frames = frames;
  return wish;
}

} // namespace

TEST_CASE("A PortAudio stream plays and hears to the sample")
{
  const UsualServer usual{"portaudio"};
  Ear ear;
  const auto device = opened(wishFor(64), ear);
  REQUIRE(eventually([&] { return usual.server->connect("PortAudio:out_0", "PortAudio:in_0"); }));
  REQUIRE(usual.server->disconnect("system:capture_1", "PortAudio:in_0"));
  CHECK(listen(ear, 20).back().frames == 64);
  CHECK(comesBackInAQuietMoment(ear, 128)); // PortAudio keeps one period back
  CHECK(device->status().isRunning);
  CHECK(device->status().name == "JACK Audio Connection Kit: system");
  CHECK(device->status().rate == SampleRate::fromHertz(48'000));
}

TEST_CASE("PortAudio blocks have the wished size whatever the hardware's")
{
  const UsualServer usual{"sizes"};
  for (const std::size_t frames : {16U, 100U, 256U, 2048U}) {
    Ear ear;
    const auto device = opened(wishFor(frames), ear);
    REQUIRE(eventually([&] { return ear.blocks() >= 4; }));
    for (const auto& heard : ear.takeAll()) CHECK(heard.frames == frames);
  }
}

TEST_CASE("A JACK server that dies under PortAudio is lost, and closing the device does not wait for it")
{
  UsualServer usual{"dying"};
  Ear ear;
  auto device = opened(wishFor(128), ear);
  REQUIRE(eventually([&] { return ear.blocks() > 20; }));
  usual.server->end(SIGKILL);
  REQUIRE(waitForEvent(*device, Kind::lost));
  CHECK_FALSE(device->status().isRunning);
  const auto before = std::chrono::steady_clock::now();
  device.reset();
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds{5});
}

TEST_CASE("A rate that a device cannot have is refused in a sentence")
{
  const UsualServer usual{"norate"};
  Ear ear;
  auto wish = wishFor(128);
  wish.rate = SampleRate::fromHertz(96'000);
  const auto device = AudioDevice::open(wish, ear);
  REQUIRE_FALSE(device);
  CHECK(device.error().detail.find("96000 Hz") != std::string::npos);
}

TEST_CASE("PortAudio devices are listed beside JACK, also while one is open")
{
  const UsualServer usual{"list"};
  const auto isSystem = [](const DeviceDescription& device) {
    return device.name == "JACK Audio Connection Kit: system" && device.inputs == 2 && device.outputs == 2;
  };
  const auto before = listDevices();
  CHECK(std::any_of(before.begin(), before.end(), isSystem));
  Ear ear;
  const auto device = opened(wishFor(128), ear);
  const auto beside = listDevices();
  CHECK(std::any_of(beside.begin(), beside.end(), isSystem));
  const auto blocks = ear.blocks();
  CHECK(eventually([&] { return ear.blocks() > blocks + 20; }));
}
