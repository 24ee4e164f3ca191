#include <Catch.hpp>
#include <tutti/link/AnswerBudget.hpp>

using namespace tutti;
using namespace tutti::link;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;
constexpr int kBurst = 256;
constexpr int kPerSecond = 50;

IpAddress host(int number)
{
  return IpAddress::v4(
    {10, 0, static_cast<std::uint8_t>(number / 256), static_cast<std::uint8_t>(number % 256)});
}

int answers(AnswerBudget& budget, const IpAddress& source, int questions, HostTime at)
{
  int answered = 0;
  for (int i = 0; i < questions; ++i) answered += budget.take(source, at) ? 1 : 0;
  return answered;
}

} // namespace

TEST_CASE("A source has 256 answers at once, and no more")
{
  AnswerBudget budget;
  CHECK(answers(budget, host(1), 1000, kStart) == kBurst);
}

TEST_CASE("Spent answers come back at 50 a second")
{
  AnswerBudget budget;
  answers(budget, host(1), 1000, kStart);
  CHECK_FALSE(budget.take(host(1), kStart + 19ms));
  CHECK(budget.take(host(1), kStart + 20ms));
  CHECK_FALSE(budget.take(host(1), kStart + 20ms));
  CHECK(answers(budget, host(1), 1000, kStart + 20ms + 1s) == kPerSecond);
}

TEST_CASE("However long a source rests, it saves up no more than a burst")
{
  AnswerBudget budget;
  answers(budget, host(1), 1000, kStart);
  CHECK(answers(budget, host(1), 1000, kStart + 24h) == kBurst);
}

TEST_CASE("Who asks without end gets 50 a second in the long run")
{
  AnswerBudget budget;
  int answered = 0;
  for (auto at = kStart; at < kStart + 20s; at += 1ms) answered += budget.take(host(1), at) ? 1 : 0;
  CHECK(answered >= kBurst + 20 * kPerSecond - 1);
  CHECK(answered <= kBurst + 20 * kPerSecond);
}

TEST_CASE("One source's greed costs another nothing")
{
  AnswerBudget budget;
  answers(budget, host(1), 1000, kStart);
  CHECK(answers(budget, host(2), 1000, kStart) == kBurst);
}

TEST_CASE("Programs on this machine are not rationed")
{
  AnswerBudget budget;
  CHECK(answers(budget, IpAddress::v4({127, 0, 0, 1}), 10'000, kStart) == 10'000);
}

TEST_CASE("A thousand sources do not make room for a greedy one to start over")
{
  AnswerBudget budget;
  for (int i = 2; i < 1000; ++i) budget.take(host(i), kStart);
  answers(budget, host(1), 1000, kStart + 1ms);
  for (int i = 1000; i < 2000; ++i) budget.take(host(i), kStart + 2ms);
  CHECK_FALSE(budget.take(host(1), kStart + 3ms)); // 998 sources were unheard for longer than it
}
