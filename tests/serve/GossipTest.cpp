#include <Catch.hpp>

#include <tutti/serve/Gossip.hpp>

using namespace tutti;
using namespace tutti::serve;
using namespace std::chrono_literals;

namespace {

constexpr HostTime kStart = HostTime{} + 1h;
const Gossip::Whom kAnna{room::RoomId::draw(), room::MemberId{}};

} // namespace

TEST_CASE("Who is alone tells nothing, and all its words are of the same time")
{
  Gossip gossip;
  gossip.tell(ClosedFact{gossip.stamp(), kAnna.first});
  CHECK(gossip.take().empty());
  CHECK(gossip.stamp() == Stamp{});
  CHECK_FALSE(gossip.isOurs(Stamp{}));
}

TEST_CASE("What is said after something was heard is later than that")
{
  Gossip gossip;
  gossip.begin(7);
  const auto first = gossip.stamp();
  gossip.heard({50, 9});
  const auto second = gossip.stamp();
  gossip.heard({20, 9}); // late
  CHECK(first < Stamp{50, 9});
  CHECK(second > Stamp{50, 9});
  CHECK(gossip.stamp() > second);
  CHECK(gossip.isOurs(second));
  CHECK_FALSE(gossip.isOurs({50, 9}));
}

TEST_CASE("Nobody who has got at the store uses up all the numbers")
{
  Gossip gossip;
  gossip.begin(7);
  gossip.heard({Stamp::kMost - 1, 9});
  gossip.heard({Stamp::kMost / 2 - 1, 9});
  for (int i = 0; i < 100; ++i) CHECK(gossip.stamp().count < Stamp::kMost);
}

TEST_CASE("What is to be told is told once")
{
  Gossip gossip;
  gossip.begin(7);
  gossip.tell(ClosedFact{gossip.stamp(), kAnna.first});
  CHECK(gossip.take().size() == 1);
  CHECK(gossip.take().empty());
}

TEST_CASE("A join that is over is known to be over for two leases, a later one is not")
{
  Gossip gossip;
  gossip.begin(7);
  gossip.rememberGone(kAnna, {5, 7}, kStart);
  gossip.rememberGone(kAnna, {3, 7}, kStart); // an older goodbye, late
  CHECK(gossip.isGone(kAnna, {4, 7}));
  CHECK(gossip.isGone(kAnna, {5, 7}));
  CHECK_FALSE(gossip.isGone(kAnna, {6, 7}));
  CHECK_FALSE(gossip.isGone({room::RoomId::draw(), kAnna.second}, {4, 7}));
  gossip.forgetGone(kStart + 29s);
  CHECK(gossip.isGone(kAnna, {5, 7}));
  gossip.forgetGone(kStart + 30s);
  CHECK_FALSE(gossip.isGone(kAnna, {5, 7}));
}
