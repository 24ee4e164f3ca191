#include <Catch.hpp>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <tutti/module/LaneMemory.hpp>
#include <tutti/module/LaneShape.hpp>

using namespace tutti;
using namespace tutti::module;

TEST_CASE("Nobody can take memory away that Tutti has made, or make it larger")
{
  const auto memory = LaneMemory::make(4096);
  REQUIRE(memory);
  CHECK(::ftruncate(memory->share().number(), 0) != 0);
  CHECK(::ftruncate(memory->share().number(), 1 << 20U) != 0);
  CHECK(::fcntl(memory->share().number(), F_ADD_SEALS, F_SEAL_WRITE) != 0);
  for (const auto& word : memory->words()) REQUIRE(word.load() == 0);
}

TEST_CASE("What one side writes, the other reads")
{
  auto memory = LaneMemory::make(4096);
  REQUIRE(memory);
  const auto twin = LaneMemory::map(memory->share(), 4096);
  REQUIRE(twin);
  memory->words()[4095] = 42;
  CHECK(twin->words()[4095] == 42);
}

TEST_CASE("Memory of another size, memory that is not sealed, and what is no memory are refused")
{
  const auto memory = LaneMemory::make(4096);
  REQUIRE(memory);
  CHECK(LaneMemory::map(memory->share(), 8192).error().kind == ErrorKind::malformed);
  CHECK(LaneMemory::map(memory->share(), 1024).error().kind == ErrorKind::malformed);
  const int loose = ::memfd_create("loose", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  REQUIRE(::ftruncate(loose, 4096 * 4) == 0);
  CHECK(LaneMemory::map(Descriptor{loose}, 4096).error().kind == ErrorKind::malformed);
  CHECK(LaneMemory::map(Descriptor{::open("/dev/zero", O_RDWR)}, 4096).error().kind == ErrorKind::malformed);
  CHECK(LaneMemory::map({}, 4096).error().kind == ErrorKind::malformed);
}

TEST_CASE("More memory than any shape needs is not even asked for")
{
  const auto memory = LaneMemory::make(LaneShape::kMostWords + 1);
  REQUIRE_FALSE(memory);
  CHECK(memory.error().kind == ErrorKind::unavailable);
}
