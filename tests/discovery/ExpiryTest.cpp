#include <Catch.hpp>
#include <tutti/discovery/Expiry.hpp>

using namespace tutti;
using namespace tutti::discovery;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;
constexpr auto kSlack = 1s;

NodeId named(char letter)
{
  std::array<std::uint8_t, NodeId::kSize> bytes{};
  bytes.fill(static_cast<std::uint8_t>(letter));
  return NodeId{bytes};
}

const auto kA = named('a');
const auto kB = named('b');
using Ids = std::vector<NodeId>;

/// Who goes until then, each at the moment it is due.
Ids goneUntil(Expiry& expiry, HostTime end)
{
  Ids gone;
  while (expiry.nextDeadline() && *expiry.nextDeadline() <= end)
    for (const auto& id : expiry.advance(*expiry.nextDeadline())) gone.push_back(id);
  return gone;
}

} // namespace

TEST_CASE("Who was never seen has no end")
{
  Expiry expiry;
  CHECK_FALSE(expiry.nextDeadline());
  CHECK(expiry.advance(kStart + 24h).empty());
}

TEST_CASE("A silent peer goes one second after its time to live")
{
  Expiry expiry;
  expiry.seen(kA, 5s, kStart);
  CHECK(expiry.nextDeadline() == kStart + 5s + kSlack);
  CHECK(expiry.advance(kStart + 5s + kSlack - 1us).empty());
  CHECK(expiry.advance(kStart + 5s + kSlack) == Ids{kA});
  CHECK_FALSE(expiry.nextDeadline());
}

TEST_CASE("Of two peers the one with the shorter life goes first")
{
  Expiry expiry;
  expiry.seen(kA, 5s, kStart);
  expiry.seen(kB, 10s, kStart);
  CHECK(goneUntil(expiry, kStart + 3s).empty());
  CHECK(goneUntil(expiry, kStart + 7s) == Ids{kA});
  CHECK(goneUntil(expiry, kStart + 11s) == Ids{kB});
}

TEST_CASE("Who comes back after a time-out is gone once, not twice")
{
  Expiry expiry;
  expiry.seen(kA, 5s, kStart);
  CHECK(goneUntil(expiry, kStart + 7s) == Ids{kA});
  expiry.seen(kA, 5s, kStart + 7s);
  CHECK(goneUntil(expiry, kStart + 10s).empty());
}

TEST_CASE("Each sighting prolongs a peer's life")
{
  Expiry expiry;
  for (int i = 0; i < 100; ++i) {
    expiry.seen(kA, 5s, kStart + i * 250ms);
    CHECK(expiry.advance(kStart + i * 250ms).empty());
  }
  CHECK(goneUntil(expiry, kStart + 99 * 250ms + 5s + kSlack) == Ids{kA});
}

TEST_CASE("Who said goodbye does not time out")
{
  Expiry expiry;
  expiry.seen(kA, 5s, kStart);
  expiry.forget(kA);
  expiry.forget(kB); // never seen: nothing happens
  CHECK_FALSE(expiry.nextDeadline());
  CHECK(goneUntil(expiry, kStart + 24h).empty());
}

TEST_CASE("Those whose life ended within the same second go together")
{
  Expiry expiry;
  expiry.seen(kA, 5s, kStart);
  expiry.seen(kB, 5s, kStart + 900ms);
  CHECK(expiry.advance(kStart + 5s + kSlack) == Ids{kA, kB});
}

TEST_CASE("A life of no seconds still has the slack")
{
  Expiry expiry;
  expiry.seen(kA, 0s, kStart);
  CHECK(goneUntil(expiry, kStart + kSlack - 1us).empty());
  CHECK(goneUntil(expiry, kStart + kSlack) == Ids{kA});
}
