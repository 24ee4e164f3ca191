// Other programs of the same user at the door of a running Tutti: real sockets, in a folder of the test's.
#include <tutti/engine/PatchDoor.hpp>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <Catch.hpp>
#include <TemporaryFolder.hpp>
#include <tutti/module/SocketFolder.hpp>

using namespace tutti;
using namespace tutti::engine;
using module::LocalKind;
using What = PatchRequest::What;

namespace {

/// Says who it is, and back what it is given.
PatchAnswer echo(const PatchRequest& request)
{
  return {.face = "jam", .musician = "Ana", .yaml = request.yaml};
}

std::unique_ptr<PatchDoor> openIn(const test::TemporaryFolder& folder)
{
  auto door = PatchDoor::open(folder.path(), echo);
  REQUIRE(door);
  return std::move(*door);
}

std::string rawAnswer(const std::filesystem::path& door, std::string_view said)
{
  const auto socket = module::connectTo(door, LocalKind::stream);
  REQUIRE(socket);
  const int flags = 0;
  while (!said.empty()) {
    const auto count = ::send(socket->number(), said.data(), said.size(), MSG_NOSIGNAL);
    if (count < 0 && errno != EAGAIN) break; // shown out
    if (count > 0) said.remove_prefix(static_cast<std::size_t>(count));
  }
  std::string heard;
  for (char c = 0;;) {
    const auto count = ::recv(socket->number(), &c, 1, flags);
    if (count == 1) heard += c;
    if (count == 0 || (count < 0 && errno != EAGAIN)) return heard;
  }
}

} // namespace

TEST_CASE("Who asks at the door is answered, one after the other and all at once")
{
  const test::TemporaryFolder folder;
  const auto door = openIn(folder);
  for (int visit = 0; visit < 20; ++visit) {
    const auto heard = ask(door->path(), {.what = What::load, .yaml = "visit " + std::to_string(visit)});
    REQUIRE(heard);
    CHECK(heard->about.yaml == "visit " + std::to_string(visit));
    CHECK(heard->process == ::getpid());
  }
}

TEST_CASE("The largest patch comes through whole")
{
  const test::TemporaryFolder folder;
  const auto door = openIn(folder);
  const std::string largest(1'000'000, '\n'); // two bytes each on the way
  const auto heard = ask(door->path(), {.what = What::load, .yaml = largest});
  REQUIRE(heard);
  CHECK(heard->about.yaml == largest);
}

TEST_CASE("The door is its owner's only")
{
  const test::TemporaryFolder folder;
  const auto door = openIn(folder);
  struct stat about{};
  REQUIRE(::stat(door->path().c_str(), &about) == 0);
  CHECK(S_ISSOCK(about.st_mode));
  CHECK((about.st_mode & 0777U) == 0600U);
  CHECK(about.st_uid == ::geteuid());
}

TEST_CASE("Whoever runs is found, and who has gone or crashed is not")
{
  const test::TemporaryFolder folder;
  CHECK(runningTuttis(folder.path()).empty());
  CHECK(runningTuttis(folder / "nowhere").empty());
  const auto first = openIn(folder);
  auto second = openIn(folder);
  CHECK(first->path() != second->path());
  std::ofstream{folder / "tutti-patch-note"} << "no socket";
  REQUIRE(module::listenAt(folder / "tutti-patch-1", LocalKind::stream)); // gone at once, its file stays
  const auto running = runningTuttis(folder.path());
  REQUIRE(running.size() == 2);
  CHECK(running[0].about.musician == "Ana");
  second.reset();
  CHECK(runningTuttis(folder.path()).size() == 1);
  const auto third = openIn(folder);
  CHECK_FALSE(std::filesystem::exists(folder / "tutti-patch-1")); // cleared away
  CHECK(runningTuttis(folder.path()).size() == 2);
}

TEST_CASE("Who talks nonsense, too much or nothing is answered or shown out, and the next one is heard")
{
  const test::TemporaryFolder folder;
  const auto door = openIn(folder);
  CHECK(rawAnswer(door->path(), "hello\n").find("no JSON") != std::string::npos);
  CHECK(rawAnswer(door->path(), std::string(PatchRequest::kLongest + 100'000, 'x')).empty());
  {
    const auto silent = module::connectTo(door->path(), LocalKind::stream);
    const auto another = module::connectTo(door->path(), LocalKind::stream);
    CHECK(ask(door->path(), {}));
  }
  CHECK(ask(door->path(), {}));
}

TEST_CASE("A folder that cannot be used is an error in words")
{
  const test::TemporaryFolder folder;
  const auto missing = PatchDoor::open(folder / "nowhere", echo);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::unavailable);
  const auto deep = PatchDoor::open(folder / std::string(200, 'd'), echo);
  REQUIRE_FALSE(deep);
  CHECK(deep.error().detail.find("too long") != std::string::npos);
}

TEST_CASE("A door that closes while somebody is in does not wait for them")
{
  const test::TemporaryFolder folder;
  auto door = openIn(folder);
  const auto visitor = module::connectTo(door->path(), LocalKind::stream);
  REQUIRE(visitor);
  const auto path = door->path();
  door.reset();
  CHECK_FALSE(std::filesystem::exists(path));
  CHECK_FALSE(ask(path, {}));
}
