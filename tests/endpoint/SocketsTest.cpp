#include <Alone.hpp>
#include <Catch.hpp>
#include <Eventually.hpp>
#include <algorithm>
#include <array>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <tutti/endpoint/EndpointClient.hpp>
#include <tutti/endpoint/EndpointServer.hpp>

using namespace tutti;
using namespace tutti::endpoint;
using test::eventually;
using Kind = Outbox::Event::Kind;

namespace {

const auto kRate = audio::SampleRate::fromHertz(48'000);

EndpointServer::Options stage()
{
  EndpointServer::Options options{"Stage", {{"Pair", {}}}, {{"Monitor", {.channels = 1}}}, kRate};
  options.fromServer.front().format.type = SampleType::i24;
  return options;
}

std::unique_ptr<EndpointServer> stageNamed(const std::string& name)
{
  auto options = stage();
  options.name = name;
  return EndpointServer::open(options).value();
}

/// On a machine that nobody else is on; nothing where the system does not allow that.
template <class Story> void inOwnNetwork(Story story)
{
  std::thread visitor{[&] {
    if (test::isAlone()) story();
  }};
  visitor.join();
}

void send(SoundDoor& door, std::size_t channels, std::int64_t first)
{
  const std::vector<float> block(64, 0.25F);
  const std::vector<std::span<const float>> views(channels, block);
  door.send(views, SampleTime{first}, HostTime{});
}

/// Somebody who speaks TCP and nothing else. What is heard until the other side hangs up.
std::string heckle(std::uint16_t port, const std::string& words)
{
  const int line = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string heard;
  if (::connect(line, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0 &&
      ::send(line, words.data(), words.size(), MSG_NOSIGNAL) >= 0) {
    std::array<char, 4096> buffer{};
    for (ssize_t size = 0; (size = ::recv(line, buffer.data(), buffer.size(), 0)) > 0;)
      heard.append(buffer.data(), static_cast<std::size_t>(size));
  }
  ::close(line);
  return heard;
}

template <class Side> bool hasTold(Side& side, std::vector<Kind>& told, Kind kind)
{
  for (const auto& event : side.takeEvents()) told.push_back(event.what.kind);
  return std::ranges::find(told, kind) != told.end();
}

} // namespace

TEST_CASE("A server is found and called, sound goes both ways, and leaving is told")
{
  inOwnNetwork([] {
    auto server = EndpointServer::open(stage());
    REQUIRE(server);
    auto client = EndpointClient::open("Laptop", kRate);
    REQUIRE(client);
    REQUIRE(eventually([&] { return !(*client)->lan().empty(); }));
    const auto found = (*client)->lan().front();
    CHECK(found.name == "Stage");
    CHECK(found.at.port == (*server)->port());
    (*client)->call(found.at);

    std::vector<Kind> toldClient, toldServer;
    REQUIRE(eventually([&] { return hasTold(**client, toldClient, Kind::started); }));
    const auto door = (*server)->door(0);
    std::int64_t frame = 0;
    REQUIRE(eventually([&] {
      send(*door, 2, frame);
      const auto servers = (*client)->servers();
      if (servers.empty() || servers.front().about.heard.empty()) return false;
      send(*servers.front().toServer.front(), 1, frame);
      frame += 64;
      const auto clients = (*server)->clients();
      const bool isHeard = !clients.empty() && !clients.front().heard.empty();
      return isHeard && clients.front().heard.front().bytes.frames >= 640 &&
             servers.front().about.heard.front().bytes.frames >= 640;
    }));
    server->reset();
    CHECK(eventually([&] { return hasTold(**client, toldClient, Kind::left); }));
    CHECK((*client)->servers().empty());
    CHECK(eventually([&] { return (*client)->lan().empty(); })); // it said so
  });
}

TEST_CASE("A call that nobody takes ends with a sentence, and hanging up is told to the server")
{
  inOwnNetwork([] {
    auto client = EndpointClient::open("Laptop", kRate);
    REQUIRE(client);
    (*client)->call({IpAddress::v4({127, 0, 0, 1}), 9});
    std::vector<Told> events;
    REQUIRE(eventually([&] {
      events = (*client)->takeEvents();
      return !events.empty();
    }));
    CHECK(events.front().what.kind == Kind::left);
    CHECK(events.front().what.text == "Nobody takes the call at 127.0.0.1:9.");

    auto server = EndpointServer::open(stage());
    REQUIRE(server);
    const auto id = (*client)->call({IpAddress::v4({127, 0, 0, 1}), (*server)->port()});
    std::vector<Kind> told;
    REQUIRE(eventually([&] { return hasTold(**server, told, Kind::started); }));
    (*client)->want(id, ClientSession::Wish::rest);
    CHECK(eventually([&] { return hasTold(**server, told, Kind::rested); }));
    (*client)->hangUp(id);
    CHECK(eventually([&] { return hasTold(**server, told, Kind::left); }));
    CHECK((*server)->clients().empty());
  });
}

TEST_CASE("Two servers and three clients at once, each with each; one that goes leaves the others alone")
{
  inOwnNetwork([] {
    auto stage = stageNamed("Stage");
    auto booth = stageNamed("Booth");
    std::vector<std::unique_ptr<EndpointClient>> clients;
    for (int i = 0; i < 3; ++i) {
      clients.push_back(EndpointClient::open("Laptop " + std::to_string(i), kRate).value());
      REQUIRE(eventually([&] { return clients.back()->lan().size() == 2; }));
      for (const auto& server : clients.back()->lan()) clients.back()->call(server.at);
    }
    const auto runs = [](const auto& all) {
      return std::ranges::count_if(all, [](const auto& one) { return one.isRunning; });
    };
    REQUIRE(eventually([&] { return runs(stage->clients()) == 3 && runs(booth->clients()) == 3; }));
    clients.pop_back();
    CHECK(eventually([&] { return runs(stage->clients()) == 2 && runs(booth->clients()) == 2; }));
    stage.reset();
    CHECK(eventually([&] { return clients.front()->servers().size() == 1; }));
    CHECK(runs(booth->clients()) == 2);
  });
}

TEST_CASE("Hanging up at once leaves nothing behind, and is told once")
{
  inOwnNetwork([] {
    const auto server = stageNamed("Stage");
    const auto client = EndpointClient::open("Laptop", kRate).value();
    const Endpoint at{IpAddress::v4({127, 0, 0, 1}), server->port()};
    client->hangUp(client->call(at));
    std::vector<Kind> told;
    REQUIRE(eventually([&] { return hasTold(*client, told, Kind::left); }));
    CHECK(eventually([&] { return server->clients().empty(); }));
    CHECK(client->servers().empty());
    client->want(client->call(at), ClientSession::Wish::rest);
    REQUIRE(eventually([&] { return hasTold(*client, told, Kind::met); }));
    CHECK(std::ranges::count(told, Kind::left) == 1);
  });
}

TEST_CASE("Whoever says what makes no sense is told so and hung up on, and the server goes on")
{
  inOwnNetwork([] {
    const auto server = stageNamed("Stage");
    for (const auto& words : {std::string("GET / HTTP/1.1\r\n\r\n"), std::string(5000, '\0')})
      CHECK(heckle(server->port(), words).find("makes no sense") != std::string::npos);
    const auto client = EndpointClient::open("Laptop", kRate).value();
    client->call({IpAddress::v4({127, 0, 0, 1}), server->port()});
    std::vector<Kind> told;
    CHECK(eventually([&] { return hasTold(*client, told, Kind::started); }));
  });
}

TEST_CASE("Two servers cannot have the same port, and say so; odd names and formats are refused")
{
  inOwnNetwork([] {
    auto options = stage();
    auto first = EndpointServer::open(options);
    REQUIRE(first);
    options.port = (*first)->port();
    const auto second = EndpointServer::open(options);
    REQUIRE_FALSE(second);
    CHECK(second.error().detail.starts_with("TCP port"));
  });
  auto nameless = stage();
  nameless.name = "";
  CHECK_FALSE(EndpointServer::open(nameless));
  auto wide = stage();
  wide.toServer.front().format.channels = 9;
  CHECK_FALSE(EndpointServer::open(wide));
  CHECK_FALSE(EndpointClient::open("two\nlines", kRate));
}
