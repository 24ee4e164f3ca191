#include <Catch.hpp>
#include <cstdint>
#include <thread>
#include <tutti/rt/SpscRing.hpp>

using namespace tutti;

TEST_CASE("An empty ring gives nothing")
{
  rt::SpscRing<int> ring{4};
  CHECK_FALSE(ring.tryPop());
}

TEST_CASE("A ring gives what it got, in order")
{
  rt::SpscRing<int> ring{4};
  for (int round = 0; round < 10; ++round) {
    for (int i = 0; i < 3; ++i) REQUIRE(ring.tryPush(10 * round + i));
    for (int i = 0; i < 3; ++i) CHECK(ring.tryPop() == 10 * round + i);
    CHECK_FALSE(ring.tryPop());
  }
}

TEST_CASE("A full ring refuses the newest and keeps the others")
{
  rt::SpscRing<int> ring{4};
  for (int i = 0; i < 4; ++i) REQUIRE(ring.tryPush(i));
  CHECK_FALSE(ring.tryPush(99));
  CHECK(ring.tryPop() == 0);
  CHECK(ring.tryPush(4));
  CHECK_FALSE(ring.tryPush(99));
  for (int i = 1; i < 5; ++i) CHECK(ring.tryPop() == i);
}

TEST_CASE("A ring has at least the room that was asked for")
{
  for (std::size_t wanted = 0; wanted < 70; ++wanted) {
    rt::SpscRing<char> ring{wanted};
    CAPTURE(wanted);
    CHECK(ring.capacity() >= wanted);
    std::size_t taken = 0;
    while (ring.tryPush('x')) ++taken;
    CHECK(taken == ring.capacity());
  }
}

TEST_CASE("Between two threads no item is lost, doubled or overtaken")
{
  constexpr std::uint64_t kItems = 300'000;
  struct Item {
    std::uint64_t number;
    std::uint64_t echo;
  };
  rt::SpscRing<Item> ring{64};
  std::thread writer{[&] {
    for (std::uint64_t n = 0; n < kItems;) {
      if (ring.tryPush({n, ~n}))
        ++n;
      else
        std::this_thread::yield();
    }
  }};
  std::uint64_t wrong = 0;
  for (std::uint64_t expected = 0; expected < kItems;) {
    const auto item = ring.tryPop();
    if (!item) {
      std::this_thread::yield();
      continue;
    }
    if (item->number != expected || item->echo != ~expected) ++wrong;
    ++expected;
  }
  writer.join();
  CHECK(wrong == 0);
  CHECK_FALSE(ring.tryPop());
}
