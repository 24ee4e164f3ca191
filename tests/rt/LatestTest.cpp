#include <Catch.hpp>
#include <array>
#include <atomic>
#include <cstdint>
#include <thread>
#include <tutti/rt/Latest.hpp>

using namespace tutti;

namespace {

/// A value as long as the cache line and more: torn, its words would disagree.
struct Woven {
  std::array<std::uint64_t, 12> words{};

  static Woven of(std::uint64_t number)
  {
    Woven woven;
    for (std::size_t i = 0; i < woven.words.size(); ++i) woven.words[i] = number * (2 * i + 1);
    return woven;
  }
  [[nodiscard]] std::uint64_t number() const { return words[0]; }
  [[nodiscard]] bool isWhole() const { return words == of(number()).words; }
};

struct Witness {
  std::uint64_t last = 0;
  std::uint64_t torn = 0;
  std::uint64_t backwards = 0;

  void see(const Woven& woven)
  {
    if (!woven.isWhole()) ++torn;
    if (woven.number() < last) ++backwards;
    last = woven.number();
  }
};

constexpr std::uint64_t kWrites = 200'000;

void writeAll(rt::Latest<Woven>& latest, std::atomic<bool>& isReading)
{
  while (!isReading) std::this_thread::yield();
  for (std::uint64_t number = 1; number <= kWrites; ++number) latest.write(Woven::of(number));
}

} // namespace

TEST_CASE("Before the first write there is the initial value, and nothing new")
{
  rt::Latest<int> latest{7};
  CHECK_FALSE(latest.tryReadNew());
  CHECK(latest.read() == 7);
  CHECK_FALSE(latest.tryReadNew());
}

TEST_CASE("A value is new once, and stays the latest")
{
  rt::Latest<int> latest;
  latest.write(1);
  CHECK(latest.tryReadNew() == 1);
  CHECK_FALSE(latest.tryReadNew());
  CHECK(latest.read() == 1);
  CHECK(latest.read() == 1);
}

TEST_CASE("Reading makes a value old")
{
  rt::Latest<int> latest;
  latest.write(1);
  CHECK(latest.read() == 1);
  CHECK_FALSE(latest.tryReadNew());
}

TEST_CASE("Unread values give way to newer ones")
{
  rt::Latest<int> latest;
  for (int writes = 1; writes < 20; ++writes) {
    for (int value = 1; value <= writes; ++value) latest.write(100 * writes + value);
    CHECK(latest.tryReadNew() == 101 * writes);
    CHECK_FALSE(latest.tryReadNew());
  }
}

TEST_CASE("What was read stays in place while others are written")
{
  rt::Latest<int> latest;
  latest.write(1);
  const int& inHand = latest.read();
  for (int value = 2; value < 10; ++value) latest.write(value);
  CHECK(inHand == 1);
  CHECK(latest.read() == 9);
}

TEST_CASE("A reader beside a busy writer sees whole values, in order, and at last the newest")
{
  rt::Latest<Woven> latest;
  std::atomic<bool> isReading = false;
  std::thread writer{[&] { writeAll(latest, isReading); }};
  Witness witness;
  isReading = true;
  while (witness.last < kWrites) witness.see(latest.read());
  writer.join();
  CHECK(witness.torn == 0);
  CHECK(witness.backwards == 0);
  CHECK_FALSE(latest.tryReadNew());
}

TEST_CASE("A reader that asks for news only is told each at most once")
{
  rt::Latest<Woven> latest;
  std::atomic<bool> isReading = false;
  std::thread writer{[&] { writeAll(latest, isReading); }};
  Witness witness;
  std::uint64_t news = 0;
  std::uint64_t repeats = 0;
  isReading = true;
  while (witness.last < kWrites) {
    const auto fresh = latest.tryReadNew();
    if (!fresh) continue;
    ++news;
    if (fresh->number() == witness.last) ++repeats;
    witness.see(*fresh);
  }
  writer.join();
  CHECK(witness.torn == 0);
  CHECK(witness.backwards == 0);
  CHECK(repeats == 0);
  CHECK(news <= kWrites);
}
