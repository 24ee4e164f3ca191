#include <Alone.hpp>
#include <Catch.hpp>
#include <Eventually.hpp>
#include <algorithm>
#include <thread>

#include <tutti/core/PassingFolder.hpp>
#include <tutti/engine/Endpoints.hpp>
#include <tutti/jam/Tone.hpp>

#include "HandDriven.hpp"

using namespace tutti;
using namespace tutti::engine;
using test::eventually;
using Kind = EndpointEvent::Kind;

namespace {

/// On a machine that nobody else is on; nothing where the system does not allow that.
template <class Story> void inOwnNetwork(Story story)
{
  std::thread visitor{[&] {
    if (test::isAlone()) story();
  }};
  visitor.join();
}

MakeSource tone()
{
  return [](audio::SampleRate) -> Result<std::shared_ptr<patch::Module>> {
    return std::make_shared<jam::Tone>(jam::Tone::Kind::sine, 440);
  };
}

EndpointSettings stage(test::HandDriven& device)
{
  EndpointSettings settings;
  settings.name = "Stage";
  settings.deviceOpener = device.opener();
  settings.serving = EndpointSettings::Serving{{{{"Pair", {}}, tone()}}, {{"Monitor", {.channels = 1}}}, 0};
  return settings;
}

EndpointSettings laptop(test::HandDriven& device, const std::string& server)
{
  EndpointSettings settings;
  settings.name = "Laptop";
  settings.deviceOpener = device.opener();
  settings.servers = {server};
  settings.source = tone();
  return settings;
}

/// Collects what is told.
class Diary {
public:
  void read(Endpoints& endpoints)
  {
    for (auto& event : endpoints.takeEvents()) events_.push_back(std::move(event));
  }
  [[nodiscard]] std::size_t count(Kind kind) const
  {
    return static_cast<std::size_t>(std::ranges::count(events_, kind, &EndpointEvent::kind));
  }
  [[nodiscard]] const std::string& lastText() const { return events_.back().text; }

private:
  std::vector<EndpointEvent> events_;
};

bool isHeard(const EndpointSnapshot& snapshot)
{
  return !snapshot.peers.empty() && !snapshot.peers.front().heard.empty() &&
         snapshot.peers.front().heard.front().heard.playout.isPlaying &&
         snapshot.peers.front().heard.front().heard.bytes.frames > 1000;
}

} // namespace

TEST_CASE("A server is found by its name, its sound is heard and written, and ours is heard there")
{
  inOwnNetwork([] {
    const PassingFolder folder{"tutti-endpoints"};
    test::HandDriven stageDevice, laptopDevice;
    auto server = Endpoints::open(stage(stageDevice));
    REQUIRE(server);
    CHECK((*server)->snapshot().port != 0);
    auto settings = laptop(laptopDevice, "Stage");
    settings.recording.folder = folder.path() / "takes";
    auto client = Endpoints::open(settings);
    REQUIRE(client);
    Diary diary;
    REQUIRE(eventually([&] {
      stageDevice.play();
      laptopDevice.play();
      diary.read(**client);
      return isHeard((*client)->snapshot()) && isHeard((*server)->snapshot());
    }));
    CHECK(diary.count(Kind::found) == 1);
    CHECK(diary.count(Kind::started) == 1);
    const auto heard = (*client)->snapshot();
    CHECK(heard.peers.front().name == "Stage");
    CHECK(heard.peers.front().role == EndpointPeerSnapshot::Role::server);
    CHECK(heard.peers.front().heard.front().name == "Pair");
    CHECK(heard.peers.front().sent > 0);
    CHECK((*server)->snapshot().peers.front().name == "Laptop");
    server->reset();
    REQUIRE(eventually([&] {
      diary.read(**client);
      return diary.count(Kind::left) == 1 && (*client)->snapshot().peers.empty();
    }));
    client->reset();
    CHECK(std::filesystem::file_size(folder.path() / "takes" / "mix.wav") > 1000);
    CHECK(std::filesystem::file_size(folder.path() / "takes" / "Stage Pair.wav") > 1000);
  });
}

TEST_CASE("When the device comes back at another rate, streams begin anew at that one, at the same port")
{
  inOwnNetwork([] {
    test::HandDriven stageDevice, laptopDevice;
    auto server = Endpoints::open(stage(stageDevice));
    REQUIRE(server);
    const auto port = (*server)->snapshot().port;
    auto client = Endpoints::open(laptop(laptopDevice, "Stage"));
    REQUIRE(client);
    const auto play = [&] {
      stageDevice.play();
      laptopDevice.play();
    };
    REQUIRE(eventually([&] {
      play();
      return isHeard((*client)->snapshot());
    }));
    stageDevice.happen(audio::DeviceEvent::Kind::rateChanged, [](audio::DeviceStatus& status) {
      status.rate = audio::SampleRate::fromHertz(44'100);
    });
    REQUIRE(eventually([&] {
      play();
      const auto snapshot = (*client)->snapshot();
      return isHeard(snapshot) && snapshot.peers.front().heard.front().format.rate == 44'100;
    }));
    CHECK((*server)->snapshot().port == port);
  });
}

TEST_CASE("A server that is not there is told of once, and one whose rate nobody can follow ends all hope")
{
  inOwnNetwork([] {
    test::HandDriven stageDevice, laptopDevice;
    auto settings = laptop(laptopDevice, "Stage");
    settings.servers = {Endpoint{IpAddress::v4({127, 0, 0, 1}), 9}};
    auto client = Endpoints::open(settings);
    REQUIRE(client);
    Diary diary;
    REQUIRE(eventually([&] {
      diary.read(**client);
      return diary.count(Kind::left) == 1;
    }));
    CHECK(diary.lastText() == "Nobody takes the call at 127.0.0.1:9.");
    CHECK_FALSE((*client)->snapshot().isHopeless);

    stageDevice.happen(audio::DeviceEvent::Kind::rateChanged, [](audio::DeviceStatus& status) {
      status.rate = audio::SampleRate::fromHertz(8'000);
    });
    laptopDevice.happen(audio::DeviceEvent::Kind::rateChanged, [](audio::DeviceStatus& status) {
      status.rate = audio::SampleRate::fromHertz(192'000);
    });
    auto slow = Endpoints::open(stage(stageDevice));
    REQUIRE(slow);
    client = Endpoints::open(laptop(laptopDevice, "Stage"));
    REQUIRE(client);
    REQUIRE(eventually([&] { return (*client)->snapshot().isHopeless; }));
    diary.read(**client);
    CHECK(diary.count(Kind::refused) == 1);
    CHECK(diary.lastText().starts_with("Sound at 8000 Hz cannot be played by a device at 192000 Hz"));
  });
}

TEST_CASE("What cannot be begun says why: no device, no port, no file, no such stream")
{
  inOwnNetwork([] {
    test::HandDriven device;
    auto server = Endpoints::open(stage(device));
    REQUIRE(server);
    test::HandDriven other;
    auto taken = stage(other);
    taken.serving->port = (*server)->snapshot().port;
    const auto second = Endpoints::open(taken);
    REQUIRE_FALSE(second);
    CHECK(second.error().detail.starts_with("TCP port"));
  });
  test::HandDriven device;
  auto mute = stage(device);
  mute.serving->fromServer.front().source = [](audio::SampleRate) -> Result<std::shared_ptr<patch::Module>> {
    return failure(ErrorKind::unavailable, "There is no such file.");
  };
  CHECK(Endpoints::open(mute).error().detail == "There is no such file.");
  auto wide = stage(device);
  wide.serving->toServer.front().format.channels = 9;
  CHECK_FALSE(Endpoints::open(wide));
  device.breakDown(true);
  CHECK(Endpoints::open(stage(device)).error().detail == "There is no such device.");
}
