#include <Catch.hpp>
#include <algorithm>
#include <span>
#include <tutti/net/ReceiveRound.hpp>
#include <vector>

using namespace tutti::net;

namespace {

/// A socket on which so many datagrams lie.
struct Flooded {
  std::span<int> receive()
  {
    const auto size = std::min(batch.size(), lying);
    lying -= size;
    return std::span{batch}.first(size);
  }
  std::size_t lying = 0;
  std::vector<int> batch = std::vector<int>(64);
};

std::size_t takenOf(Flooded socket)
{
  std::size_t taken = 0;
  receiveRound(socket, [&taken](std::span<int> batch) { taken += batch.size(); });
  return taken;
}

} // namespace

TEST_CASE("A round takes all that lies ready")
{
  CHECK(takenOf({}) == 0);
  CHECK(takenOf({.lying = 200}) == 200);
}

TEST_CASE("A round of a flood ends")
{
  CHECK(takenOf({.lying = 1'000'000'000}) == 64 * kBatchesOfRound);
}
