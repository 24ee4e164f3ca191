// Programs that come over a network, on loopback in a network of its own.
#include <Alone.hpp>
#include <Catch.hpp>
#include <Eventually.hpp>
#include <TemporaryFolder.hpp>
#include <atomic>
#include <mutex>
#include <thread>

#include <tutti/module/Handshake.hpp>
#include <tutti/module/Host.hpp>
#include <tutti/module/ModuleSocket.hpp>
#include <tutti/module/NetworkPassage.hpp>
#include <tutti/net/BatchSocket.hpp>

#include "Stage.hpp"

using namespace tutti;
using namespace tutti::module;
using test::eventually;

namespace {

template <class Story> void inOwnNetwork(Story story)
{
  std::thread visitor{[&] {
    if (test::isAlone()) story();
  }};
  visitor.join();
}

void learnTheWay()
{
  static const bool isLearnt = (useNetwork(), true);
  static_cast<void>(isLearnt);
}

struct House {
  test::TemporaryFolder folder;
  std::string token = Host::drawToken();
  std::mutex mutex;
  std::shared_ptr<patch::Module> module; // under the lock
  std::string left;                      // under the lock
  std::unique_ptr<Host> host =
    Host::open({.folder = folder.path(), .network = Host::Options::Network{.tokens = {token}}},
               {.onArrived =
                  [this](const std::string&, std::shared_ptr<patch::Module> who) {
                    const std::lock_guard lock{mutex};
                    module = std::move(who);
                  },
                .onLeft =
                  [this](const std::string&, const std::string& why) {
                    const std::lock_guard lock{mutex};
                    left = why;
                  }})
      .value();
  test::Stage stage;

  [[nodiscard]] std::string address() const
  {
    return NetworkAddress{"127.0.0.1", host->network()->port, token}.text();
  }
  std::shared_ptr<patch::Module> arrived()
  {
    const std::lock_guard lock{mutex};
    return module;
  }
  std::string whyLeft()
  {
    const std::lock_guard lock{mutex};
    return left;
  }
};

} // namespace

TEST_CASE("A program far away joins by the same calls, is heard three blocks later, and leaves")
{
  inOwnNetwork([] {
    learnTheWay();
    House house;
    std::atomic<bool> isOver = false;
    Error why;
    std::thread program{[&] {
      auto socket = ModuleSocket::connect(
        {.name = "Echo", .description = {}, .inputs = {{"in", 2}}, .outputs = {{"out", 2}}},
        {.address = house.address()});
      REQUIRE(socket);
      while (!isOver)
        if (const auto over = socket->playFor(Micros{10'000}, [](Turn& turn) {
              for (std::size_t channel = 0; channel < 2; ++channel)
                std::ranges::copy(turn.inputs[channel], turn.outputs[channel].begin());
            })) {
          why = *over;
          return;
        }
      socket->leave("Good night.");
    }};
    REQUIRE(eventually([&] { return house.arrived() != nullptr; }));
    const auto echo = house.arrived();
    house.stage.played = [](std::size_t channel, std::int64_t frame) {
      return static_cast<float>(frame % 1000) / 1000.0F * (channel == 0 ? 1.0F : -1.0F);
    };
    const auto isRight = [&] {
      const auto& heard = house.stage.heard;
      for (std::size_t channel = 0; channel < 2; ++channel)
        for (std::size_t i = heard[channel].size() - 640; i < heard[channel].size(); ++i)
          if (heard[channel][i] != house.stage.played(channel, static_cast<std::int64_t>(i) - 3 * 64))
            return false;
      return true;
    };
    CHECK(eventually([&] {
      for (int i = 0; i < 20; ++i) {
        house.stage.play(64, [&](const patch::Rendering& rendering) { echo->render(rendering); });
        std::this_thread::sleep_for(Micros{1333});
      }
      return isRight();
    }));
    const auto guests = house.host->guests();
    REQUIRE(guests.size() == 1);
    CHECK(guests.front().delay.frames == 3 * 64); // a block, and two of allowance
    CHECK(guests.front().way.starts_with("network, 127.0.0.1:"));
    isOver = true;
    program.join();
    CHECK(eventually([&] { return house.whyLeft() == "Good night."; }));
    CHECK(house.host->guests().empty());
  });
}

TEST_CASE("Who does not know the token gets no answer, and who stops speaking is gone")
{
  inOwnNetwork([] {
    learnTheWay();
    House house;
    auto wrong = *NetworkAddress::parse(house.address());
    wrong.token = "not the token that it is";
    const Card card{.name = "Tone", .description = {}, .inputs = {}, .outputs = {{"out", 1}}};
    const auto refused = ModuleSocket::connect(card, {.address = wrong.text()});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::unavailable);
    CHECK(refused.error().detail.find("token") != std::string::npos);
    CHECK(house.host->guests().empty());
    {
      auto socket = ModuleSocket::connect(card, {.address = house.address()});
      REQUIRE(socket);
      CHECK(eventually([&] { return house.host->guests().size() == 1; }));
      CHECK(eventually([&] { return house.host->guests().empty(); })); // it never plays
      CHECK(house.whyLeft() == "It has not answered for a second.");
    }
  });
}

TEST_CASE("Calls that were recorded, and whatever else comes, get no more bytes back than they are")
{
  inOwnNetwork([] {
    House house;
    auto socket = net::BatchSocket::open({IpAddress::v4({127, 0, 0, 1}), 0}).value();
    const Endpoint to{IpAddress::v4({127, 0, 0, 1}), house.host->network()->port};
    const auto call = encodeCall(house.token, drawNonce());
    std::size_t sent = 0, heard = 0;
    for (int i = 0; i < 2000; ++i) {
      auto datagram = call;
      if (i % 2 == 1) datagram.assign(call.size(), std::byte{static_cast<unsigned char>(i)});
      const net::Outgoing out{datagram, to};
      sent += datagram.size() * socket.send({&out, 1});
      for (const auto& came : socket.receive()) heard += came.bytes.size();
    }
    CHECK(house.host->guests().empty());
    for (const auto& came : socket.receive()) heard += came.bytes.size();
    CHECK(heard <= sent);
  });
}

TEST_CASE("A token that can be guessed is not taken")
{
  test::TemporaryFolder folder;
  CHECK_FALSE(
    Host::open({.folder = folder.path(), .network = Host::Options::Network{.tokens = {"short"}}}, {}));
}
