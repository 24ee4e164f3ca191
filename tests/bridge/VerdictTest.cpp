#include "Catch.hpp"

#include <Verdict.hpp>

namespace tutti::bridge {
namespace {

constexpr NodeId kLow{{1}};
constexpr NodeId kMiddle{{2}};
constexpr NodeId kHigh{{3}};

SessionTime at(std::int64_t milliseconds)
{
  return sessionTime(milliseconds * 1000);
}

} // namespace

SCENARIO("B-11 the older session wins, of two as old the lower id")
{
  CHECK(Verdict{}.consider({{kLow, at(0)}, {kHigh, at(501)}}).winner == kHigh);
  CHECK(Verdict{}.consider({{kLow, at(0)}, {kHigh, at(499)}}).winner == kLow);
  CHECK(Verdict{}.consider({{kLow, at(499)}, {kHigh, at(0)}}).winner == kLow);
  CHECK(Verdict{}.consider({{kLow, at(9000)}, {kHigh, at(0)}}).winner == kLow);
  const auto three = Verdict{}.consider({{kLow, at(0)}, {kMiddle, at(700)}, {kHigh, at(2000)}});
  CHECK(three.winner == kHigh);
  CHECK(three.losers == std::vector{kLow, kMiddle});
  CHECK(three.isAgainst(kLow));
  CHECK_FALSE(three.isAgainst(kHigh));
}

SCENARIO("B-11 it is decided once: a clock that wavers does not turn it round")
{
  Verdict verdict;
  CHECK(verdict.consider({{kLow, at(0)}, {kHigh, at(501)}}).winner == kHigh);
  for (int i = 0; i < 10; ++i)
    CHECK(verdict.consider({{kLow, at(0)}, {kHigh, at(499 + i % 3)}}).winner == kHigh);
  CHECK(verdict.consider({{kHigh, at(600)}}).losers.empty());

  WHEN("an older one appears")
  {
    const auto decision = verdict.consider({{kMiddle, at(5000)}, {kHigh, at(600)}});
    THEN("that one wins")
    {
      CHECK(decision.winner == kMiddle);
    }
    THEN("whoever has not gone over by now knows that he should")
    {
      CHECK(decision.isAgainst(kHigh));
    }
  }
  WHEN("nobody is in the winner's session any more")
  {
    const auto decision = verdict.consider({{kLow, at(100)}});
    THEN("what is left wins")
    {
      CHECK(decision.winner == kLow);
    }
  }
}

SCENARIO("B-11 a session that nobody was asked about is not decided against")
{
  Verdict verdict;
  CHECK_FALSE(verdict.consider({{kLow, at(0)}, {kHigh, at(600)}}).isAgainst(kMiddle));
}

SCENARIO("B-11 no room is so large that a decision outgrows its message")
{
  Verdict::Held held;
  for (std::uint8_t i = 0; i < 50; ++i) held[NodeId{{i}}] = at(i * 1000);
  const auto decision = Verdict{}.consider(held);
  CHECK(decision.winner == NodeId{{49}});
  CHECK(decision.losers.size() == Decision::kMostLosers);
}

} // namespace tutti::bridge
