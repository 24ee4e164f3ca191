// Where programs of one user find each other: real sockets, in a folder of the test's.
#include <tutti/module/SocketFolder.hpp>

#include <Catch.hpp>
#include <TemporaryFolder.hpp>

using namespace tutti;
using namespace tutti::module;

TEST_CASE("Each listener of a process has a socket of its own, and is found by its prefix")
{
  const test::TemporaryFolder folder;
  const auto first = listenIn(folder.path(), "one-");
  const auto second = listenIn(folder.path(), "one-");
  const auto other = listenIn(folder.path(), "two-", LocalKind::stream);
  REQUIRE((first && second && other));
  CHECK(first->path != second->path);
  CHECK(socketsIn(folder.path(), "one-").size() == 2);
  CHECK(socketsIn(folder.path(), "two-") == std::vector{other->path});
  CHECK(socketsIn(folder / "nowhere", "one-").empty());
  CHECK_FALSE(isDeserted(first->path));
  CHECK(isDeserted(folder / "one-of-nobody"));
}

TEST_CASE("A listener that has no time is refused to who comes, and is not taken for deserted")
{
  const test::TemporaryFolder folder;
  const auto kind = GENERATE(LocalKind::messages, LocalKind::stream);
  const auto busy = listenIn(folder.path(), "busy-", kind);
  REQUIRE(busy);
  std::vector<Descriptor> queue;
  auto next = connectTo(busy->path, kind);
  for (; next && queue.size() < 1000; next = connectTo(busy->path, kind)) queue.push_back(std::move(*next));
  REQUIRE_FALSE(next);
  CHECK(next.error().kind == ErrorKind::refused);
  CHECK_FALSE(isDeserted(busy->path, kind));
  REQUIRE(listenIn(folder.path(), "busy-", kind));
  CHECK(socketsIn(folder.path(), "busy-").size() == 2); // the second one's file stays: it has just gone
  REQUIRE(listenIn(folder.path(), "busy-", kind));      // and was cleared away
  CHECK(socketsIn(folder.path(), "busy-").size() == 2);
}

TEST_CASE("Who is at the other end is known")
{
  const test::TemporaryFolder folder;
  const auto listening = listenIn(folder.path(), "own-");
  REQUIRE(listening);
  const auto guest = connectTo(listening->path);
  REQUIRE(guest);
  const auto host = acceptFrom(listening->socket);
  CHECK(peerProcess(host) == peerProcess(*guest));
  CHECK(peerProcess(host) > 0);
  CHECK(peerProcess(Descriptor{}) == 0);
}
