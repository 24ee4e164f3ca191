#include <Catch.hpp>
#include <chrono>
#include <tutti/room/DirectoryWire.hpp>

#include "Lobby.hpp"

using namespace tutti;
using namespace tutti::serve;
using namespace std::chrono_literals;

namespace {

constexpr auto kNow = HostTime{} + 1h;
const IpAddress kHere = IpAddress::v4({192, 0, 2, 1});
const IpAddress kElsewhere = IpAddress::v4({192, 0, 2, 2});

Metrics twoRooms()
{
  Metrics metrics;
  metrics.rooms = 2;
  return metrics;
}

struct Door {
  std::optional<Directory::Answer> get(const std::string& path, HostTime now = kNow,
                                       const IpAddress& from = kHere)
  {
    return lobby.ask({"GET", path, {}, from}, now);
  }

  Lobby lobby{twoRooms};
};

} // namespace

TEST_CASE("Whoever watches over a server sees that it is well, and its figures")
{
  Door door;
  const auto health = door.get("/healthz");
  REQUIRE(health);
  CHECK(health->status == 200);
  CHECK(health->body == "OK");
  const auto metrics = door.get("/metrics");
  REQUIRE(metrics);
  CHECK(metrics->body.find("tutti_rooms 2\n") != std::string::npos);
  CHECK(metrics->type.starts_with("text/plain; version=0.0.4"));
}

TEST_CASE("Other questions are for others")
{
  Door door;
  for (const std::string path : {"/", "/metrics/", "/v1/rooms/metrics", "/healthz2", ""})
    CHECK_FALSE(door.get(path));
}

TEST_CASE("Figures cannot be changed")
{
  Door door;
  for (const std::string method : {"POST", "PUT", "DELETE", "HEAD"})
    CHECK(door.lobby.ask({method, "/metrics", {}, kHere}, kNow)->status == 405);
}

TEST_CASE("Who asks all the time is told to wait, and keeps nobody else from asking")
{
  Door door;
  const auto most = static_cast<int>(Lobby::kQuestions.atOnce);
  for (int i = 0; i < most; ++i) CHECK(door.get(i % 2 == 0 ? "/metrics" : "/healthz")->status == 200);
  const auto tooMuch = door.get("/metrics");
  CHECK(tooMuch->status == 429);
  CHECK(room::wire::Refusal::parse(tooMuch->body)->code == "too-fast");
  CHECK(door.get("/metrics", kNow, kElsewhere)->status == 200);
  CHECK(door.get("/metrics", kNow + 1s)->status == 200);
}
