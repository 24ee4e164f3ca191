#include <Catch.hpp>
#include <tutti/room/RelayReach.hpp>
#include <vector>

using namespace tutti;
using namespace tutti::room;

namespace {

const Endpoint kRelay{IpAddress::v4({203, 0, 113, 7}), 50'000};
const Endpoint kNext{IpAddress::v4({203, 0, 113, 7}), 50'001};
const Endpoint kAnna{IpAddress::v4({198, 51, 100, 1}), 40'000};
const Endpoint kAnnasOtherPort{kAnna.address, 40'001};
const Endpoint kAnnaAtHome{IpAddress::v4({192, 168, 1, 5}), 40'000};
const Endpoint kBen{IpAddress::v4({198, 51, 100, 2}), 40'000};

using Candidates = std::vector<std::vector<Endpoint>>;

} // namespace

TEST_CASE("Without a relay nothing is asked of any")
{
  RelayReach reach;
  CHECK_FALSE(reach.ask({}, {{kAnna}}));
  CHECK(reach.guessing() == nullptr);
  CHECK_FALSE(reach.reaches(kRelay, kAnna));
  CHECK_FALSE(reach.retires(kRelay));
  CHECK_FALSE(reach.lost(kRelay));
}

TEST_CASE(
  "A relay is asked to let members through, each address once, and is told no more until that changes")
{
  RelayReach reach;
  CHECK(reach.opened(kRelay));
  CHECK_FALSE(reach.opened(kRelay));
  const Candidates candidates{{kAnnaAtHome, kAnna}, {kAnnasOtherPort}, {kBen}};
  const auto asked = reach.ask({}, candidates);
  REQUIRE(asked);
  CHECK(asked->permitted == std::vector{kAnna, kBen}); // nobody is reached at home from out there
  CHECK(asked->inUse.empty());
  CHECK_FALSE(reach.ask({}, candidates));
  const auto used = reach.ask({Way{kBen, kRelay}, Way{kAnna}}, candidates);
  REQUIRE(used);
  CHECK(used->inUse == std::vector{kBen});
  CHECK_FALSE(reach.isReviewDue());
  reach.review();
  CHECK(reach.isReviewDue());
}

TEST_CASE("What is not asked for any more is not reached any more")
{
  RelayReach reach;
  reach.opened(kRelay);
  reach.ask({}, {{kAnna}, {kBen}});
  CHECK(reach.reaches(kRelay, kAnna));
  CHECK_FALSE(reach.reaches(kRelay, kAnnasOtherPort)); // the same address
  CHECK(reach.reaches(kRelay, kBen));
  reach.ask({}, {{kBen}});
  REQUIRE(reach.find(kRelay) != nullptr);
  CHECK_FALSE(reach.find(kRelay)->reached.contains(kAnna.address));
  CHECK(reach.find(kRelay)->reached.contains(kBen.address));
}

TEST_CASE("Another relay takes the place of one that ends")
{
  RelayReach reach;
  reach.opened(kRelay);
  reach.opened(kNext);
  CHECK(reach.guessing()->at == kRelay);
  CHECK(reach.retires(kRelay));
  CHECK(reach.guessing()->at == kNext);
  CHECK(reach.lasting() == std::vector{kNext});
  CHECK(reach.find(kRelay) != nullptr); // what goes by it goes on
  CHECK(reach.lost(kRelay));
  CHECK(reach.find(kRelay) == nullptr);
}
